import type { Answer, DecodedPacket } from 'dns-packet';
import { decode, encode, RECURSION_DESIRED } from 'dns-packet';
import type { IpAddress } from '../../domain/address.ts';
import type { AddressType, ExtendedError } from '../../domain/name-evidence.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';
import { extendedErrorsIn } from './extended-errors.ts';
import { asPrintableName } from './printable-name.ts';

/**
 * One question: `id` is the 16 bits that an answer has to repeat. `edns`: with an OPT record (RFC 6891), without which a
 * server must not say more of a failure than its code (RFC 8914 3).
 */
export type DnsQuery = {
  readonly id: number;
  readonly name: string;
  readonly type: AddressType;
  readonly edns?: boolean;
};

/** What a server said. `chain`: the names behind an alias, in order, printable; a loop ends with a name that was there before. */
export type DnsAnswer = {
  readonly rcode: string;
  readonly addresses: readonly IpAddress[];
  readonly chain: readonly string[];
  readonly extendedErrors: readonly ExtendedError[];
};

/** `foreign`: not an answer to this query, or not DNS at all. */
export type DnsReply =
  | ({ readonly kind: 'answer' } & DnsAnswer)
  | { readonly kind: 'truncated' }
  | { readonly kind: 'foreign' };

const HEADER_BYTES = 12;
const FLAGS_OFFSET = 2;
const RESPONSE_FLAG = 0x8000;
const TRUNCATED_FLAG = 0x0200;
/** An alias of an alias of …: longer chains are loops (the C library stops as well). */
const LONGEST_CHAIN = 16;
/** What is safe on every path (RFC 9715). */
const EDNS_BYTES = 1232;

/** A recursive query, as the C library sends it by default (RFC 1035 4.1), or with EDNS where that is asked for. */
export function encodeQuery(query: DnsQuery): Uint8Array {
  return encode({
    type: 'query',
    id: query.id,
    flags: RECURSION_DESIRED,
    questions: [{ type: query.type, name: query.name, class: 'IN' }],
    ...(query.edns === true && {
      additionals: [
        {
          type: 'OPT',
          name: '.',
          udpPayloadSize: EDNS_BYTES,
          flags: 0,
          extendedRcode: 0,
          ednsVersion: 0,
          flag_do: false,
          options: [],
        },
      ],
    }),
  });
}

/** Reads what a server sent for a query. Never throws. */
export function readReply(bytes: Uint8Array, query: DnsQuery): DnsReply {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < HEADER_BYTES || buffer.readUInt16BE(0) !== query.id) return { kind: 'foreign' };
  const flags = buffer.readUInt16BE(FLAGS_OFFSET);
  if ((flags & RESPONSE_FLAG) === 0) return { kind: 'foreign' };
  // A cut message may end anywhere, so only its head is trusted; the question is checked again over TCP.
  if ((flags & TRUNCATED_FLAG) !== 0) return { kind: 'truncated' };
  const packet = decoded(buffer);
  if (packet === null || !answersQuestion(packet, query)) return { kind: 'foreign' };
  return {
    kind: 'answer',
    rcode: packet.rcode,
    ...followed(packet, query),
    extendedErrors: extendedErrorsIn(packet.additionals ?? []),
  };
}

type Packet = DecodedPacket & { readonly rcode: string };

function decoded(buffer: Buffer): Packet | null {
  try {
    return decode(buffer) as Packet;
  } catch {
    return null;
  }
}

/** Servers may leave the question out of a refusal (RFC 1035 4.1.1 FORMERR), never out of an answer. */
function answersQuestion(packet: Packet, query: DnsQuery): boolean {
  const questions = packet.questions ?? [];
  const [question] = questions;
  if (question === undefined) return packet.rcode !== 'NOERROR' && packet.rcode !== 'NXDOMAIN';
  return (
    questions.length === 1 &&
    question.type === query.type &&
    (question.class ?? 'IN') === 'IN' &&
    question.name.toLowerCase() === query.name.toLowerCase()
  );
}

/** The addresses of the name, through its aliases as far as the answer holds them (RFC 1034 3.6.2). */
function followed(packet: Packet, query: DnsQuery): Pick<DnsAnswer, 'addresses' | 'chain'> {
  const answers = packet.answers ?? [];
  const passed = [query.name.toLowerCase()];
  const chain: string[] = [];
  for (;;) {
    const name = passed[passed.length - 1];
    const here = answers.filter((answer) => answer.name.toLowerCase() === name);
    const addresses = here.flatMap((answer) => (answer.type === query.type ? addressIn(answer) : []));
    if (addresses.length > 0) return { addresses: [...new Set(addresses)], chain };
    const alias = here.find((answer) => answer.type === 'CNAME');
    if (alias?.type !== 'CNAME' || chain.length >= LONGEST_CHAIN) return { addresses: [], chain };
    const next = alias.data.toLowerCase();
    chain.push(asPrintableName(alias.data));
    if (passed.includes(next)) return { addresses: [], chain };
    passed.push(next);
  }
}

function addressIn(answer: Answer): readonly IpAddress[] {
  if (answer.type !== 'A' && answer.type !== 'AAAA') return [];
  const address = canonicalAddress(answer.data);
  return address === null ? [] : [address];
}
