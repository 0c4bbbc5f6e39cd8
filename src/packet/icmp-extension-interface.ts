import type { HopInterface } from '../domain/hop-extension.ts';
import { addressText } from './address.ts';
import { viewOf } from './bytes.ts';

const ROLES = ['incoming', 'sub-ip', 'outgoing', 'next-hop'] as const;
/** Which of its parts an object has, in this order (RFC 5837, 4.1). */
const HAS = { index: 0x08, address: 0x04, name: 0x02, mtu: 0x01 } as const;
const WORD_BYTES = 4;
/** The name sub-object, its length byte included (RFC 5837, 4.3). */
const LARGEST_NAME_BYTES = 64;
/** Address families (IANA): IPv4 and IPv6. */
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 2: 16 };

type Part<T> = { readonly value: T; readonly rest: Uint8Array };

/** Decodes one interface information object by its C-type; nothing where it is shorter than it says. */
export function decodeInterface(type: number, payload: Uint8Array): readonly HopInterface[] {
  const index = partIf(type & HAS.index, payload, readWord);
  const address = index && partIf(type & HAS.address, index.rest, readAddress);
  const name = address && partIf(type & HAS.name, address.rest, readName);
  const mtu = name && partIf(type & HAS.mtu, name.rest, readWord);
  const role = ROLES[(type >> 6) & 3];
  if (!mtu || role === undefined) return [];
  return [{ role, index: index.value, address: address.value, name: name.value, mtu: mtu.value }];
}

function partIf<T>(
  flag: number,
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => Part<T> | null,
): Part<T | null> | null {
  return flag === 0 ? { value: null, rest: bytes } : read(bytes);
}

function readWord(bytes: Uint8Array): Part<number> | null {
  if (bytes.length < WORD_BYTES) return null;
  return { value: viewOf(bytes).getUint32(0), rest: bytes.subarray(WORD_BYTES) };
}

/** RFC 5837, 4.2: the family, two reserved bytes, the address. */
function readAddress(bytes: Uint8Array): Part<string> | null {
  if (bytes.length < WORD_BYTES) return null;
  const length = ADDRESS_BYTES[viewOf(bytes).getUint16(0)];
  if (length === undefined || bytes.length < WORD_BYTES + length) return null;
  const value = addressText(bytes.subarray(WORD_BYTES, WORD_BYTES + length));
  return { value, rest: bytes.subarray(WORD_BYTES + length) };
}

/** RFC 5837, 4.3: a length that counts itself and is a multiple of four, then UTF-8, padded with zeros. */
function readName(bytes: Uint8Array): Part<string> | null {
  const length = bytes[0] ?? 0;
  if (length === 0 || length % WORD_BYTES !== 0 || length > LARGEST_NAME_BYTES || length > bytes.length) return null;
  const text = new TextDecoder().decode(bytes.subarray(1, length));
  return { value: text.replace(/\0+$/u, ''), rest: bytes.subarray(length) };
}
