import fc from 'fast-check';
import { expect, test } from 'vitest';
import { internetChecksum } from '../../src/packet/checksum.ts';
import { hex } from './hex.ts';

test('the example of RFC 1071, section 3, sums to ddf2', () => {
  expect(internetChecksum(hex('0001 f203 f4f5 f6f7'))).toBe(~0xddf2 & 0xffff);
});

test('an odd last byte is padded with zero', () => {
  expect(internetChecksum(hex('0001 f2'))).toBe(internetChecksum(hex('0001 f200')));
});

test('of nothing it is all ones', () => {
  expect(internetChecksum()).toBe(0xffff);
});

test('bytes that carry their own checksum sum to zero, in one part or several', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 2, maxLength: 2000 }), fc.nat(900), (bytes, cut) => {
      bytes.fill(0, 0, 2);
      const checksum = internetChecksum(bytes);
      bytes.set([checksum >> 8, checksum & 0xff]);
      expect(internetChecksum(bytes)).toBe(0);
      expect(internetChecksum(bytes.subarray(0, 2 * cut), bytes.subarray(2 * cut))).toBe(0);
    }),
  );
});

test('the largest packet does not overflow it', () => {
  expect(internetChecksum(new Uint8Array(65_536).fill(0xff))).toBe(0);
});
