import { viewOf } from './bytes.ts';
import { type Decoded, decoded, undecodable } from './decoded.ts';

const HEADER_BYTES = 8;
const LENGTH_OFFSET = 4;

export type UdpHeader = {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Of the whole datagram as it was sent. */
  readonly payloadBytes: number;
  /** What is there of it; a quoted datagram is usually cut. */
  readonly payload: Uint8Array;
};

/** Decodes a UDP datagram (RFC 768). One that is shorter than its length says is decoded as far as it goes. */
export function decodeUdp(bytes: Uint8Array): Decoded<UdpHeader> {
  if (bytes.length < HEADER_BYTES) return undecodable('too-short');
  const view = viewOf(bytes);
  const length = view.getUint16(LENGTH_OFFSET);
  if (length < HEADER_BYTES) return undecodable('bad-length');
  return decoded({
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    payloadBytes: length - HEADER_BYTES,
    payload: bytes.subarray(HEADER_BYTES, length),
  });
}
