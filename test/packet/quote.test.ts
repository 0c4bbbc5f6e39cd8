import fc from 'fast-check';
import { expect, test } from 'vitest';
import { internetChecksum } from '../../src/packet/checksum.ts';
import { decodeIcmp } from '../../src/packet/icmp.ts';
import { decodeIcmpv6 } from '../../src/packet/icmpv6.ts';
import { decodeQuote } from '../../src/packet/quote.ts';
import { decodeTcp } from '../../src/packet/tcp.ts';
import { hex } from './hex.ts';

const V4_ENDS = 'c0000201 c6336407';
const V6_ENDS = '20010db8 00000000 00000000 00000001 20010db8 00090000 00000000 00000007';
const ENDS = {
  4: { source: '192.0.2.1', destination: '198.51.100.7' },
  6: { source: '2001:db8::1', destination: '2001:db8:9::7' },
} as const;

function quoted(family: 4 | 6, protocol: number, transport: string): Uint8Array {
  const number = protocol.toString(16).padStart(2, '0');
  return family === 4
    ? hex(`4500 0054 1c46 4000 01${number} 0000 ${V4_ENDS} ${transport}`)
    : hex(`60000000 0040 ${number} 01 ${V6_ENDS} ${transport}`);
}

for (const family of [4, 6] as const) {
  test(`an echo quoted by an IPv${family} error is known by 8 bytes`, () => {
    const [protocol, type] = family === 4 ? [1, '08'] : [58, '80'];
    expect(decodeQuote(family, quoted(family, protocol, `${type}00 f7fd 1234 0002`))).toEqual({
      ok: true,
      value: { kind: 'echo', ...ENDS[family], identifier: 0x1234, sequence: 2, payload: new Uint8Array() },
    });
  });

  test(`a TCP segment quoted by an IPv${family} error is known by 8 bytes`, () => {
    expect(decodeQuote(family, quoted(family, 6, 'ee48 01bb 01020304'))).toEqual({
      ok: true,
      value: { kind: 'tcp', ...ENDS[family], sourcePort: 61_000, destinationPort: 443, sequence: 0x01020304 },
    });
  });

  test(`a UDP datagram quoted by an IPv${family} error is known by 8 bytes`, () => {
    expect(decodeQuote(family, quoted(family, 17, 'ee48 0035 0020 0000'))).toEqual({
      ok: true,
      value: { kind: 'udp', ...ENDS[family], sourcePort: 61_000, destinationPort: 53, payloadBytes: 24 },
    });
  });

  test(`7 bytes of transport quoted by an IPv${family} error are too short`, () => {
    expect(decodeQuote(family, quoted(family, 6, 'ee48 01bb 010203'))).toEqual({ ok: false, error: 'too-short' });
  });

  test(`anything else quoted by an IPv${family} error has a protocol and no more`, () => {
    expect(decodeQuote(family, quoted(family, 47, '0000 0800 01020304'))).toMatchObject({
      value: { kind: 'other', protocol: 47 },
    });
  });
}

test('an echo reply and an ICMPv6 number in IPv4 are no echo of ours', () => {
  expect(decodeQuote(4, quoted(4, 1, '0000 f7fd 1234 0002'))).toMatchObject({ value: { kind: 'other' } });
  expect(decodeQuote(4, quoted(4, 58, '8000 f7fd 1234 0002'))).toMatchObject({ value: { kind: 'other' } });
});

const valid: readonly Uint8Array[] = [
  ...([4, 6] as const).flatMap((family) => [
    quoted(family, family === 4 ? 1 : 58, `${family === 4 ? '08' : '80'}00 f7fd 1234 0002 ${'ab'.repeat(56)}`),
    quoted(family, 6, `ee48 01bb 01020304 00000000 6002 faf0 0000 0000 0204 05b4`),
    quoted(family, 17, `ee48 0035 0020 0000 ${'cd'.repeat(24)}`),
  ]),
  hex(
    `60000000 0040 00 01 ${V6_ENDS} 2c00 0104 00000000 3c00 0000 12345678 1101 0000 ${'00'.repeat(12)} ee48 0035 0020 0000`,
  ),
];

/** Some bytes of a valid packet changed, and perhaps its end cut off: what a decoder is most likely to be fooled by. */
const mutated = fc
  .tuple(fc.constantFrom(...valid), fc.array(fc.tuple(fc.nat(127), fc.nat(255)), { maxLength: 8 }), fc.nat(160))
  .map(([packet, changes, length]) => {
    const bytes = Uint8Array.from(packet);
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
    return bytes.subarray(0, length);
  });

/** What every decoder promises, whatever it is given. */
function expectNoHarm(bytes: Uint8Array): void {
  for (const family of [4, 6] as const) {
    const quote = decodeQuote(family, bytes);
    if (quote.ok && quote.value.kind === 'echo') {
      const { payload } = quote.value;
      expect(payload.byteOffset + payload.length).toBeLessThanOrEqual(bytes.byteOffset + bytes.length);
    }
  }
  decodeTcp(bytes);
  const icmpv6 = decodeIcmpv6(bytes);
  const checked = Uint8Array.from(bytes);
  if (checked.length >= 4) {
    checked.set([0, 0], 2);
    const checksum = internetChecksum(checked);
    checked.set([checksum >> 8, checksum & 0xff], 2);
  }
  const icmp = decodeIcmp(checked);
  expect(icmp.ok).toBe(bytes.length >= 8);
  for (const message of [icmp, icmpv6]) {
    if (message.ok && message.value.kind === 'error') {
      const { original, extensions } = message.value;
      expect(original.length + extensions.length).toBe(bytes.length - 8);
    }
  }
}

test('bytes from a stranger never throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), expectNoHarm), { numRuns: 2000 });
});

test('valid packets that were tampered with never throw', () => {
  fc.assert(fc.property(mutated, expectNoHarm), { numRuns: 2000 });
});

test('errors about packets that were tampered with never throw', () => {
  const header = fc.tuple(
    fc.constantFrom(1, 2, 3, 4, 11, 12),
    fc.nat(15),
    fc.uint8Array({ minLength: 6, maxLength: 6 }),
  );
  fc.assert(
    fc.property(header, mutated, ([type, code, rest], packet) =>
      expectNoHarm(Uint8Array.from([type, code, ...rest, ...packet])),
    ),
    { numRuns: 2000 },
  );
});
