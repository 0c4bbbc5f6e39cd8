import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readControl } from '../../../../src/system/engine/kernel/receive.ts';

/** One control message of a 64-bit machine (cmsg(3)): length, level, type, data, padded to a word. */
function control(level: number, type: number, data: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(16 + data.length, 0);
  header.writeInt32LE(level, 8);
  header.writeInt32LE(type, 12);
  return Buffer.concat([header, data, Buffer.alloc((8 - (data.length % 8)) % 8)]);
}

const NOTHING = { ttl: null, stampMs: null, error: null };

test('TTL, time and queued error are read beside each other', () => {
  const ttl = control(0, 2, Buffer.from([63, 0, 0, 0]));
  const time = Buffer.alloc(16);
  time.writeBigInt64LE(1_800_000_000n, 0);
  time.writeBigInt64LE(250_000_000n, 8);
  const error = Buffer.alloc(32);
  error.writeUInt32LE(113, 0);
  error.set([2, 11, 0], 4);
  error.writeUInt32LE(1300, 8);
  error.writeUInt16LE(2, 16);
  error.set([10, 9, 0, 1], 20);
  const read = readControl(Buffer.concat([ttl, control(1, 35, time), control(0, 11, error)]), 8);
  expect(read).toEqual({
    ttl: 63,
    stampMs: 1_800_000_000_250,
    error: { errno: 113, origin: 2, type: 11, code: 0, info: 1300, extensionsAt: 0, offender: '10.9.0.1' },
  });
});

test('messages that nobody asked for are passed over', () => {
  expect(readControl(control(1, 99, Buffer.alloc(8)), 8)).toEqual(NOTHING);
});

test('a message that is longer than what is there ends the reading', () => {
  expect(readControl(control(0, 2, Buffer.from([63, 0, 0, 0])).subarray(0, 18), 8)).toEqual(NOTHING);
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(4, 8), (bytes, word) => {
      readControl(Buffer.from(bytes), word);
    }),
  );
});
