import type { Family, IpAddress } from '../../../domain/address.ts';
import type { IcmpError } from '../../../domain/icmp-error.ts';
import { wireAddress } from '../../../packet/address.ts';
import type { Decoded } from '../../../packet/decoded.ts';
import { decodeIcmp } from '../../../packet/icmp.ts';
import type { Echo, IcmpMessage } from '../../../packet/icmp-message.ts';
import { decodeIcmpv6 } from '../../../packet/icmpv6.ts';
import { decodeIpv4 } from '../../../packet/ipv4.ts';
import { decodeQuote, type Quote } from '../../../packet/quote.ts';
import { type ToldBeside, toldBeside } from '../shared/told-beside.ts';
import type { Received } from './channel.ts';

/** What a raw ICMP socket heard that may answer a probe of this machine: whose, is still to be found out. */
export type Heard =
  | { readonly kind: 'echo-reply'; readonly from: IpAddress; readonly replyTtl: number | null; readonly echo: Echo }
  | {
      readonly kind: 'error';
      readonly error: IcmpError;
      readonly mtu: number | null;
      readonly replyTtl: number | null;
      readonly quote: Quote;
      /** What the sender told beside it; empty as a rule. */
      readonly told: ToldBeside;
    };

/** Reads a packet of a raw ICMP socket; null for what answers nothing or makes no sense. */
export function hear(family: Family, received: Received): Heard | null {
  const outer = transportOf(family, received);
  if (outer === null) return null;
  const { from, replyTtl } = outer;
  const message: Decoded<IcmpMessage> = family === 4 ? decodeIcmp(outer.payload) : decodeIcmpv6(outer.payload);
  if (!message.ok) return null;
  switch (message.value.kind) {
    case 'echo-reply':
      return { kind: 'echo-reply', from, replyTtl, echo: message.value };
    case 'error': {
      const { what, type, code, mtu, original, extensions } = message.value;
      const quote = decodeQuote(family, original);
      if (!quote.ok) return null;
      const error = { kind: what, from, type, code };
      return { kind: 'error', error, mtu, replyTtl, quote: quote.value, told: toldBeside(extensions) };
    }
    case 'echo-request':
    case 'other':
      return null;
  }
}

/** The packet behind its IP header, which a raw socket gives for IPv4 and not for IPv6; null where it makes no sense. */
export function transportOf(
  family: Family,
  { bytes, from, hopLimit }: Received,
): { readonly from: IpAddress; readonly replyTtl: number | null; readonly payload: Uint8Array } | null {
  if (family === 6) return { from: wireAddress(from), replyTtl: hopLimit, payload: bytes };
  const packet = decodeIpv4(bytes);
  if (!packet.ok) return null;
  return { from: packet.value.source, replyTtl: packet.value.ttl, payload: packet.value.payload };
}
