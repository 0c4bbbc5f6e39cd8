import type { IpAddress } from '../domain/address.ts';
import { addressBytes } from './address.ts';

const HEADER_BYTES = 20;
const VERSION_AND_LENGTH = 0x45;
const FRAGMENT_OFFSET = 6;
const TTL_OFFSET = 8;
const PROTOCOL_OFFSET = 9;
const DESTINATION_OFFSET = 16;
const DONT_FRAGMENT = 0x4000;
/** Linux's own default, and that of RFC 1340. */
const DEFAULT_TTL = 64;

/**
 * An IPv4 packet with DF set (RFC 791, 3.1) for a raw socket that takes its header from the program (raw(7)): the kernel
 * fills in the source, the identification, the length and the checksum, all zero here.
 */
export function encodeUnfragmentedIpv4(packet: {
  readonly destination: IpAddress;
  /** null: 64. */
  readonly ttl: number | null;
  readonly protocol: number;
  readonly payload: Uint8Array;
}): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + packet.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION_AND_LENGTH);
  view.setUint16(FRAGMENT_OFFSET, DONT_FRAGMENT);
  view.setUint8(TTL_OFFSET, packet.ttl ?? DEFAULT_TTL);
  view.setUint8(PROTOCOL_OFFSET, packet.protocol);
  bytes.set(addressBytes(packet.destination), DESTINATION_OFFSET);
  bytes.set(packet.payload, HEADER_BYTES);
  return bytes;
}
