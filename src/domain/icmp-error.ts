import type { IpAddress } from './address.ts';

/**
 * What an ICMP or ICMPv6 error says, one word for both families (RFC 792, RFC 1812 5.2.7.1, RFC 4443 3).
 * `prohibited` is a filter's word: 3/9, 3/10, 3/13; ICMPv6 1/1, 1/5, 1/6.
 */
export type IcmpErrorKind =
  | 'network-unreachable'
  | 'host-unreachable'
  | 'protocol-unreachable'
  | 'port-unreachable'
  | 'packet-too-big'
  | 'prohibited'
  | 'other-unreachable'
  | 'time-exceeded'
  | 'parameter-problem';

/** One ICMP error that answers one of our probes, or that quotes it. */
export type IcmpError = {
  readonly kind: IcmpErrorKind;
  readonly from: IpAddress;
  readonly type: number;
  readonly code: number;
};

/** The same error seen `count` times. */
export type CountedIcmpError = IcmpError & { readonly count: number };
