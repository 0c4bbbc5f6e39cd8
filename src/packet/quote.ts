import type { Family, IpAddress } from '../domain/address.ts';
import { viewOf } from './bytes.ts';
import { type Decoded, decoded, undecodable } from './decoded.ts';
import { isEchoRequest } from './icmp.ts';
import { readEcho } from './icmp-echo.ts';
import { type Echo, ICMP_HEADER_BYTES } from './icmp-message.ts';
import { isEchoRequestV6 } from './icmpv6.ts';
import { decodeIpv4 } from './ipv4.ts';
import { decodeIpv6 } from './ipv6.ts';
import { PROTOCOL } from './protocol.ts';
import { decodeUdp } from './udp.ts';

/** The least that every sender of an error quotes of the transport (RFC 792: 64 bits): ports, or identifier and sequence. */
const QUOTED_TRANSPORT_BYTES = 8;

/** The packet that an ICMP error quotes, told as far as 8 bytes of transport go. */
export type Quote = { readonly source: IpAddress; readonly destination: IpAddress } & (
  | ({ readonly kind: 'echo' } & Echo)
  | {
      readonly kind: 'udp';
      readonly sourcePort: number;
      readonly destinationPort: number;
      readonly payloadBytes: number;
    }
  | {
      readonly kind: 'tcp';
      readonly sourcePort: number;
      readonly destinationPort: number;
      readonly sequence: number;
    }
  | { readonly kind: 'other'; readonly protocol: number }
);

/** Decodes the quoted packet of an ICMP error of the family. Its checksums are not verified: it is cut. */
export function decodeQuote(family: Family, original: Uint8Array): Decoded<Quote> {
  const packet = family === 4 ? decodeIpv4(original) : decodeIpv6(original);
  if (!packet.ok) return packet;
  const { source, destination, protocol, payload } = packet.value;
  const ends = { source, destination };
  if (payload.length < QUOTED_TRANSPORT_BYTES) return undecodable('too-short');
  if (protocol === PROTOCOL.tcp) {
    const view = viewOf(payload);
    return decoded({
      kind: 'tcp',
      ...ends,
      sourcePort: view.getUint16(0),
      destinationPort: view.getUint16(2),
      sequence: view.getUint32(4),
    });
  }
  if (protocol === PROTOCOL.udp) {
    const datagram = decodeUdp(payload);
    if (!datagram.ok) return datagram;
    const { sourcePort, destinationPort, payloadBytes } = datagram.value;
    return decoded({ kind: 'udp', ...ends, sourcePort, destinationPort, payloadBytes });
  }
  if (isQuotedEcho(family, protocol, payload)) return decoded({ kind: 'echo', ...ends, ...readEcho(payload) });
  return decoded({ kind: 'other', ...ends, protocol });
}

function isQuotedEcho(family: Family, protocol: number, payload: Uint8Array): boolean {
  if (payload.length < ICMP_HEADER_BYTES) return false;
  return family === 4
    ? protocol === PROTOCOL.icmp && isEchoRequest(payload)
    : protocol === PROTOCOL.icmpv6 && isEchoRequestV6(payload);
}
