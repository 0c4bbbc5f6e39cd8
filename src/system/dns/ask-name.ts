import { randomInt } from 'node:crypto';
import type { Family, IpAddress } from '../../domain/address.ts';
import type { AddressType, ExtendedError, RecordAnswer } from '../../domain/name-evidence.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { DnsServer, Exchange } from './exchange.ts';
import type { DnsQuery } from './message.ts';
import { pause } from './pause.ts';
import { askOverTcp } from './tcp.ts';
import { askOverUdp } from './udp.ts';

export type NameQuestion = {
  readonly server: DnsServer;
  readonly families: readonly Family[];
  readonly useTcp: boolean;
};

/** What one name gave; `rcode` null where something is missing that could have changed it. */
export type NameOutcome = {
  readonly rcode: string | null;
  readonly addresses: readonly IpAddress[];
  readonly error: string | null;
  readonly sent: number;
  readonly chain: readonly string[];
  readonly extendedErrors: readonly ExtendedError[];
  readonly truncated: boolean;
  readonly garbage: boolean;
  readonly records: readonly RecordAnswer[];
};

/** `isCut`: the answer over UDP was truncated, and this is how the question over TCP ended. */
type Asked = { readonly type: AddressType; readonly ms: number; readonly isCut: boolean; readonly exchange: Exchange };

const QUERY_IDS = 0x10000;
/** For the words of a server that has failed already. */
const WORDS_MS = 700;

/** Asks one server for the addresses of one full name, each family by a query of its own. */
export async function askName(name: string, question: NameQuestion, signal: AbortSignal): Promise<NameOutcome> {
  const ask = (type: AddressType): Promise<Asked> => askOne(name, type, question, signal);
  const types = question.families.map((family): AddressType => (family === 6 ? 'AAAA' : 'A'));
  const asked = await Promise.all(types.map(ask));
  const outcome = outcomeOf(asked);
  if (outcome.addresses.length > 0 || outcome.rcode === null) return outcome;
  if (outcome.rcode === 'NXDOMAIN' && types.length === 1) {
    // Some servers deny the whole name where only this type is missing; the other type tells.
    const witness = await ask(types[0] === 'A' ? 'AAAA' : 'A');
    return { ...outcome, rcode: rcodeOf([...asked, witness]), sent: outcome.sent + witness.exchange.sent };
  }
  return isFailure(outcome.rcode) ? withWords(name, outcome, asked, question, signal) : outcome;
}

function isFailure(rcode: string): boolean {
  return rcode !== 'NOERROR' && rcode !== 'NXDOMAIN';
}

/** A server says why it fails only to who speaks EDNS (RFC 8914 3): asked once more for that alone. */
async function withWords(
  name: string,
  outcome: NameOutcome,
  asked: readonly Asked[],
  { server, useTcp }: NameQuestion,
  signal: AbortSignal,
): Promise<NameOutcome> {
  const failed = asked.find(({ exchange }) => exchange.kind === 'answer' && isFailure(exchange.rcode));
  if (failed === undefined) return outcome;
  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  const query: DnsQuery = { id: randomInt(QUERY_IDS), name, type: failed.type, edns: true };
  const answer = (useTcp ? askOverTcp : askOverUdp)(query, server, until);
  const told = await Promise.race([answer, pause(WORDS_MS, until)]);
  enough.abort();
  const { sent } = await answer;
  const extendedErrors = told?.kind === 'answer' && isFailure(told.rcode) ? told.extendedErrors : [];
  return { ...outcome, sent: outcome.sent + sent, extendedErrors };
}

async function askOne(
  name: string,
  type: AddressType,
  { server, useTcp }: NameQuestion,
  signal: AbortSignal,
): Promise<Asked> {
  const query: DnsQuery = { id: randomInt(QUERY_IDS), name, type };
  const startedMs = performance.now();
  const spent = (): number => roundMs(performance.now() - startedMs);
  const first = await (useTcp ? askOverTcp : askOverUdp)(query, server, signal);
  if (first.kind !== 'truncated') return { type, ms: spent(), isCut: false, exchange: first };
  const whole = await askOverTcp(query, server, signal);
  return { type, ms: spent(), isCut: true, exchange: { ...whole, sent: first.sent + whole.sent } };
}

function outcomeOf(asked: readonly Asked[]): NameOutcome {
  const answers = asked.flatMap(({ exchange }) => (exchange.kind === 'answer' ? [exchange] : []));
  const addresses = answers.flatMap((answer) => answer.addresses);
  const rcode = addresses.length > 0 ? 'NOERROR' : rcodeOf(asked);
  const longest = answers.map(({ chain }) => chain).sort((one, other) => other.length - one.length)[0];
  return {
    rcode,
    addresses,
    error: rcode === null ? (asked.map(errorOf).find((error) => error !== null) ?? null) : null,
    sent: asked.reduce((sum, { exchange }) => sum + exchange.sent, 0),
    chain: (answers.find((answer) => answer.addresses.length > 0)?.chain ?? longest) || [],
    extendedErrors: [],
    truncated: asked.some(({ isCut, exchange }) => isCut && exchange.kind !== 'answer'),
    garbage: asked.some(({ exchange }) => 'garbage' in exchange && exchange.garbage),
    records: asked.map(({ type, ms, exchange }) => ({
      type,
      rcode: exchange.kind === 'answer' ? exchange.rcode : null,
      ms: exchange.kind === 'answer' ? ms : null,
      sent: exchange.sent,
    })),
  };
}

function errorOf({ exchange }: Asked): string | null {
  if (exchange.kind === 'error') return exchange.error;
  return exchange.kind === 'silent' && exchange.garbage ? 'malformed' : null;
}

/**
 * The rcode of a name without an address: NXDOMAIN holds for every type (RFC 8020) unless the server contradicts itself,
 * a failure of one type hides what it has, and NOERROR needs the word of all types.
 */
function rcodeOf(asked: readonly Asked[]): string | null {
  const rcodes = asked.flatMap(({ exchange }) => (exchange.kind === 'answer' ? exchange.rcode : []));
  const failure = rcodes.find(isFailure);
  if (rcodes.includes('NXDOMAIN') && !rcodes.includes('NOERROR')) return 'NXDOMAIN';
  if (failure !== undefined) return failure;
  return rcodes.length === asked.length && rcodes.length > 0 ? 'NOERROR' : null;
}
