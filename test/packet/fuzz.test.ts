import { expect, test } from 'vitest';
import { internetChecksum } from '../../src/packet/checksum.ts';
import { decodeIcmp } from '../../src/packet/icmp.ts';
import { decodeExtensions } from '../../src/packet/icmp-extension-objects.ts';
import { decodeIcmpv6 } from '../../src/packet/icmpv6.ts';
import { decodeIpv4 } from '../../src/packet/ipv4.ts';
import { decodeIpv6 } from '../../src/packet/ipv6.ts';
import { decodeQuote } from '../../src/packet/quote.ts';
import { decodeTcp } from '../../src/packet/tcp.ts';
import { decodeUdp } from '../../src/packet/udp.ts';
import { hex } from './hex.ts';

const INPUTS_PER_DECODER = 130_000;
const TIME_LIMIT_MS = 20_000;
/** What lies around the input in its buffer, as after another packet: nothing of it may show up in a result. */
const MARGIN_BYTES = 32;
const LARGEST_LENGTH_FIELD = 0xffff;

const V4_ENDS = 'c0000201 c6336407';
const V6_ENDS = '20010db8 00000000 00000000 00000001 20010db8 00090000 00000000 00000007';
const ECHO = '0800 f7fd 1234 0002 00010203 04050607';
const DATAGRAM = 'ee48 0035 0010 0000 00010203 04050607';
const SEGMENT = 'ee48 01bb 01020304 05060708 6012 faf0 0000 0000 020405b4';
const V4_QUOTE = `4500 0054 1c46 4000 0101 0000 ${V4_ENDS} ${ECHO}`;
const V6_QUOTE = `60000000 0010 3a 01 ${V6_ENDS} 8000 f7fd 1234 0002 00010203 04050607`;
// Two MPLS labels, then an incoming interface with its index, address, name and MTU.
const STRUCTURE = `20000000 000c0101 00064001 000c8140
  0020020f 00000007 00010000 c0000201 0c657468 302e3130 30000000 000005dc`;

const IPV4 = [
  V4_QUOTE,
  `4500 0024 1c46 4000 4011 0000 ${V4_ENDS} ${DATAGRAM}`,
  `4700 0034 1c46 4000 4006 0000 ${V4_ENDS} 94040000 01010101 ${SEGMENT}`,
];
const IPV6 = [
  V6_QUOTE,
  `60000000 0018 11 40 ${V6_ENDS} ${DATAGRAM}`,
  `60000000 0038 00 40 ${V6_ENDS} 3c000104 00000000 2c000104 00000000 06000000 00000001 ${SEGMENT}`,
];

type Source = {
  readonly seeds: readonly string[];
  /** Throws, or says what is wrong with what came out; null where nothing is. */
  readonly judge: (input: Uint8Array) => string | null;
  /** A mutated message with a wrong checksum would get no further than that. */
  readonly hasChecksum?: true;
  /** The result of an unmutated seed, so that a decoder that refuses everything is seen. */
  readonly accepts: (input: Uint8Array) => boolean;
};

const DECODERS: Readonly<Record<string, Source>> = {
  decodeIpv4: source(IPV4, decodeIpv4),
  decodeIpv6: source(IPV6, decodeIpv6),
  decodeIcmp: {
    ...source(
      [ECHO, `0b00 0000 00110000 ${padded(V4_QUOTE, 68)} ${STRUCTURE}`, `0304 0000 00000578 ${V4_QUOTE}`],
      decodeIcmp,
    ),
    hasChecksum: true,
  },
  decodeIcmpv6: source(
    [
      '8100 0000 1234 0002 00010203',
      `0300 0000 09000000 ${padded(V6_QUOTE, 72)} ${STRUCTURE}`,
      `0200 0000 00000500 ${V6_QUOTE}`,
    ],
    decodeIcmpv6,
  ),
  decodeTcp: source([SEGMENT], decodeTcp),
  decodeUdp: source([DATAGRAM], decodeUdp),
  'decodeQuote of IPv4': source(IPV4, (input) => decodeQuote(4, input)),
  'decodeQuote of IPv6': source(IPV6, (input) => decodeQuote(6, input)),
  decodeExtensions: {
    seeds: [STRUCTURE],
    judge: (input) => wrongExtensions(input, decodeExtensions(input)),
    accepts: (input) => {
      const { mpls, interfaces } = decodeExtensions(input);
      return mpls.length === 2 && interfaces.length === 1;
    },
  },
};

test.each(Object.entries(DECODERS))(
  '%s neither throws nor tells of bytes that are not there, whatever comes in',
  (name, { seeds, judge, hasChecksum, accepts }) => {
    const messages = seeds.map((dump) => (hasChecksum ? withChecksum(hex(dump)) : hex(dump)));
    expect(messages.map(accepts)).toEqual(messages.map(() => true));
    const seed = seedOf(name);
    const random = randomOf(seed);
    for (let count = 0; count < INPUTS_PER_DECODER; count += 1) {
      const mutated = mutate(messages[random(messages.length)] ?? new Uint8Array(), random);
      const input = inside(hasChecksum && random(8) > 0 ? withChecksum(mutated) : mutated);
      const wrong = verdictOn(judge, input);
      // An assertion for each input would take longer than all of the decoding.
      if (wrong !== null) expect.fail(`${wrong}\nseed ${seed}, input ${count}: ${Buffer.from(input).toString('hex')}`);
    }
  },
  TIME_LIMIT_MS,
);

test('a decoder that throws, and one that returns too much, would be found', () => {
  const input = inside(hex('00010203'));
  expect(verdictOn(() => JSON.stringify(JSON.parse('{')), input)).toContain('threw');
  expect(wrongResult(input, { payload: new Uint8Array(5) })).toContain('payload');
  expect(wrongResult(input, { payload: new Uint8Array(input.buffer, MARGIN_BYTES + 2, 3) })).toContain('payload');
  expect(wrongResult(input, { payload: input.subarray(1) })).toBeNull();
});

function source(seeds: readonly string[], decode: (input: Uint8Array) => { readonly ok: boolean }): Source {
  return {
    seeds,
    judge: (input) => {
      const result: { readonly ok: boolean; readonly value?: object } = decode(input);
      return result.ok ? wrongResult(input, result.value ?? {}) : null;
    },
    accepts: (input) => decode(input).ok,
  };
}

function verdictOn(judge: Source['judge'], input: Uint8Array): string | null {
  try {
    return judge(input);
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

/** Every window on bytes lies within the input, and every number is one that the widest field can hold. */
function wrongResult(input: Uint8Array, value: object): string | null {
  for (const [name, part] of Object.entries(value)) {
    if (part instanceof Uint8Array && !isWithin(input, part)) return `${name} has bytes from outside of the input`;
    if (typeof part === 'number' && !(Number.isInteger(part) && part >= 0 && part <= 0xffffffff))
      return `${name}: ${part}`;
    // What was sent may have been longer than what is quoted of it, but never longer than its length field can say.
    if (name === 'payloadBytes' && part > LARGEST_LENGTH_FIELD - 8) return `${name}: ${part}`;
  }
  return null;
}

function isWithin(input: Uint8Array, part: Uint8Array): boolean {
  if (part.length === 0) return true;
  if (part.buffer !== input.buffer) return part.length <= input.length;
  return part.byteOffset >= input.byteOffset && part.byteOffset + part.length <= input.byteOffset + input.length;
}

/** A label has 4 bytes behind an object header of 4, and an interface has at least its header. */
function wrongExtensions(input: Uint8Array, { mpls, interfaces }: ReturnType<typeof decodeExtensions>): string | null {
  if (4 * mpls.length + 4 * interfaces.length > Math.max(0, input.length - 4)) return 'more objects than bytes';
  const longest = interfaces.find(({ name }) => name !== null && name.length > Math.min(63, input.length));
  return longest === undefined ? null : `a name of ${longest.name?.length} characters`;
}

/** Some of: bytes set, bits flipped, words at their limits, cut, extended, a stretch repeated. */
function mutate(message: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes = Uint8Array.from(message);
  for (let left = 1 + random(4); left > 0; left -= 1) {
    const at = random(Math.max(1, bytes.length));
    switch (random(7)) {
      case 0:
        bytes.fill(random(256), at, at + 1);
        break;
      case 1:
        bytes.fill((bytes[at] ?? 0) ^ (1 << random(8)), at, at + 1);
        break;
      case 2:
        bytes.fill(random(2) * 0xff, at, at + 1 + random(4));
        break;
      case 3:
        bytes = bytes.slice(0, at);
        break;
      case 4:
        bytes = Uint8Array.from([...bytes, ...Array.from({ length: random(24) }, () => random(256))]);
        break;
      case 5:
        bytes.copyWithin(at, random(Math.max(1, bytes.length)));
        break;
      default:
        // The fields that say how long something is are small numbers, at the front.
        bytes.fill(random(64), at % 12, (at % 12) + 1);
    }
  }
  return bytes;
}

/** The same bytes in the middle of a larger buffer, as the reader of a socket hands them over. */
function inside(bytes: Uint8Array): Uint8Array {
  const buffer = new Uint8Array(bytes.length + 2 * MARGIN_BYTES).fill(0xa5);
  buffer.set(bytes, MARGIN_BYTES);
  return buffer.subarray(MARGIN_BYTES, MARGIN_BYTES + bytes.length);
}

function withChecksum(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 4) return bytes;
  bytes.fill(0, 2, 4);
  const sum = internetChecksum(bytes);
  bytes.set([sum >> 8, sum & 0xff], 2);
  return bytes;
}

function padded(dump: string, bytes: number): string {
  return Buffer.from(hex(dump))
    .toString('hex')
    .padEnd(2 * bytes, '0');
}

function seedOf(name: string): number {
  return [...name].reduce((seed, letter) => Math.imul(seed ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5);
}

/** Mulberry32: a whole number from 0 up to, not including, the bound. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return Math.floor((((word ^ (word >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
