import { familyOf, type IpAddress } from '../domain/address.ts';

const GROUPS = 8;

/** The 4 or 16 bytes of a well-formed address, without its zone. */
export function addressBytes(address: IpAddress): Uint8Array {
  return familyOf(address) === 4 ? ipv4Bytes(address) : ipv6Bytes(address.split('%')[0] ?? '');
}

function ipv4Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(4);
  text.split('.').forEach((part, index) => {
    if (index < bytes.length) bytes[index] = Number(part);
  });
  return bytes;
}

function ipv6Bytes(text: string): Uint8Array {
  const [head = '', tail] = text.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array<number>(Math.max(0, GROUPS - before.length - after.length)).fill(0);
  const bytes = new Uint8Array(2 * GROUPS);
  const view = new DataView(bytes.buffer);
  [...before, ...zeros, ...after].slice(0, GROUPS).forEach((group, index) => {
    view.setUint16(2 * index, group);
  });
  return bytes;
}

function groupsOf(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((part) => {
    if (!part.includes('.')) return [Number.parseInt(part, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = ipv4Bytes(part);
    return [(a << 8) | b, (c << 8) | d];
  });
}

/** The shortest text form of 4 or 16 bytes (RFC 5952, sections 4 and 5; IPv4-mapped addresses in mixed notation). */
export function addressText(bytes: Uint8Array): IpAddress {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: GROUPS }, (_, index) => {
    return ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0);
  });
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return `::ffff:${bytes.subarray(12, 16).join('.')}`;
  const { start, length } = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The first longest run of zero groups (RFC 5952, 4.2.3). */
function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  groups.forEach((group, index) => {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: index - length + 1, length };
  });
  return best;
}

/** The address in one spelling and without its zone: what a packet carries, and so what answers are compared by. */
export function wireAddress(address: IpAddress): IpAddress {
  return addressText(addressBytes(address));
}
