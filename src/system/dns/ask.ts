import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Family, IpAddress } from '../../domain/address.ts';
import type { ServerAnswer } from '../../domain/evidence.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { DnsServer, Exchange } from './exchange.ts';
import type { AddressType, DnsQuery } from './message.ts';
import type { Candidate } from './resolver-candidates.ts';
import { askOverTcp } from './tcp.ts';
import { askOverUdp } from './udp.ts';

export type Question = {
  readonly server: DnsServer;
  readonly candidates: readonly Candidate[];
  readonly families: readonly Family[];
  readonly useTcp: boolean;
};

/** What one name gave; `rcode` null where something is missing that could have changed it. */
type Outcome = {
  readonly rcode: string | null;
  readonly addresses: readonly IpAddress[];
  readonly error: string | null;
  readonly sent: number;
};

/** A candidate is followed by the next when it gave no address; after this long a silence, by all the others. */
const NEXT_CANDIDATE_MS = 1000;
const QUERY_IDS = 0x10000;

/** Asks one server for every candidate in turn until one has an address; see Resolver.ask. */
export async function askServer(question: Question, signal: AbortSignal): Promise<ServerAnswer> {
  const startedMs = performance.now();
  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  // Every query listens, and a long search list makes many.
  setMaxListeners(0, until);
  const asked: Promise<Outcome>[] = [];
  const outcomes: Outcome[] = [];
  let patienceMs = NEXT_CANDIDATE_MS;
  for (const { name } of question.candidates) {
    const index = asked.length;
    const outcome = askName(name, question, until).then((result) => {
      outcomes[index] = result;
      return result;
    });
    asked.push(outcome);
    const settled = await Promise.race([outcome, pause(patienceMs, until)]);
    if (settled === null) patienceMs = 0;
    else if (settled.addresses.length > 0 || settled.error !== null) break;
    if (until.aborted) break;
  }
  await firstDecisive(asked);
  const ms = performance.now() - startedMs;
  enough.abort();
  const known = summarise(await Promise.all(asked), question.candidates);
  return { address: question.server.address, ...known, ms: known.rcode === null ? null : roundMs(ms) };
}

/** Waits until a candidate has an address or an error and all before it are settled, or until all are. */
async function firstDecisive(asked: readonly Promise<Outcome>[]): Promise<void> {
  for (const outcome of asked) {
    const { addresses, error } = await outcome;
    if (addresses.length > 0 || error !== null) return;
  }
}

async function askName(name: string, question: Question, signal: AbortSignal): Promise<Outcome> {
  const askType = (type: AddressType): Promise<Exchange> =>
    askOne({ id: randomInt(QUERY_IDS), name, type }, question, signal);
  const types = question.families.map((family): AddressType => (family === 6 ? 'AAAA' : 'A'));
  const exchanges = await Promise.all(types.map(askType));
  const addresses = exchanges.flatMap((exchange) => (exchange.kind === 'answer' ? exchange.addresses : []));
  const sent = sentIn(exchanges);
  if (addresses.length > 0) return { rcode: 'NOERROR', addresses, error: null, sent };
  const rcode = rcodeOf(exchanges);
  if (rcode === null)
    return { rcode, addresses, error: exchanges.map(errorOf).find((each) => each !== null) ?? null, sent };
  if (rcode !== 'NXDOMAIN' || types.length > 1) return { rcode, addresses, error: null, sent };
  // Some servers deny the whole name where only this type is missing; the other type tells.
  const witness = await askType(types[0] === 'A' ? 'AAAA' : 'A');
  return { rcode: rcodeOf([...exchanges, witness]), addresses, error: null, sent: sent + witness.sent };
}

function sentIn(exchanges: readonly Exchange[]): number {
  return exchanges.reduce((sum, exchange) => sum + exchange.sent, 0);
}

async function askOne(query: DnsQuery, { server, useTcp }: Question, signal: AbortSignal): Promise<Exchange> {
  if (useTcp) return askOverTcp(query, server, signal);
  const exchange = await askOverUdp(query, server, signal);
  if (exchange.kind !== 'truncated') return exchange;
  const complete = await askOverTcp(query, server, signal);
  return { ...complete, sent: exchange.sent + complete.sent };
}

function errorOf(exchange: Exchange): string | null {
  if (exchange.kind === 'error') return exchange.error;
  return exchange.kind === 'silent' && exchange.garbage ? 'malformed' : null;
}

/**
 * The rcode of a name without an address: NXDOMAIN holds for every type (RFC 8020) unless the server contradicts itself,
 * a failure of one type hides what it has, and NOERROR needs the word of all types.
 */
function rcodeOf(exchanges: readonly Exchange[]): string | null {
  const rcodes = exchanges.flatMap((exchange) => (exchange.kind === 'answer' ? exchange.rcode : []));
  const failure = rcodes.find((rcode) => rcode !== 'NOERROR' && rcode !== 'NXDOMAIN');
  if (rcodes.includes('NXDOMAIN') && !rcodes.includes('NOERROR')) return 'NXDOMAIN';
  if (failure !== undefined) return failure;
  return rcodes.length === exchanges.length && rcodes.length > 0 ? 'NOERROR' : null;
}

/**
 * What the C library would report (res_nsearch): the first address; else the word on the name as typed if that was
 * tried first; else no data before a failure before NXDOMAIN, which needs the word of all candidates.
 */
function summarise(outcomes: readonly Outcome[], candidates: readonly Candidate[]): Outcome {
  const sent = outcomes.reduce((sum, outcome) => sum + outcome.sent, 0);
  const withAddress = outcomes.find(({ addresses }) => addresses.length > 0);
  if (withAddress !== undefined) return { ...withAddress, sent };
  const unanswered = outcomes.find(({ rcode }) => rcode === null);
  if (unanswered !== undefined || outcomes.length < candidates.length) {
    const error = outcomes.map((outcome) => outcome.error).find((each) => each !== null) ?? null;
    return { rcode: null, addresses: [], error, sent };
  }
  const rcodes = outcomes.flatMap(({ rcode }) => rcode ?? []);
  const typedFirst = candidates[0]?.asTyped ? rcodes[0] : undefined;
  const telling = rcodes.find((rcode) => rcode === 'NOERROR') ?? rcodes.find((rcode) => rcode !== 'NXDOMAIN');
  return { rcode: typedFirst ?? telling ?? 'NXDOMAIN', addresses: [], error: null, sent };
}

function pause(ms: number, signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(null);
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
