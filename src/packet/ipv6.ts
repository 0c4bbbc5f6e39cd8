import { addressText } from './address.ts';
import { viewOf } from './bytes.ts';
import { type Decoded, decoded, undecodable } from './decoded.ts';
import type { IpPacket } from './ipv4.ts';

const HEADER_BYTES = 40;
const PAYLOAD_LENGTH_OFFSET = 4;
const NEXT_HEADER_OFFSET = 6;
const HOP_LIMIT_OFFSET = 7;
const SOURCE_OFFSET = 8;
const DESTINATION_OFFSET = 24;
const FRAGMENT_OFFSET_MASK = 0xfff8;
const FRAGMENT_HEADER_BYTES = 8;

/** Next headers that something else follows (RFC 8200, 4.1; RFC 4302; RFC 6275; RFC 7401; RFC 5533). */
const EXTENSION = {
  hopByHop: 0,
  routing: 43,
  fragment: 44,
  authentication: 51,
  destinationOptions: 60,
  mobility: 135,
  hip: 139,
  shim6: 140,
} as const;

/** Decodes an IPv6 packet (RFC 8200, 3) and walks its extension headers. Cut packets are decoded as far as they go. */
export function decodeIpv6(bytes: Uint8Array): Decoded<IpPacket> {
  if (bytes.length < HEADER_BYTES) return undecodable('too-short');
  const view = viewOf(bytes);
  if (view.getUint8(0) >> 4 !== 6) return undecodable('bad-version');
  const end = HEADER_BYTES + view.getUint16(PAYLOAD_LENGTH_OFFSET);
  const transport = skipExtensions(view.getUint8(NEXT_HEADER_OFFSET), bytes.subarray(HEADER_BYTES, end));
  if (!transport.ok) return transport;
  return decoded({
    source: addressText(bytes.subarray(SOURCE_OFFSET, SOURCE_OFFSET + 16)),
    destination: addressText(bytes.subarray(DESTINATION_OFFSET, DESTINATION_OFFSET + 16)),
    ttl: view.getUint8(HOP_LIMIT_OFFSET),
    dontFragment: true,
    ...transport.value,
  });
}

function skipExtensions(
  first: number,
  bytes: Uint8Array,
): Decoded<{ readonly protocol: number; readonly payload: Uint8Array }> {
  let protocol = first;
  let payload = bytes;
  for (;;) {
    const length = extensionBytes(protocol, payload);
    if (length === null) return decoded({ protocol, payload });
    if (payload.length < length) return undecodable('too-short');
    if (protocol === EXTENSION.fragment && (viewOf(payload).getUint16(2) & FRAGMENT_OFFSET_MASK) !== 0) {
      return undecodable('not-first-fragment');
    }
    protocol = payload[0] ?? 0;
    payload = payload.subarray(length);
  }
}

/** Length of the extension header, at least 8 so that the walk ends; null where the header is none. */
function extensionBytes(protocol: number, payload: Uint8Array): number | null {
  const lengthField = payload[1] ?? 0;
  switch (protocol) {
    case EXTENSION.fragment:
      return FRAGMENT_HEADER_BYTES;
    case EXTENSION.authentication:
      // RFC 4302, 2.2: counted in 4-byte units, minus 2, unlike all others.
      return (lengthField + 2) * 4;
    case EXTENSION.hopByHop:
    case EXTENSION.routing:
    case EXTENSION.destinationOptions:
    case EXTENSION.mobility:
    case EXTENSION.hip:
    case EXTENSION.shim6:
      return (lengthField + 1) * 8;
    default:
      return null;
  }
}
