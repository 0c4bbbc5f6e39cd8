import { expect, test } from 'vitest';
import { canonicalAddress } from '../../src/system/host/interfaces/machine-address.ts';
import { parseRouteGet, parseRouteGetText } from '../../src/system/host/route/tool.ts';
import { isInterfaceName } from '../../src/text/interface-name.ts';

test.each(['eth0', 'br-0a1b2c3d4e5f', 'wg-home', "it's", 'a;b', '$(id)', '한', '12'])(
  '%s may be an interface',
  (name) => expect(isInterfaceName(name)).toBe(true),
);

test.each([
  '',
  '.',
  '..',
  'a b',
  'a\n$ id',
  'a\tb',
  'a/b',
  'a:b',
  'sixteen-bytes-xx',
  '한한한한한한',
  'a\u202eb',
  'a\u001b[2J',
])('%j is none', (name) => {
  expect(isInterfaceName(name)).toBe(false);
  expect(canonicalAddress(`fe80::1%${name}`)).toBeNull();
  const route = JSON.stringify([{ dst: '10.0.0.1', dev: name, prefsrc: '10.0.0.2' }]);
  expect(parseRouteGet(route)?.interface).toBeNull();
});

test('a name in the words of ip is as strict', () => {
  expect(parseRouteGetText('10.9.2.1 via 10.9.0.1 dev eth0 src 10.9.0.2')?.interface).toBe('eth0');
  expect(parseRouteGetText('10.9.2.1 via 10.9.0.1 dev a/b src 10.9.0.2')?.interface).toBeNull();
});
