import { expect, test } from 'vitest';
import { loadRawSocket, type RawModule } from '../../../../src/system/engine/raw/socket.ts';
import { fakeRaw } from './fake.ts';

function failing(code: string, message = code): () => Promise<RawModule> {
  return () => Promise.reject(Object.assign(new Error(message), { code }));
}

test.each([
  ['is not installed', 'ERR_MODULE_NOT_FOUND', { code: 'package-not-installed' }],
  ['was installed without its addon being built', 'MODULE_NOT_FOUND', { code: 'addon-not-built' }],
  ['was built for another Node.js', 'ERR_DLOPEN_FAILED', { code: 'addon-of-other-node', said: process.version }],
])('a package that %s is told apart', async (_, code, obstacle) => {
  expect(await loadRawSocket(failing(code), 'linux')).toEqual({
    kind: 'unavailable',
    unavailable: { reason: 'not-installed', obstacles: [{ tool: 'raw-socket', ...obstacle }] },
  });
});

test('a package that fails in a way of its own is not supported, and says how it failed', async () => {
  expect(await loadRawSocket(failing('E_ODD', 'the moon is wrong'), 'linux')).toMatchObject({
    unavailable: { reason: 'not-supported', obstacles: [{ code: 'package-broken', said: 'the moon is wrong' }] },
  });
});

test.each(['darwin', 'win32'] as const)('on %s the package is not even asked for', async (platform) => {
  const load = (): Promise<RawModule> => Promise.reject(new Error('asked'));
  expect(await loadRawSocket(load, platform)).toMatchObject({ unavailable: { reason: 'not-supported' } });
});

test('a package that loads is handed over', async () => {
  const { module } = fakeRaw();
  expect(await loadRawSocket(async () => module, 'linux')).toEqual({ kind: 'loaded', module });
});
