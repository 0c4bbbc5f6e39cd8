import { expect, test } from 'vitest';
import { canonicalAddress, isInNetwork, isLinkLocal } from '../../../../src/system/host/interfaces/machine-address.ts';

test.each([
  { text: '10.0.0.7', address: '10.0.0.7' },
  { text: '2001:0DB8:0:0:0:0:0:7', address: '2001:db8::7' },
  { text: 'FE80::1%eth0', address: 'fe80::1%eth0' },
  { text: '10.0.7', address: null },
  { text: '010.0.0.7', address: null },
  { text: '10.0.0.256', address: null },
  { text: 'fe80::1%', address: null },
  { text: 'fe80::1%a%b', address: null },
  { text: 'db.test', address: null },
  { text: '', address: null },
])('"$text" is the address $address', ({ text, address }) => {
  expect(canonicalAddress(text)).toBe(address);
});

test.each([
  { address: 'fe80::1%eth0', linkLocal: true },
  { address: 'febf::1', linkLocal: true },
  { address: '169.254.1.2', linkLocal: true },
  { address: 'fec0::1', linkLocal: false },
  { address: '169.253.1.2', linkLocal: false },
  { address: '2001:db8::7', linkLocal: false },
])('$address is link-local: $linkLocal', ({ address, linkLocal }) => {
  expect(isLinkLocal(address)).toBe(linkLocal);
});

test.each([
  { address: '10.0.1.7', network: '10.0.0.0/23', inside: true },
  { address: '10.0.2.7', network: '10.0.0.0/23', inside: false },
  { address: 'fe80::7%eth0', network: 'fe80::/10', inside: true },
  { address: '2001:db8::7', network: '::/0', inside: true },
  { address: '10.0.0.7', network: '::/0', inside: false },
])('$address in $network: $inside', ({ address, network, inside }) => {
  expect(isInNetwork(address, network)).toBe(inside);
});
