import { expect, test } from 'vitest';
import { decodeIpv4 } from '../../src/packet/ipv4.ts';
import { hex } from './hex.ts';

// 192.0.2.1 to 198.51.100.7, TTL 63, UDP, DF, 4 bytes of payload.
const PACKET = '4500 0018 1c46 4000 3f11 0000 c0000201 c6336407 01020304';

test('a packet is taken apart', () => {
  expect(decodeIpv4(hex(PACKET))).toEqual({
    ok: true,
    value: {
      source: '192.0.2.1',
      destination: '198.51.100.7',
      ttl: 63,
      protocol: 17,
      dontFragment: true,
      payload: hex('01020304'),
    },
  });
});

test('options are skipped', () => {
  const withOptions = hex('4700 0020 1c46 0000 3f11 0000 c0000201 c6336407 9404 0000 0101 0100 01020304');
  expect(decodeIpv4(withOptions)).toMatchObject({ ok: true, value: { dontFragment: false, payload: hex('01020304') } });
});

test('padding behind the total length is no payload', () => {
  expect(decodeIpv4(hex(`${PACKET} 0000 0000`))).toMatchObject({ value: { payload: hex('01020304') } });
});

test('a cut packet is decoded as far as it goes', () => {
  expect(decodeIpv4(hex(PACKET).subarray(0, 22))).toMatchObject({ ok: true, value: { payload: hex('0102') } });
});

test('the bytes may be a window on a larger buffer', () => {
  const larger = hex(`ffffff ${PACKET} ffff`);
  expect(decodeIpv4(larger.subarray(3, 27))).toEqual(decodeIpv4(hex(PACKET)));
});

test.each([
  ['nothing', '', 'too-short'],
  ['19 bytes', PACKET.slice(0, 46), 'too-short'],
  ['fewer bytes than its header length says', `46${PACKET.slice(2, 48)}`, 'too-short'],
  ['IPv6', `60${PACKET.slice(2)}`, 'bad-version'],
  ['a header length below the least', `44${PACKET.slice(2)}`, 'bad-length'],
  ['a total length below the header', '4500 0013 1c46 4000 3f11 0000 c0000201 c6336407', 'bad-length'],
  ['a later fragment', '4500 0018 1c46 0001 3f11 0000 c0000201 c6336407 01020304', 'not-first-fragment'],
])('%s is refused', (_, dump, error) => {
  expect(decodeIpv4(hex(dump))).toEqual({ ok: false, error });
});
