import { expect, test } from 'vitest';
import { decodeUdp } from '../../src/packet/udp.ts';
import { hex } from './hex.ts';

test('a datagram is taken apart, and padding left out', () => {
  expect(decodeUdp(hex('ee48 0035 000a 0000 abcd 0000'))).toEqual({
    ok: true,
    value: { sourcePort: 61_000, destinationPort: 53, payloadBytes: 2, payload: hex('abcd') },
  });
});

test('a cut datagram still tells how long it was', () => {
  expect(decodeUdp(hex('ee48 0035 0064 0000'))).toMatchObject({
    value: { payloadBytes: 92, payload: new Uint8Array() },
  });
});

test.each([
  ['7 bytes', 'ee48 0035 000a 00', 'too-short'],
  ['a length below the header', 'ee48 0035 0007 0000', 'bad-length'],
])('%s is refused', (_, dump, error) => {
  expect(decodeUdp(hex(dump))).toEqual({ ok: false, error });
});
