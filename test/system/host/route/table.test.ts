import { expect, test } from 'vitest';
import { bestRoute, parseIpv4Table, parseIpv6Table } from '../../../../src/system/host/route/table.ts';

const IPV4 = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT                                                       
e0	00000000	02004D0A	0003	0	0	100	00000000	0	0	0                                                                                 
e1	00000000	FE004E0A	0003	0	0	50	00000000	0	0	0                                                                                 
e0	0000050A	02004D0A	0003	0	0	0	0000FFFF	0	0	0                                                                                 
*	0000070A	00000000	0201	0	0	0	0000FFFF	0	0	0                                                                                  
e0	00004D0A	00000000	0001	0	0	0	00FFFFFF	0	0	0                                                                                 
`;

const IPV6 = `20010db8007700000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000002 00000000 00000001       e0
fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000002 00000000 00000001       e0
fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000002 00000000 00000001       e1
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000005 00000400 00000002 00000000 00000003       e1
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
20010db8007700000000000000000001 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000003 00000000 80200001       e0
`;

test.each([
  { to: '10.77.0.9', interface: 'e0', gateway: null, why: 'the network on the link' },
  { to: '10.5.1.1', interface: 'e0', gateway: '10.77.0.2', why: 'the most exact one' },
  { to: '192.0.2.1', interface: 'e1', gateway: '10.78.0.254', why: 'the default with the lower metric' },
])('IPv4: $to goes by $why', ({ to, interface: name, gateway }) => {
  expect(bestRoute(parseIpv4Table(IPV4), to)).toMatchObject({ interface: name, gateway, local: false });
});

test('IPv4: a route that rejects is none', () => {
  expect(parseIpv4Table(IPV4).map(({ network }) => network)).not.toContain('10.7.0.0/16');
});

test.each([
  { to: '2001:db8:77::9', interface: 'e0', gateway: null, local: false },
  { to: '2001:db8:77::1', interface: 'e0', gateway: null, local: true },
  { to: '2001:db8:99::1', interface: 'e1', gateway: 'fe80::5', local: false },
  { to: 'fe80::9%e1', interface: 'e1', gateway: null, local: false },
])('IPv6: $to goes by $interface to $gateway', ({ to, interface: name, gateway, local }) => {
  expect(bestRoute(parseIpv6Table(IPV6), to)).toMatchObject({ interface: name, gateway, local });
});

test('no route is found where none covers the address, or where the table is none', () => {
  expect(
    bestRoute(parseIpv4Table('Iface\ne0	00004D0A	00000000	0001	0	0	0	00FFFFFF	0	0	0'), '10.78.0.1'),
  ).toBeNull();
  expect(parseIpv4Table('header\nwhat is this')).toEqual([]);
  expect(parseIpv6Table('what is this')).toEqual([]);
});
