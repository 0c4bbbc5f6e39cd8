import { viewOf } from './bytes.ts';
import { internetChecksum } from './checksum.ts';
import { type Decoded, decoded, undecodable } from './decoded.ts';
import { PROTOCOL } from './protocol.ts';
import { type Ends, pseudoHeader } from './pseudo-header.ts';

const MINIMUM_HEADER_BYTES = 20;
const SEQUENCE_OFFSET = 4;
const ACKNOWLEDGEMENT_OFFSET = 8;
const DATA_OFFSET = 12;
const FLAGS_OFFSET = 13;
const WINDOW_OFFSET = 14;
const CHECKSUM_OFFSET = 16;
const FLAG = { syn: 0x02, rst: 0x04, ack: 0x10 } as const;
const WINDOW = 64_240;
/** Maximum segment size (RFC 9293, 3.7.1) of an Ethernet. */
const MSS_OPTION = { 4: [2, 4, 0x05, 0xb4], 6: [2, 4, 0x05, 0xa0] } as const;
const SACK_PERMITTED_OPTION = [4, 2] as const;
/** The timestamp (RFC 7323, 3.2), its value to be filled in, and the answer's, which a SYN has not. */
const TIMESTAMP_OPTION = [8, 10, 0, 0, 0, 0, 0, 0, 0, 0] as const;
const TIMESTAMP_VALUE_OFFSET = MINIMUM_HEADER_BYTES + 8;
/** A filler, and a window that is told in units of 128 bytes (RFC 7323, 2.2). */
const WINDOW_SCALE_OPTION = [1, 3, 3, 7] as const;

export type Syn = {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  /** Of the option of that name; null for a SYN without any options. */
  readonly timestamp: number | null;
};

export type TcpHeader = {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly rst: boolean;
};

/**
 * A SYN (RFC 9293, 3.1) with its checksum, which covers the addresses of both ends. Its options, in their order, are those
 * of Linux: a filter that looks at them treats it as it does an ordinary program's.
 */
export function encodeSyn(syn: Syn, ends: Ends): Uint8Array {
  const family = ends.source.includes(':') ? 6 : 4;
  const options =
    syn.timestamp === null
      ? []
      : [...MSS_OPTION[family], ...SACK_PERMITTED_OPTION, ...TIMESTAMP_OPTION, ...WINDOW_SCALE_OPTION];
  const bytes = new Uint8Array(MINIMUM_HEADER_BYTES + options.length);
  const view = viewOf(bytes);
  view.setUint16(0, syn.sourcePort);
  view.setUint16(2, syn.destinationPort);
  view.setUint32(SEQUENCE_OFFSET, syn.sequence);
  view.setUint8(DATA_OFFSET, (bytes.length / 4) << 4);
  view.setUint8(FLAGS_OFFSET, FLAG.syn);
  view.setUint16(WINDOW_OFFSET, WINDOW);
  bytes.set(options, MINIMUM_HEADER_BYTES);
  if (syn.timestamp !== null) view.setUint32(TIMESTAMP_VALUE_OFFSET, syn.timestamp);
  view.setUint16(CHECKSUM_OFFSET, internetChecksum(pseudoHeader(ends, PROTOCOL.tcp, bytes.length), bytes));
  return bytes;
}

/**
 * Whether the checksum of a received segment is right. One that never left this machine (a local server, a neighbouring
 * namespace) carries only the sum of its pseudo-header, as Linux leaves the rest to hardware that is not there.
 */
export function hasRightTcpChecksum(segment: Uint8Array, ends: Ends): boolean {
  if (segment.length < MINIMUM_HEADER_BYTES) return false;
  const pseudo = pseudoHeader(ends, PROTOCOL.tcp, segment.length);
  const isComplete = internetChecksum(pseudo, segment) === 0;
  const unfinished = ~internetChecksum(pseudo) & 0xffff;
  return isComplete || viewOf(segment).getUint16(CHECKSUM_OFFSET) === unfinished;
}

/** Decodes a TCP header (RFC 9293, 3.1). Its checksum is another question: it covers the addresses. */
export function decodeTcp(bytes: Uint8Array): Decoded<TcpHeader> {
  if (bytes.length < MINIMUM_HEADER_BYTES) return undecodable('too-short');
  const view = viewOf(bytes);
  const headerBytes = (view.getUint8(DATA_OFFSET) >> 4) * 4;
  if (headerBytes < MINIMUM_HEADER_BYTES || headerBytes > bytes.length) return undecodable('bad-length');
  const flags = view.getUint8(FLAGS_OFFSET);
  return decoded({
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    sequence: view.getUint32(SEQUENCE_OFFSET),
    acknowledgement: view.getUint32(ACKNOWLEDGEMENT_OFFSET),
    syn: (flags & FLAG.syn) !== 0,
    ack: (flags & FLAG.ack) !== 0,
    rst: (flags & FLAG.rst) !== 0,
  });
}
