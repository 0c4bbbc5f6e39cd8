import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInterfaceMtu } from '../../../../src/system/host/route/netsh.ts';
import {
  parseInterfaceList,
  parseRoutePrint4,
  parseRoutePrint6,
} from '../../../../src/system/host/route/route-print.ts';
import { bestRoute } from '../../../../src/system/host/route/table.ts';
import { type Interfaces, routeByWindowsTools } from '../../../../src/system/host/route/windows.ts';
import { printing } from '../../engine/tools/tools-fake.ts';
import { fixture } from '../../fixture.ts';

const signal = new AbortController().signal;
const MAC = '02:00:00:00:00:02';
const V4 = {
  address: '10.9.0.2',
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: MAC,
  internal: false,
  cidr: '10.9.0.2/24',
} as const;
const V6 = {
  address: 'fe80::1111:2222:3333:4444',
  netmask: 'ffff:ffff:ffff:ffff::',
  family: 'IPv6',
  mac: MAC,
  internal: false,
  cidr: 'fe80::1111:2222:3333:4444/64',
  scopeid: 11,
} as const;
const ETHERNET: Interfaces = { Ethernet: [V6, V4] };

test.each(['en', 'de', 'ko'])('the routes of a Windows that speaks %s are read by their places', (language) => {
  const ipv4 = parseRoutePrint4(fixture(`route-print-${language}/ipv4`).stdout);
  expect(ipv4).toHaveLength(8);
  for (const [to, gateway] of [
    ['192.0.2.1', '10.9.0.1'],
    ['10.9.0.9', null],
    ['172.16.7.9', '10.9.0.254'],
  ] as const) {
    expect(bestRoute(ipv4, to)).toMatchObject({ interface: '10.9.0.2', gateway });
  }
  const ipv6 = parseRoutePrint6(fixture(`route-print-${language}/ipv6`).stdout);
  expect(ipv6).toHaveLength(8);
  for (const [to, by, gateway] of [
    ['2001:db8::1', '11', 'fe80::1'],
    ['fd09:0:0:1::9', '11', null],
    ['fd77:1111:2222:3333:4444::9', '11', 'fe80::254'],
    ['fe80::9%11', '11', null],
    ['::1', '1', null],
  ] as const) {
    expect(bestRoute(ipv6, to)).toMatchObject({ interface: by, gateway });
  }
});

test('a code page that was taken for another one changes no route', () => {
  const { stdout } = fixture('route-print-ko/ipv4');
  expect(parseRoutePrint4(stdout.replace(/[^\n\r\u0020-\u007e]/gu, '\ufffd'))).toEqual(parseRoutePrint4(stdout));
});

test('the list of adapters tells their indexes by their link-layer addresses', () => {
  expect(parseInterfaceList(fixture('route-print-de/ipv4').stdout)).toEqual([
    { index: '11', mac: '02:00:00:00:00:02' },
    { index: '4', mac: '02:00:00:00:00:40' },
  ]);
});

test.each([
  ['netsh-en/interfaces', '11', 1500],
  ['netsh-de/interfaces', '4', 1400],
  // What has no limit has no MTU.
  ['netsh-en/interfaces', '1', null],
  ['netsh-en/interfaces', '7', null],
])('%s: the MTU of interface %s is %s', (name, index, mtu) => {
  expect(parseInterfaceMtu(fixture(name).stdout, index)).toBe(mtu);
});

test('a route is told with the name of its interface, its gateway and its MTU', async () => {
  const { run } = printing({
    'route print -4': 'route-print-de/ipv4',
    'route print -6': 'route-print-de/ipv6',
    'netsh interface ipv4 show interfaces': 'netsh-de/interfaces',
    'netsh interface ipv6 show interfaces': 'netsh-de/interfaces',
  });
  const common = { local: false, interface: 'Ethernet', source: null, mtu: 1500 };
  expect(await routeByWindowsTools('192.0.2.1', signal, run, ETHERNET)).toEqual({ ...common, gateway: '10.9.0.1' });
  expect(await routeByWindowsTools('10.9.0.9', signal, run, ETHERNET)).toEqual({ ...common, gateway: null });
  // The index stands for the interface in a link-local address.
  expect(await routeByWindowsTools('2001:db8::1', signal, run, ETHERNET)).toEqual({ ...common, gateway: 'fe80::1%11' });
  expect(await routeByWindowsTools('10.9.0.9', signal, run, { Ethernet: [V4] })).toMatchObject({ mtu: 1500 });
});

test('what cannot be told is null', async () => {
  const { run } = printing({ 'route print -4': 'route-print-en/ipv4' });
  const unknown = await routeByWindowsTools('192.0.2.1', signal, run, {});
  expect(unknown).toMatchObject({ interface: null, gateway: '10.9.0.1', mtu: null });
  expect(await routeByWindowsTools('192.0.2.1', signal, printing({}).run, ETHERNET)).toBeNull();
});

test('no output makes a parser throw', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(
      ' 0.0.0.0 ',
      '255.255.255.0 ',
      '255.0.255.0 ',
      'On-link ',
      ' 25',
      '\r\n',
      '11 281 ',
      '::/0',
      '/129',
    ),
    fc.constantFrom(' 6...00 15 5d 00 04 01 ......', '4294967295', 'fe80::1%11'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      bestRoute(parseRoutePrint4(text), '10.0.0.1');
      bestRoute(parseRoutePrint6(text), 'fd00::1');
      parseInterfaceList(text);
      parseInterfaceMtu(text, '11');
    }),
  );
});
