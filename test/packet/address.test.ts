import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { addressBytes, addressText, wireAddress } from '../../src/packet/address.ts';
import { hex } from './hex.ts';

test.each([
  ['192.0.2.33', 'c0 00 02 21'],
  ['2001:db8::1', '20010db8 00000000 00000000 00000001'],
  ['::', '00000000 00000000 00000000 00000000'],
  ['::1', '00000000 00000000 00000000 00000001'],
  ['fe80::', 'fe800000 00000000 00000000 00000000'],
  ['::ffff:192.0.2.33', '00000000 00000000 0000ffff c0000221'],
  // RFC 5952, 4.2.2 and 4.2.3: one zero group is not shortened, and the first of two equal runs is.
  ['2001:db8:0:1:1:1:1:1', '20010db8 00000001 00010001 00010001'],
  ['2001:db8::1:0:0:1', '20010db8 00000000 00010000 00000001'],
  ['2001:0:0:1::1', '20010000 00000001 00000000 00000001'],
])('%s', (text, bytes) => {
  expect(addressText(hex(bytes))).toBe(text);
  expect(addressBytes(text)).toEqual(hex(bytes));
});

test.each([
  ['fe80::1%eth0', 'fe80::1'],
  ['2001:0DB8:0000::0001', '2001:db8::1'],
  ['::ffff:c000:221', '::ffff:192.0.2.33'],
])('%s is %s on the wire', (text, wire) => {
  expect(wireAddress(text)).toBe(wire);
});

test('every IPv6 address survives its text, which another library reads and writes the same', () => {
  const sparse = fc.array(fc.constantFrom(0, 0, 0, 1, 0xff), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(fc.oneof(sparse, fc.array(fc.nat(255), { minLength: 16, maxLength: 16 })), (parts) => {
      const bytes = Uint8Array.from(parts);
      const text = addressText(bytes);
      expect(addressBytes(text)).toEqual(bytes);
      expect(ipaddr.parse(text).toByteArray()).toEqual(parts);
      fc.pre(!text.includes('.'));
      expect(ipaddr.fromByteArray(parts).toString()).toBe(text);
    }),
  );
});

test('every IPv4 address survives its text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (bytes) => {
      expect(addressBytes(addressText(bytes))).toEqual(bytes);
    }),
  );
});

test('text that is no address never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void wireAddress(text)));
  fc.assert(fc.property(fc.stringMatching(/^[0-9a-f:.%]*$/), (text) => void wireAddress(text)));
});
