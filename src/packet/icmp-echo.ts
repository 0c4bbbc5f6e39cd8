import { viewOf } from './bytes.ts';
import { type Echo, ICMP_HEADER_BYTES } from './icmp-message.ts';

const IDENTIFIER_OFFSET = 4;
const SEQUENCE_OFFSET = 6;

/** An echo with its checksum field 0 (RFC 792 and RFC 4443, 4.1: the same layout in both families). */
export function layOutEcho(type: number, echo: Echo): Uint8Array {
  const bytes = new Uint8Array(ICMP_HEADER_BYTES + echo.payload.length);
  const view = viewOf(bytes);
  view.setUint8(0, type);
  view.setUint16(IDENTIFIER_OFFSET, echo.identifier);
  view.setUint16(SEQUENCE_OFFSET, echo.sequence);
  bytes.set(echo.payload, ICMP_HEADER_BYTES);
  return bytes;
}

/** Reads the echo out of at least ICMP_HEADER_BYTES bytes. */
export function readEcho(bytes: Uint8Array): Echo {
  const view = viewOf(bytes);
  return {
    identifier: view.getUint16(IDENTIFIER_OFFSET),
    sequence: view.getUint16(SEQUENCE_OFFSET),
    payload: bytes.subarray(ICMP_HEADER_BYTES),
  };
}
