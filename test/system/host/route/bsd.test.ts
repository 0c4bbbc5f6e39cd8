import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routeByBsdTools } from '../../../../src/system/host/route/bsd.ts';
import { parseNetstatRoutes } from '../../../../src/system/host/route/netstat-routes.ts';
import { parseBsdRouteGet, parseIfconfigMtu } from '../../../../src/system/host/route/route-get-bsd.ts';
import { bestRoute } from '../../../../src/system/host/route/table.ts';
import { printing } from '../../engine/tools/tools-fake.ts';
import { fixture } from '../../fixture.ts';

const signal = new AbortController().signal;
const DETAIL = { local: false, interface: 'en0', gateway: null, source: null, mtu: null };

test.each([
  ['route-macos/gateway', { ...DETAIL, gateway: '10.9.0.1', mtu: 1500 }],
  // The MTU of a route for one host may be what was learned of the path to it.
  ['route-macos/on-link', DETAIL],
  ['route-macos/tunnel', { ...DETAIL, interface: 'utun4', mtu: 4000 }],
  ['route-macos/local', { ...DETAIL, interface: 'lo0', local: true }],
  ['route-macos/gateway-6', { ...DETAIL, gateway: 'fe80::1%en0', mtu: 1500 }],
  ['route-macos/not-in-table', null],
  ['route-freebsd/gateway', { ...DETAIL, interface: 'em0', gateway: '10.9.0.1', mtu: 1500 }],
  ['route-freebsd/on-link', { ...DETAIL, interface: 'em0', mtu: 1500 }],
])('%s is read', (name, expected) => {
  expect(parseBsdRouteGet(fixture(name).stdout)).toEqual(expected);
});

test.each([
  ['netstat-macos/routes', '10.9.0.9', 'en0', null],
  ['netstat-macos/routes', '192.0.2.1', 'en0', '10.9.0.1'],
  ['netstat-macos/routes', '172.16.7.9', 'en0', '10.9.0.254'],
  ['netstat-macos/routes', '192.168.64.7', 'bridge100', null],
  // A route that refuses is none.
  ['netstat-macos/routes', '10.66.0.1', 'en0', '10.9.0.1'],
  ['netstat-macos/routes', '2001:db8::1', 'en0', 'fe80::1%en0'],
  ['netstat-macos/routes', 'fd09:0:0:1::9', 'en0', null],
  ['netstat-macos/routes', 'fe80::9%en0', 'en0', null],
  ['netstat-macos/routes-old', '10.9.0.9', 'en0', null],
  ['netstat-macos/routes-old', '192.0.2.1', 'en0', '10.9.0.1'],
  ['netstat-freebsd/routes', '10.9.0.9', 'em0', null],
  ['netstat-freebsd/routes', '192.0.2.1', 'em0', '10.9.0.1'],
  ['netstat-freebsd/routes', '2001:db8::1', 'em0', 'fe80::1%em0'],
])('%s: %s goes by %s to %s', (name, to, by, gateway) => {
  const routes = parseNetstatRoutes(fixture(name).stdout, to.split('%')[1] ?? null);
  expect(bestRoute(routes, to)).toMatchObject({ interface: by, gateway });
});

test('the MTU is the lesser of the interface and the route', async () => {
  const { run } = printing({
    'route -n get 10.9.2.1': 'route-macos/tunnel',
    'ifconfig utun4': 'route-macos/ifconfig',
    'route -n get 10.9.0.20': 'route-macos/on-link',
    'ifconfig en0': 'route-macos/ifconfig',
  });
  expect(await routeByBsdTools('10.9.2.1', signal, run)).toMatchObject({ interface: 'utun4', mtu: 1500 });
  expect(await routeByBsdTools('10.9.0.20', signal, run)).toMatchObject({ interface: 'en0', mtu: 1500 });
});

test('where route(8) fails the table is read, and without both nothing is known', async () => {
  const { run } = printing({ 'netstat -rn -f inet6': 'netstat-macos/routes' });
  expect(await routeByBsdTools('2001:db8::1', signal, run)).toEqual({ ...DETAIL, gateway: 'fe80::1%en0' });
  expect(await routeByBsdTools('2001:db8::1', signal, printing({}).run)).toBeNull();
});

test('a name of an interface that is none is no argument of a tool', async () => {
  const ran: string[] = [];
  await routeByBsdTools('10.9.2.1', signal, async (name) => {
    ran.push(name);
    return { kind: 'done', exitCode: 0, stderr: '', stdout: '  interface: -a\n  flags: <UP>\n' };
  });
  expect(ran).toEqual(['route']);
});

test('no output makes a parser throw', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'Internet6:',
      'Destination Gateway Flags Netif',
      'default',
      ' fe80::1%en0 ',
      'UGS en0',
      '\n',
      '10.9/99',
    ),
    fc.constantFrom('recvpipe mtu', 'interface: en0', 'flags: <UP>', ': ', '300.1', '/', '1.2.3.4.5'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      for (const text of [parts.join(''), parts.join('\n')]) {
        bestRoute(parseNetstatRoutes(text, 'en0'), '10.0.0.1');
        bestRoute(parseNetstatRoutes(text, null), 'fd00::1');
        parseBsdRouteGet(text);
        parseIfconfigMtu(text);
      }
    }),
  );
});
