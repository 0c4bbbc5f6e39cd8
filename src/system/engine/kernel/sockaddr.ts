import { type Family, familyOf, type IpAddress } from '../../../domain/address.ts';
import { addressBytes, addressText } from '../../../packet/address.ts';

/** AF_INET and AF_INET6 of Linux, and the sizes of their socket addresses (ip(7), ipv6(7)). */
export const ADDRESS_FAMILY = { 4: 2, 6: 10 } as const;
const SOCKADDR_BYTES = { 4: 16, 6: 28 } as const;
const ADDRESS_AT = { 4: 4, 6: 8 } as const;
const SCOPE_AT = 24;

/** A struct sockaddr_in or sockaddr_in6. `scope` is the index of the interface that the zone names; 0 without one. */
export function encodeSockaddr(address: IpAddress, port: number, scope: number): Buffer {
  const family = familyOf(address);
  const bytes = anySockaddr(family, port);
  bytes.set(addressBytes(address), ADDRESS_AT[family]);
  if (family === 6) bytes.writeUInt32LE(scope, SCOPE_AT);
  return bytes;
}

/** The same with no address: any of this machine's. */
export function anySockaddr(family: Family, port: number): Buffer {
  const bytes = Buffer.alloc(SOCKADDR_BYTES[family]);
  bytes.writeUInt16LE(ADDRESS_FAMILY[family], 0);
  bytes.writeUInt16BE(port, 2);
  return bytes;
}

/** Address and port of a socket address, without zone; null where it is none of the two families. */
export function decodeSockaddr(bytes: Buffer): { readonly address: IpAddress; readonly port: number } | null {
  if (bytes.length < 2) return null;
  const number = bytes.readUInt16LE(0);
  const family = number === ADDRESS_FAMILY[4] ? 4 : number === ADDRESS_FAMILY[6] ? 6 : null;
  if (family === null || bytes.length < SOCKADDR_BYTES[family]) return null;
  const at = ADDRESS_AT[family];
  const address = addressText(bytes.subarray(at, at + (family === 4 ? 4 : 16)));
  return { address, port: bytes.readUInt16BE(2) };
}
