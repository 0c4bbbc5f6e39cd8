import { expect, test } from 'vitest';
import type { IcmpErrorKind } from '../../src/domain/icmp-error.ts';
import { icmpErrorKind } from '../../src/packet/icmp-kind.ts';

const unreachable: readonly IcmpErrorKind[] = [
  'network-unreachable',
  'host-unreachable',
  'protocol-unreachable',
  'port-unreachable',
  'packet-too-big',
  'other-unreachable',
  'network-unreachable',
  'host-unreachable',
  'other-unreachable',
  'prohibited',
  'prohibited',
  'network-unreachable',
  'host-unreachable',
  'prohibited',
  'other-unreachable',
  'other-unreachable',
  'other-unreachable',
];
const unreachableV6: readonly IcmpErrorKind[] = [
  'network-unreachable',
  'prohibited',
  'other-unreachable',
  'host-unreachable',
  'port-unreachable',
  'prohibited',
  'prohibited',
  'other-unreachable',
  'other-unreachable',
];

test.each(unreachable.map((kind, code) => [code, kind] as const))('ICMP 3/%i is %s', (code, kind) => {
  expect(icmpErrorKind(4, 3, code)).toBe(kind);
});

test.each(unreachableV6.map((kind, code) => [code, kind] as const))('ICMPv6 1/%i is %s', (code, kind) => {
  expect(icmpErrorKind(6, 1, code)).toBe(kind);
});

test.each([
  [4, 11, 'time-exceeded'],
  [4, 12, 'parameter-problem'],
  [6, 2, 'packet-too-big'],
  [6, 3, 'time-exceeded'],
  [6, 4, 'parameter-problem'],
] as const)('of IPv%i, type %i is %s whatever its code', (family, type, kind) => {
  for (const code of [0, 1, 255]) expect(icmpErrorKind(family, type, code)).toBe(kind);
});

test.each([
  [4, [0, 1, 2, 4, 5, 8, 13, 128]],
  [6, [0, 5, 100, 127, 128, 129, 135, 137]],
] as const)('of IPv%i, types that are no errors have no kind', (family, types) => {
  for (const type of types) expect(icmpErrorKind(family, type, 0)).toBeNull();
});
