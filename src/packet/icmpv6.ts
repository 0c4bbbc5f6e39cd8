import { viewOf } from './bytes.ts';
import { type Decoded, decoded, undecodable } from './decoded.ts';
import { layOutEcho, readEcho } from './icmp-echo.ts';
import { splitQuote } from './icmp-extension.ts';
import { icmpErrorKind } from './icmp-kind.ts';
import { type Echo, ICMP_HEADER_BYTES, type IcmpMessage } from './icmp-message.ts';

const QUOTE_LENGTH_OFFSET = 4;
const MTU_OFFSET = 4;
const TYPE = { echoRequest: 128, echoReply: 129 } as const;

/** An echo request (RFC 4443, 4.1). Its checksum is left 0: it covers addresses that the kernel chooses, and fills in. */
export function encodeEchoRequestV6(echo: Echo): Uint8Array {
  return layOutEcho(TYPE.echoRequest, echo);
}

/** Decodes an ICMPv6 message (RFC 4443; extensions of RFC 4884). The kernel has verified its checksum (RFC 3542, 3.1). */
export function decodeIcmpv6(bytes: Uint8Array): Decoded<IcmpMessage> {
  if (bytes.length < ICMP_HEADER_BYTES) return undecodable('too-short');
  const view = viewOf(bytes);
  const type = view.getUint8(0);
  const code = view.getUint8(1);
  if (type === TYPE.echoReply) return decoded({ kind: 'echo-reply', ...readEcho(bytes) });
  if (type === TYPE.echoRequest) return decoded({ kind: 'echo-request', ...readEcho(bytes) });
  const what = icmpErrorKind(6, type, code);
  if (what === null) return decoded({ kind: 'other', type, code });
  const mtu = what === 'packet-too-big' ? view.getUint32(MTU_OFFSET) || null : null;
  // Only these two have a length attribute (RFC 4884, 4.4 and 4.5), in 8-byte units; the others keep their own field there.
  const hasLength = what === 'time-exceeded' || type === 1;
  const body = bytes.subarray(ICMP_HEADER_BYTES);
  if (!hasLength)
    return decoded({ kind: 'error', what, type, code, mtu, original: body, extensions: new Uint8Array() });
  return decoded({ kind: 'error', what, type, code, mtu, ...splitQuote(body, view.getUint8(QUOTE_LENGTH_OFFSET) * 8) });
}

/** Whether the first bytes of a quoted ICMPv6 message are those of an echo request. */
export function isEchoRequestV6(bytes: Uint8Array): boolean {
  return bytes[0] === TYPE.echoRequest && bytes[1] === 0;
}
