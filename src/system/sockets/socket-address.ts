import type { IpAddress } from '../../domain/address.ts';
import { addressText } from '../../packet/address.ts';

/** Tells the text of the 4 or 16 bytes of an address that begins at `at`. */
export type AddressReader = (bytes: Buffer, at: number, length: 4 | 16) => IpAddress;

/** A machine with very many sockets has few addresses; beyond so many it may well begin anew. */
const MOST_KNOWN = 50_000;

/**
 * Reads addresses of sockets, each text made once. An IPv4-mapped address (RFC 4291 2.5.5.2) is told as the IPv4 address
 * that it carries.
 */
export function addressReader(): AddressReader {
  const known4 = new Map<number, IpAddress>();
  const known6 = new Map<string, IpAddress>();
  const read4 = (bytes: Buffer, at: number): IpAddress => {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    const d = bytes[at + 3] ?? 0;
    const key = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    return known4.get(key) ?? remember(known4, key, `${a}.${b}.${c}.${d}`);
  };
  return (bytes, at, length) => {
    if (length === 4) return read4(bytes, at);
    if (isMapped(bytes, at)) return read4(bytes, at + 12);
    const key = bytes.toString('latin1', at, at + length);
    return known6.get(key) ?? remember(known6, key, addressText(bytes.subarray(at, at + length)));
  };
}

function isMapped(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < 10; index += 1) if (bytes[at + index] !== 0) return false;
  return bytes[at + 10] === 0xff && bytes[at + 11] === 0xff;
}

function remember<Key>(known: Map<Key, IpAddress>, key: Key, text: IpAddress): IpAddress {
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, text);
  return text;
}
