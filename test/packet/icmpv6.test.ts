import { expect, test } from 'vitest';
import { decodeIcmpv6, encodeEchoRequestV6 } from '../../src/packet/icmpv6.ts';
import { hex } from './hex.ts';

const QUOTE = `6000 0000 0008 3a01 ${'20010db8000000000000000000000001'.repeat(2)} 8000 0000 0001 0001`;
const MPLS = '2000 0df4 0008 0101 0001 d101';

test('an echo request leaves its checksum to the kernel', () => {
  expect(encodeEchoRequestV6({ identifier: 0x1234, sequence: 2, payload: hex('abcd') })).toEqual(
    hex('8000 0000 1234 0002 abcd'),
  );
});

test('an echo reply is read', () => {
  expect(decodeIcmpv6(hex('8100 beef 1234 0002 abcd'))).toEqual({
    ok: true,
    value: { kind: 'echo-reply', identifier: 0x1234, sequence: 2, payload: hex('abcd') },
  });
});

test('a packet-too-big tells the MTU of the next link', () => {
  expect(decodeIcmpv6(hex(`0200 beef 00000514 ${QUOTE}`))).toEqual({
    ok: true,
    value: {
      kind: 'error',
      what: 'packet-too-big',
      type: 2,
      code: 0,
      mtu: 1300,
      original: hex(QUOTE),
      extensions: new Uint8Array(),
    },
  });
});

test('an extension structure is split off where the length says, in units of 8 bytes (RFC 4884)', () => {
  const padded = `${QUOTE}${'00'.repeat(80)}`;
  expect(hex(padded)).toHaveLength(128);
  expect(decodeIcmpv6(hex(`0300 beef 1000 0000 ${padded} ${MPLS}`))).toMatchObject({
    value: { what: 'time-exceeded', original: hex(padded), extensions: hex(MPLS) },
  });
});

test('the pointer of a parameter problem is no length', () => {
  const long = `${QUOTE}${'00'.repeat(80)} ${MPLS}`;
  expect(decodeIcmpv6(hex(`0401 beef 10000000 ${long}`))).toMatchObject({ value: { original: hex(long) } });
});

test('neighbour discovery is none of our business', () => {
  expect(decodeIcmpv6(hex('8700 beef 00000000'))).toEqual({ ok: true, value: { kind: 'other', type: 135, code: 0 } });
});

test('seven bytes are too short', () => {
  expect(decodeIcmpv6(hex('8100 beef 1234 00'))).toEqual({ ok: false, error: 'too-short' });
});
