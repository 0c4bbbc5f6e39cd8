import { expect, test } from 'vitest';
import { localIpv4, localIpv6, ownsAddress } from '../../../../src/system/host/interfaces/machine-owns.ts';

test.each(['127.0.0.1', '127.9.9.9', '::1'])('%s is this machine’s own everywhere', (address) => {
  expect(ownsAddress(address)).toBe(true);
});

test.each(['192.0.2.1', '2001:db8::1', '::'])('%s is nobody’s own', (address) => {
  expect(ownsAddress(address)).toBe(false);
});

test('the routing trie tells own addresses from routes and broadcasts', () => {
  const trie = `Main:
  +-- 0.0.0.0/1 2 0 2
     |-- 10.5.0.0
        /16 universe UNICAST
     +-- 10.77.0.0/24 2 0 2
        |-- 10.77.0.0
           /24 link UNICAST
        |-- 10.77.0.1
           /32 host LOCAL
        |-- 10.77.0.255
           /32 link BROADCAST
     |-- 127.0.0.0
        /8 host LOCAL
`;
  expect(localIpv4(trie)).toEqual(['10.77.0.1/32', '127.0.0.0/8']);
});

test('IPv6 addresses are listed with 32 digits', () => {
  const table = `00000000000000000000000000000001 01 80 10 80       lo
20010db8007700000000000000000001 1ea 40 00 80       e0
nonsense
`;
  expect(localIpv6(table)).toEqual(['::1', '2001:db8:77::1']);
});
