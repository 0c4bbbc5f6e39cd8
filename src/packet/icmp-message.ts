import type { IcmpErrorKind } from '../domain/icmp-error.ts';

/** One message of ICMP or ICMPv6, as far as probes need it. */
export type IcmpMessage =
  | ({ readonly kind: 'echo-request' | 'echo-reply' } & Echo)
  | {
      readonly kind: 'error';
      readonly what: IcmpErrorKind;
      readonly type: number;
      readonly code: number;
      /** Of a packet-too-big that tells it: the next link's MTU; else null. */
      readonly mtu: number | null;
      /** The packet that caused the error, from its IP header on; cut, and perhaps padded with zeros. */
      readonly original: Uint8Array;
      /** The extension structure of RFC 4884 (e.g. MPLS labels, RFC 4950), not decoded; empty without one. */
      readonly extensions: Uint8Array;
    }
  | { readonly kind: 'other'; readonly type: number; readonly code: number };

export type Echo = { readonly identifier: number; readonly sequence: number; readonly payload: Uint8Array };

export const ICMP_HEADER_BYTES = 8;
