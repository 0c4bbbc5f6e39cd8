import fc from 'fast-check';
import { expect, test } from 'vitest';
import { internetChecksum } from '../../src/packet/checksum.ts';
import { decodeIcmp, encodeEchoRequest } from '../../src/packet/icmp.ts';
import { hex } from './hex.ts';

const QUOTE = '4500 0054 1c46 4000 0101 0000 c0000201 c6336407 0800 f7fd 0001 0001';

/** The message with its checksum filled in; bytes 2 and 3 of the dump are to be zero. */
function message(dump: string): Uint8Array {
  const bytes = hex(dump);
  const checksum = internetChecksum(bytes);
  bytes.set([checksum >> 8, checksum & 0xff], 2);
  return bytes;
}

test('an echo request has these bytes on the wire', () => {
  expect(encodeEchoRequest({ identifier: 1, sequence: 1, payload: new Uint8Array() })).toEqual(
    hex('08 00 f7 fd  00 01 00 01'),
  );
});

test('an echo request survives the way there and back', () => {
  const word = fc.nat(0xffff);
  fc.assert(
    fc.property(word, word, fc.uint8Array({ maxLength: 100 }), (identifier, sequence, payload) => {
      const echo = { identifier, sequence, payload };
      expect(decodeIcmp(encodeEchoRequest(echo))).toEqual({ ok: true, value: { kind: 'echo-request', ...echo } });
    }),
  );
});

test('an echo reply is read', () => {
  expect(decodeIcmp(hex('00 00 ff fb  00 01 00 02  00 01'))).toEqual({
    ok: true,
    value: { kind: 'echo-reply', identifier: 1, sequence: 2, payload: hex('0001') },
  });
});

test('a message with a bad checksum is refused', () => {
  expect(decodeIcmp(hex('00 00 ff fb  00 01 00 02  00 02'))).toEqual({ ok: false, error: 'bad-checksum' });
});

test('seven bytes are too short', () => {
  expect(decodeIcmp(hex('00 00 ff ff 00 00 00'))).toEqual({ ok: false, error: 'too-short' });
});

test('a time exceeded carries the quoted packet', () => {
  expect(decodeIcmp(message(`0b00 0000 00000000 ${QUOTE}`))).toEqual({
    ok: true,
    value: {
      kind: 'error',
      what: 'time-exceeded',
      type: 11,
      code: 0,
      mtu: null,
      original: hex(QUOTE),
      extensions: new Uint8Array(),
    },
  });
});

test.each([
  ['0514', 1300],
  ['0000', null],
])('a fragmentation-needed with next-hop MTU %s tells %s', (word, mtu) => {
  expect(decodeIcmp(message(`0304 0000 0000 ${word} ${QUOTE}`))).toMatchObject({
    value: { what: 'packet-too-big', mtu },
  });
});

test('the same two bytes are no MTU in another unreachable', () => {
  expect(decodeIcmp(message(`0301 0000 0000 0514 ${QUOTE}`))).toMatchObject({
    value: { what: 'host-unreachable', mtu: null },
  });
});

// One label, 29, of RFC 4950: version 2, checksum, object of 8 bytes in class 1, type 1.
const MPLS = '2000 0df4 0008 0101 0001 d101';
const PADDED = `${QUOTE}${'00'.repeat(100)}`;

test('an extension structure is split off where the length says (RFC 4884)', () => {
  expect(decodeIcmp(message(`0b00 0000 0020 0000 ${PADDED} ${MPLS}`))).toMatchObject({
    value: { original: hex(PADDED), extensions: hex(MPLS) },
  });
});

test('an extension structure of an old sender is found behind 128 bytes without a length', () => {
  expect(decodeIcmp(message(`0b00 0000 0000 0000 ${PADDED} ${MPLS}`))).toMatchObject({
    value: { original: hex(PADDED), extensions: hex(MPLS) },
  });
});

test.each([
  ['a length beyond the end', `0b00 0000 00ff 0000 ${PADDED}`, PADDED],
  ['a length that leads to no structure', `0b00 0000 0005 0000 ${PADDED}`, PADDED],
  [
    'a structure with a bad checksum',
    `0b00 0000 0020 0000 ${PADDED} 2000 1234 0008 0101 0001 d101`,
    `${PADDED} 2000 1234 0008 0101 0001 d101`,
  ],
  [
    'a long quote without a structure',
    `0b00 0000 0000 0000 ${PADDED} ${'ab'.repeat(40)}`,
    `${PADDED} ${'ab'.repeat(40)}`,
  ],
])('with %s all of it is the quoted packet', (_, dump, original) => {
  expect(decodeIcmp(message(dump))).toMatchObject({ value: { original: hex(original), extensions: new Uint8Array() } });
});

test('a redirect is none of the errors', () => {
  expect(decodeIcmp(message(`0501 0000 c0000202 ${QUOTE}`))).toEqual({
    ok: true,
    value: { kind: 'other', type: 5, code: 1 },
  });
});
