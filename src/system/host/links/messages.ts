import { endianness } from 'node:os';

// linux/netlink.h, rtnetlink(7)
const HEADER_BYTES = 16;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLM_F_REQUEST = 0x1;
const NLM_F_DUMP = 0x300;
/** The upper two bits of an attribute's type are flags (NLA_F_NESTED, NLA_F_NET_BYTEORDER). */
const TYPE_MASK = 0x3fff;

const IS_LITTLE = endianness() === 'LE';

/** The attributes of a message by their type, each its payload. */
export type Attributes = ReadonlyMap<number, Buffer>;

export type Message = { readonly type: number; readonly body: Buffer };

export type Batch = { readonly messages: readonly Message[]; readonly end: 'more' | 'done' | 'failed' };

/** A request of rtnetlink: the message's own header (`family` first), then attributes. */
export function encodeRequest(
  type: number,
  header: Uint8Array,
  attributes: readonly (readonly [type: number, payload: Uint8Array])[],
  isDump: boolean,
): Uint8Array {
  const parts = attributes.map(([kind, payload]) => {
    const part = Buffer.alloc(4 + padded(payload.length));
    writeU16(part, 4 + payload.length, 0);
    writeU16(part, kind, 2);
    part.set(payload, 4);
    return part;
  });
  const head = Buffer.alloc(HEADER_BYTES + padded(header.length));
  head.set(header, HEADER_BYTES);
  const bytes = Buffer.concat([head, ...parts]);
  writeU32(bytes, bytes.length, 0);
  writeU16(bytes, type, 4);
  writeU16(bytes, NLM_F_REQUEST | (isDump ? NLM_F_DUMP : 0), 6);
  writeU32(bytes, 1, 8);
  return bytes;
}

/** Splits one datagram of the kernel into its messages. What is cut is left out; never throws. */
export function decodeBatch(bytes: Buffer): Batch {
  const messages: Message[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    const length = readU32(bytes, at);
    if (length < HEADER_BYTES || at + length > bytes.length) break;
    const type = readU16(bytes, at + 4);
    if (type === NLMSG_DONE) return { messages, end: 'done' };
    if (type === NLMSG_ERROR) return { messages, end: 'failed' };
    messages.push({ type, body: bytes.subarray(at + HEADER_BYTES, at + length) });
    at += padded(length);
  }
  return { messages, end: 'more' };
}

/** The attributes that begin at `at` of a message's body; of two with one type the last. Never throws. */
export function attributesOf(body: Buffer, at: number): Attributes {
  const found = new Map<number, Buffer>();
  let next = padded(at);
  while (next + 4 <= body.length) {
    const length = readU16(body, next);
    if (length < 4 || next + length > body.length) break;
    found.set(readU16(body, next + 2) & TYPE_MASK, body.subarray(next + 4, next + length));
    next += padded(length);
  }
  return found;
}

/** A number of 32 bits in the machine's own order; null where it is absent or cut. */
export function numberIn(attribute: Buffer | undefined): number | null {
  return attribute === undefined || attribute.length < 4 ? null : readU32(attribute, 0);
}

/** Text up to its NUL; null where it is absent or empty. */
export function textIn(attribute: Buffer | undefined): string | null {
  const text = attribute?.toString('latin1').split('\0')[0] ?? '';
  return text === '' ? null : text;
}

/** A link-layer address, `02:00:00:00:00:01`; null where it is absent, or all zeros. */
export function linkAddressIn(attribute: Buffer | undefined): string | null {
  if (attribute === undefined || attribute.length === 0 || attribute.every((byte) => byte === 0)) return null;
  return [...attribute.subarray(0, 20)].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

export function readU16(bytes: Buffer, at: number): number {
  return IS_LITTLE ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
}

export function readU32(bytes: Buffer, at: number): number {
  return IS_LITTLE ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}

/** A counter of 64 bits; exact up to 2^53. */
export function readU64(bytes: Buffer, at: number): number {
  return Number(IS_LITTLE ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  writeU32(bytes, value, 0);
  return bytes;
}

function writeU16(bytes: Buffer, value: number, at: number): void {
  if (IS_LITTLE) bytes.writeUInt16LE(value, at);
  else bytes.writeUInt16BE(value, at);
}

function writeU32(bytes: Buffer, value: number, at: number): void {
  if (IS_LITTLE) bytes.writeUInt32LE(value, at);
  else bytes.writeUInt32BE(value, at);
}

/** Lengths are rounded up to four bytes. */
function padded(length: number): number {
  return (length + 3) & ~3;
}
