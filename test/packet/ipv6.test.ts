import { expect, test } from 'vitest';
import { decodeIpv6 } from '../../src/packet/ipv6.ts';
import { hex } from './hex.ts';

const ENDS = '20010db8 00000000 00000000 00000001 20010db8 00090000 00000000 00000007';

function packet(nextHeader: string, body: string, length = hex(body).length): Uint8Array {
  return hex(`60000000 ${length.toString(16).padStart(4, '0')} ${nextHeader} 3f ${ENDS} ${body}`);
}

test('a packet is taken apart', () => {
  expect(decodeIpv6(packet('11', '01020304'))).toEqual({
    ok: true,
    value: {
      source: '2001:db8::1',
      destination: '2001:db8:9::7',
      ttl: 63,
      protocol: 17,
      dontFragment: true,
      payload: hex('01020304'),
    },
  });
});

test.each([
  ['hop-by-hop options', '00', '3a00 0104 00000000 8000'],
  ['a routing header of 24 bytes', '2b', `3a02 0000 00000000 ${'00'.repeat(16)} 8000`],
  ['destination options', '3c', '3a00 0104 00000000 8000'],
  ['a first fragment', '2c', '3a00 0001 12345678 8000'],
  ['an authentication header, counted in words', '33', `3a04 0000 ${'00'.repeat(20)} 8000`],
  ['several in a row', '00', `3c00 0104 00000000 2c00 0104 00000000 3a00 0001 12345678 8000`],
])('%s in front of the transport is walked past', (_, nextHeader, body) => {
  expect(decodeIpv6(packet(nextHeader, body))).toMatchObject({
    ok: true,
    value: { protocol: 58, payload: hex('8000') },
  });
});

test('an encrypted payload ends the walk', () => {
  expect(decodeIpv6(packet('32', '01020304'))).toMatchObject({ ok: true, value: { protocol: 50 } });
});

test('a cut packet is decoded as far as it goes, and padding is left out', () => {
  expect(decodeIpv6(packet('11', '0102', 99))).toMatchObject({ ok: true, value: { payload: hex('0102') } });
  expect(decodeIpv6(packet('11', '010203', 2))).toMatchObject({ ok: true, value: { payload: hex('0102') } });
});

test.each([
  ['nothing', new Uint8Array(), 'too-short'],
  ['39 bytes', packet('11', '').subarray(0, 39), 'too-short'],
  ['IPv4', Uint8Array.from([0x45, ...packet('11', '').subarray(1)]), 'bad-version'],
  ['an extension header that is cut', packet('00', '3a01 0000 0000 0000'), 'too-short'],
  ['an extension header that is missing', packet('2c', ''), 'too-short'],
  ['a later fragment', packet('2c', '3a00 0009 12345678 8000'), 'not-first-fragment'],
])('%s is refused', (_, bytes, error) => {
  expect(decodeIpv6(bytes)).toEqual({ ok: false, error });
});
