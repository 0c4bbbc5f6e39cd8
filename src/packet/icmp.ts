import { viewOf } from './bytes.ts';
import { internetChecksum } from './checksum.ts';
import { type Decoded, decoded, undecodable } from './decoded.ts';
import { layOutEcho, readEcho } from './icmp-echo.ts';
import { splitQuote } from './icmp-extension.ts';
import { icmpErrorKind } from './icmp-kind.ts';
import { type Echo, ICMP_HEADER_BYTES, type IcmpMessage } from './icmp-message.ts';

const CHECKSUM_OFFSET = 2;
const QUOTE_LENGTH_OFFSET = 5;
const NEXT_HOP_MTU_OFFSET = 6;
const TYPE = { echoReply: 0, echoRequest: 8 } as const;

/** An echo request (RFC 792) with its checksum. */
export function encodeEchoRequest(echo: Echo): Uint8Array {
  const bytes = layOutEcho(TYPE.echoRequest, echo);
  viewOf(bytes).setUint16(CHECKSUM_OFFSET, internetChecksum(bytes));
  return bytes;
}

/** Decodes an ICMP message (RFC 792), checksum verified; the next-hop MTU of RFC 1191, extensions of RFC 4884. */
export function decodeIcmp(bytes: Uint8Array): Decoded<IcmpMessage> {
  if (bytes.length < ICMP_HEADER_BYTES) return undecodable('too-short');
  if (internetChecksum(bytes) !== 0) return undecodable('bad-checksum');
  const view = viewOf(bytes);
  const type = view.getUint8(0);
  const code = view.getUint8(1);
  if (type === TYPE.echoReply) return decoded({ kind: 'echo-reply', ...readEcho(bytes) });
  if (type === TYPE.echoRequest) return decoded({ kind: 'echo-request', ...readEcho(bytes) });
  const what = icmpErrorKind(4, type, code);
  if (what === null) return decoded({ kind: 'other', type, code });
  // 0 is an old router that does not tell (RFC 1191, 5).
  const mtu = what === 'packet-too-big' ? view.getUint16(NEXT_HOP_MTU_OFFSET) || null : null;
  const quoteBytes = view.getUint8(QUOTE_LENGTH_OFFSET) * 4;
  return decoded({
    kind: 'error',
    what,
    type,
    code,
    mtu,
    ...splitQuote(bytes.subarray(ICMP_HEADER_BYTES), quoteBytes),
  });
}

/** Whether the first bytes of a quoted ICMP message are those of an echo request. */
export function isEchoRequest(bytes: Uint8Array): boolean {
  return bytes[0] === TYPE.echoRequest && bytes[1] === 0;
}
