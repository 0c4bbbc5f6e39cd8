import type { Answer, DecodedPacket } from 'dns-packet';
import { decode, encode, RECURSION_DESIRED } from 'dns-packet';
import type { IpAddress } from '../../domain/address.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';

export type AddressType = 'A' | 'AAAA';

/** One question: `id` is the 16 bits that an answer has to repeat. */
export type DnsQuery = { readonly id: number; readonly name: string; readonly type: AddressType };

/** `foreign`: not an answer to this query, or not DNS at all. */
export type DnsReply =
  | { readonly kind: 'answer'; readonly rcode: string; readonly addresses: readonly IpAddress[] }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'foreign' };

const HEADER_BYTES = 12;
const FLAGS_OFFSET = 2;
const RESPONSE_FLAG = 0x8000;
const TRUNCATED_FLAG = 0x0200;
/** An alias of an alias of …: longer chains are loops (the C library stops as well). */
const LONGEST_CHAIN = 16;

/** A recursive query without EDNS, as the C library sends it by default (RFC 1035 4.1). */
export function encodeQuery(query: DnsQuery): Uint8Array {
  return encode({
    type: 'query',
    id: query.id,
    flags: RECURSION_DESIRED,
    questions: [{ type: query.type, name: query.name, class: 'IN' }],
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
  return { kind: 'answer', rcode: packet.rcode, addresses: addressesOf(packet, query) };
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
function addressesOf(packet: Packet, query: DnsQuery): readonly IpAddress[] {
  const answers = packet.answers ?? [];
  let name = query.name.toLowerCase();
  for (let links = 0; links < LONGEST_CHAIN; links += 1) {
    const here = answers.filter((answer) => answer.name.toLowerCase() === name);
    const addresses = here.flatMap((answer) => (answer.type === query.type ? addressIn(answer) : []));
    if (addresses.length > 0) return [...new Set(addresses)];
    const alias = here.find((answer) => answer.type === 'CNAME');
    if (alias?.type !== 'CNAME') return [];
    name = alias.data.toLowerCase();
  }
  return [];
}

function addressIn(answer: Answer): readonly IpAddress[] {
  if (answer.type !== 'A' && answer.type !== 'AAAA') return [];
  const address = canonicalAddress(answer.data);
  return address === null ? [] : [address];
}
