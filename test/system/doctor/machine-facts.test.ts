import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distributionOf, pingGroupsOf } from '../../../src/system/doctor/machine-facts.ts';
import { nativePackage } from '../../../src/system/process/native-package.ts';
import { mayNetRaw, parseProcessStatus } from '../../../src/system/sockets/process-status.ts';

// Shape: proc_pid_status(5).
const STATUS =
  'Name:\tnode\nGid:\t1001\t1001\t1001\t1001\nGroups:\t27 100\nNoNewPrivs:\t1\nCapEff:\t0000000000002000\nCapBnd:\t000001ffffffffff\n';

test('the status of a process tells its capabilities, groups and no_new_privs', () => {
  const status = parseProcessStatus(STATUS);
  expect(status).toEqual({
    capabilities: 0x2000n,
    bounding: 0x1ffffffffffn,
    noNewPrivileges: true,
    groups: [1001, 1001, 1001, 1001, 27, 100],
  });
  expect(mayNetRaw(status.capabilities)).toBe(true);
  expect(mayNetRaw(0x1000n)).toBe(false);
});

test('a status that is none leaves everything unknown', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseProcessStatus(text).noNewPrivileges).toBeNull();
    }),
  );
  expect(parseProcessStatus('')).toEqual({ capabilities: null, bounding: null, noNewPrivileges: null, groups: [] });
});

test.each([
  ['1\t0\n', false],
  ['0\t2147483647\n', true],
  ['27\t27\n', true],
  ['1002\t2000\n', false],
])('ping_group_range %j covers this user: %s', (text, isCovered) => {
  expect(pingGroupsOf(text, parseProcessStatus(STATUS))?.isCovered).toBe(isCovered);
});

test('a machine without ping_group_range has none', () => {
  expect(pingGroupsOf('', parseProcessStatus(STATUS))).toBeNull();
});

// Shape: os-release(5).
test.each([
  ['ID=debian\n', 'debian'],
  ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', 'debian'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'rpm'],
  ['ID="opensuse-leap"\n', 'suse'],
  ['ID=alpine\n', 'alpine'],
  ["ID='void'\n", null],
  ['', null],
])('os-release %j is %s', (text, distribution) => {
  expect(distributionOf(text)).toBe(distribution);
});

test.each([
  [Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' }), 'not-installed'],
  [Object.assign(new Error('Cannot find module ./build'), { code: 'MODULE_NOT_FOUND' }), 'not-built'],
  [Object.assign(new Error('NODE_MODULE_VERSION 115'), { code: 'ERR_DLOPEN_FAILED' }), 'other-abi'],
  [Object.assign(new Error('libc.so: not found'), { code: 'ERR_DLOPEN_FAILED' }), 'broken'],
  [new Error('Cannot find the native Koffi module; did you bundle it correctly?'), 'no-prebuilt'],
  ['odd', 'broken'],
])('a loader that throws %s means %s', async (thrown, state) => {
  expect((await nativePackage(() => Promise.reject(thrown))).state).toBe(state);
});

test('a package that loads is loaded', async () => {
  expect(await nativePackage(async () => ({}))).toEqual({ state: 'loaded', detail: null });
});
