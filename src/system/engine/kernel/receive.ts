import type { IpAddress } from '../../../domain/address.ts';
import type { Libc } from './libc.ts';
import { CONTROL, type SocketOption } from './options.ts';
import { decodeSockaddr } from './sockaddr.ts';

/** The largest datagram that there is: a smaller buffer would cut larger ones silently. */
const DATA_BYTES = 65_536;
const CONTROL_BYTES = 512;
/** A whole number of words. */
const NAME_BYTES = 32;
const MSG_DONTWAIT = 0x40;
const MSG_ERRQUEUE = 0x2000;
const EXTENDED_ERROR_BYTES = 16;
const INT_BYTES = 4;

/** An entry of the error queue (struct sock_extended_err of linux/errqueue.h, and the offender behind it). */
export type QueuedError = {
  readonly errno: number;
  /** SO_EE_ORIGIN_*: 1 this machine, 2 ICMP, 3 ICMPv6. */
  readonly origin: number;
  readonly type: number;
  readonly code: number;
  /** Of a packet-too-big: the MTU. */
  readonly info: number;
  /** Where in the data the extension structure begins (RFC 4884); 0 where the sender did not say. */
  readonly extensionsAt: number;
  readonly offender: IpAddress | null;
};

/** What one recvmsg() gave. `bytes` is reused afterwards. */
export type KernelReceived = {
  readonly bytes: Buffer;
  /** Who sent it; of a queued error, where our packet was going. */
  readonly from: { readonly address: IpAddress; readonly port: number } | null;
  readonly ttl: number | null;
  /** When the kernel received it, in milliseconds of its wall clock. */
  readonly stampMs: number | null;
  readonly error: QueuedError | null;
};

export type Receiver = {
  /** Reads one message, from the error queue or the ordinary one; null where nothing waits. */
  receive(fd: number, queue: 'data' | 'errors'): KernelReceived | null;
};

/** The buffers that all sockets read into, in turns. */
export function createReceiver(libc: Libc): Receiver {
  const word = libc.wordBytes;
  // One piece of memory: it is large enough never to be moved, and its address stands in the message header.
  const arena = Buffer.alloc(DATA_BYTES + CONTROL_BYTES + NAME_BYTES + 2 * word);
  const base = libc.addressOf(arena);
  const pointerTo = (part: Buffer): Buffer => wordOf(base + BigInt(part.byteOffset - arena.byteOffset), word);
  const data = arena.subarray(0, DATA_BYTES);
  const control = arena.subarray(DATA_BYTES, DATA_BYTES + CONTROL_BYTES);
  const name = arena.subarray(DATA_BYTES + CONTROL_BYTES, DATA_BYTES + CONTROL_BYTES + NAME_BYTES);
  const vector = arena.subarray(DATA_BYTES + CONTROL_BYTES + NAME_BYTES);
  vector.set(Buffer.concat([pointerTo(data), sizeOf(data, word)]));
  // struct msghdr: name, its length (padded to a word), vector, its count, control, its length, flags.
  const header = Buffer.concat([
    pointerTo(name),
    sizeOf(name, word),
    pointerTo(vector),
    wordOf(1n, word),
    pointerTo(control),
    sizeOf(control, word),
    wordOf(0n, word),
  ]);
  const message = Buffer.alloc(header.length);

  return {
    receive(fd, queue) {
      header.copy(message);
      const bytes = libc.recvmsg(fd, message, MSG_DONTWAIT | (queue === 'errors' ? MSG_ERRQUEUE : 0));
      if (bytes < 0) return null;
      const nameBytes = message.readUInt32LE(word);
      const controlBytes = message.readUInt32LE(5 * word);
      return {
        bytes: data.subarray(0, bytes),
        from: decodeSockaddr(name.subarray(0, nameBytes)),
        ...readControl(control.subarray(0, controlBytes), word),
      };
    },
  };
}

function sizeOf(part: Buffer, wordBytes: number): Buffer {
  return wordOf(BigInt(part.length), wordBytes);
}

function wordOf(value: bigint, wordBytes: number): Buffer {
  const bytes = Buffer.alloc(wordBytes);
  if (wordBytes === INT_BYTES) bytes.writeUInt32LE(Number(value));
  else bytes.writeBigUInt64LE(value);
  return bytes;
}

/** Reads what the kernel told beside the data (cmsg(3)). */
export function readControl(control: Buffer, wordBytes: number): Pick<KernelReceived, 'ttl' | 'stampMs' | 'error'> {
  let ttl: number | null = null;
  let stampMs: number | null = null;
  let error: QueuedError | null = null;
  const headerBytes = wordBytes + 2 * INT_BYTES;
  for (let at = 0; at + headerBytes <= control.length; ) {
    const length = control.readUInt32LE(at);
    if (length < headerBytes || at + length > control.length) break;
    const is = ({ level, name }: SocketOption): boolean =>
      level === control.readInt32LE(at + wordBytes) && name === control.readInt32LE(at + wordBytes + INT_BYTES);
    const value = control.subarray(at + headerBytes, at + length);
    if (is(CONTROL.timestampNs) && value.length >= 2 * wordBytes) stampMs = readTimespec(value, wordBytes);
    else if ((is(CONTROL.ttl[4]) || is(CONTROL.ttl[6])) && value.length >= INT_BYTES) ttl = value.readInt32LE(0);
    else if ((is(CONTROL.error[4]) || is(CONTROL.error[6])) && value.length >= EXTENDED_ERROR_BYTES) {
      error = readQueuedError(value);
    }
    at += Math.ceil(length / wordBytes) * wordBytes;
  }
  return { ttl, stampMs, error };
}

function readQueuedError(value: Buffer): QueuedError {
  const isBroken = (value.readUInt8(14) & 1) === 1;
  return {
    errno: value.readUInt32LE(0),
    origin: value.readUInt8(4),
    type: value.readUInt8(5),
    code: value.readUInt8(6),
    info: value.readUInt32LE(8),
    extensionsAt: isBroken ? 0 : value.readUInt16LE(12),
    offender: decodeSockaddr(value.subarray(EXTENDED_ERROR_BYTES))?.address ?? null,
  };
}

/** A struct timespec of two longs, in milliseconds. */
export function readTimespec(value: Buffer, wordBytes: number): number {
  const [seconds, nanoseconds] =
    wordBytes === INT_BYTES
      ? [value.readInt32LE(0), value.readInt32LE(INT_BYTES)]
      : [Number(value.readBigInt64LE(0)), Number(value.readBigInt64LE(wordBytes))];
  return seconds * 1000 + nanoseconds / 1e6;
}
