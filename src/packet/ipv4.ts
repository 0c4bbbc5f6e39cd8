import type { IpAddress } from '../domain/address.ts';
import { addressText } from './address.ts';
import { viewOf } from './bytes.ts';
import { type Decoded, decoded, undecodable } from './decoded.ts';

const MINIMUM_HEADER_BYTES = 20;
const TOTAL_LENGTH_OFFSET = 2;
const FRAGMENT_OFFSET = 6;
const TTL_OFFSET = 8;
const PROTOCOL_OFFSET = 9;
const SOURCE_OFFSET = 12;
const DESTINATION_OFFSET = 16;
const DONT_FRAGMENT = 0x4000;
const FRAGMENT_OFFSET_MASK = 0x1fff;

export type IpPacket = {
  readonly source: IpAddress;
  readonly destination: IpAddress;
  /** TTL, or hop limit. */
  readonly ttl: number;
  /** Of the payload: behind the extension headers of IPv6. */
  readonly protocol: number;
  readonly dontFragment: boolean;
  /** What is there of it; a quoted packet is usually cut. */
  readonly payload: Uint8Array;
};

/**
 * Decodes an IPv4 packet (RFC 791, 3.1), options skipped. A packet that is shorter than its total length says (as quoted
 * ones are) is decoded as far as it goes; bytes behind the total length (padding) are left out.
 */
export function decodeIpv4(bytes: Uint8Array): Decoded<IpPacket> {
  if (bytes.length < MINIMUM_HEADER_BYTES) return undecodable('too-short');
  const view = viewOf(bytes);
  const first = view.getUint8(0);
  if (first >> 4 !== 4) return undecodable('bad-version');
  const headerBytes = (first & 0x0f) * 4;
  if (headerBytes < MINIMUM_HEADER_BYTES) return undecodable('bad-length');
  if (bytes.length < headerBytes) return undecodable('too-short');
  const totalLength = view.getUint16(TOTAL_LENGTH_OFFSET);
  if (totalLength < headerBytes) return undecodable('bad-length');
  const fragment = view.getUint16(FRAGMENT_OFFSET);
  if ((fragment & FRAGMENT_OFFSET_MASK) !== 0) return undecodable('not-first-fragment');
  return decoded({
    source: addressText(bytes.subarray(SOURCE_OFFSET, SOURCE_OFFSET + 4)),
    destination: addressText(bytes.subarray(DESTINATION_OFFSET, DESTINATION_OFFSET + 4)),
    ttl: view.getUint8(TTL_OFFSET),
    protocol: view.getUint8(PROTOCOL_OFFSET),
    dontFragment: (fragment & DONT_FRAGMENT) !== 0,
    payload: bytes.subarray(headerBytes, totalLength),
  });
}
