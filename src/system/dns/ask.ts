import { setMaxListeners } from 'node:events';
import type { ServerAnswer } from '../../domain/evidence.ts';
import { roundMs } from '../../domain/statistics.ts';
import { askName, type NameOutcome, type NameQuestion } from './ask-name.ts';
import { pause } from './pause.ts';
import type { Candidate } from './resolver-candidates.ts';

export type Question = NameQuestion & { readonly candidates: readonly Candidate[] };

type Asked = { readonly candidate: Candidate; readonly outcome: NameOutcome };

/** A candidate is followed by the next when it gave no address; after this long a silence, by all the others. */
const NEXT_CANDIDATE_MS = 1000;
/** For the word on the name as typed, where a name with a suffix had the address. */
const TYPED_MS = 500;

/** Asks one server for every candidate in turn until one has an address; see Resolver.ask. */
export async function askServer(question: Question, signal: AbortSignal): Promise<ServerAnswer> {
  const startedMs = performance.now();
  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  // Every query listens, and a long search list makes many.
  setMaxListeners(0, until);
  const running: Promise<Asked>[] = [];
  let patienceMs = NEXT_CANDIDATE_MS;
  for (const candidate of question.candidates) {
    const asked = askName(candidate.name, question, until).then((outcome) => ({ candidate, outcome }));
    running.push(asked);
    const settled = await Promise.race([asked, pause(patienceMs, until)]);
    if (settled === null) patienceMs = 0;
    else if (isLast(settled)) break;
    if (until.aborted) break;
  }
  await firstDecisive(running);
  const ms = performance.now() - startedMs;
  enough.abort();
  const all = await Promise.all(running);
  const { outcome, candidate } = summarise(all, question.candidates);
  const typed = await wordOnTyped(candidate, all, question, signal);
  return {
    address: question.server.address,
    rcode: outcome.rcode,
    ms: outcome.rcode === null ? null : roundMs(ms),
    addresses: outcome.addresses,
    sent: outcome.sent + (typed?.sent ?? 0),
    error: outcome.error,
    ...(!candidate.asTyped && { name: candidate.name }),
    ...(typed !== null && { typed: { rcode: typed.rcode, addresses: typed.addresses } }),
    ...(outcome.chain.length > 0 && { chain: outcome.chain }),
    ...(outcome.extendedErrors.length > 0 && { extendedErrors: outcome.extendedErrors }),
    ...(outcome.truncated && { truncated: true }),
    ...(outcome.garbage && { garbage: true }),
    ...(outcome.records.length > 0 && { records: outcome.records }),
  };
}

function isLast({ outcome: { addresses, error } }: Asked): boolean {
  return addresses.length > 0 || error !== null;
}

/** Waits until a candidate has an address or an error and all before it are settled, or until all are. */
async function firstDecisive(running: readonly Promise<Asked>[]): Promise<void> {
  for (const asked of running) if (isLast(await asked)) return;
}

/** What the server says of the name exactly as typed, where the address is another name's; `sent` counts further queries. */
async function wordOnTyped(
  found: Candidate,
  all: readonly Asked[],
  question: Question,
  signal: AbortSignal,
): Promise<Pick<NameOutcome, 'rcode' | 'addresses' | 'sent'> | null> {
  const typed = question.candidates.find(({ asTyped }) => asTyped);
  const isFound = all.some(({ candidate, outcome }) => candidate === found && outcome.addresses.length > 0);
  if (found.asTyped || typed === undefined || !isFound) return null;
  const known = all.find(({ candidate, outcome }) => candidate === typed && outcome.rcode !== null);
  if (known !== undefined) return { ...known.outcome, sent: 0 };
  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  const asked = askName(typed.name, question, until);
  await Promise.race([asked, pause(TYPED_MS, until)]);
  enough.abort();
  return asked;
}

/**
 * What the C library would report (res_nsearch): the first address; else the word on the name as typed if that was
 * tried first; else no data before a failure before NXDOMAIN, which needs the word of all candidates.
 */
function summarise(all: readonly Asked[], candidates: readonly Candidate[]): Asked {
  const sent = all.reduce((sum, { outcome }) => sum + outcome.sent, 0);
  const garbage = all.some(({ outcome }) => outcome.garbage);
  const told = telling(all, candidates);
  return { candidate: told.candidate, outcome: { ...told.outcome, sent, garbage } };
}

function telling(all: readonly Asked[], candidates: readonly Candidate[]): Asked {
  const withAddress = all.find(({ outcome }) => outcome.addresses.length > 0);
  if (withAddress !== undefined) return withAddress;
  const typed = all.find(({ candidate }) => candidate.asTyped);
  const isAllSaid = all.length === candidates.length && all.every(({ outcome }) => outcome.rcode !== null);
  if (isAllSaid) {
    if (typed !== undefined && candidates[0]?.asTyped) return typed;
    const spoke = all.find(({ outcome }) => outcome.rcode === 'NOERROR') ?? all.find(isNotNxdomain) ?? typed ?? all[0];
    if (spoke !== undefined) return spoke;
  }
  const silent = all.find(({ outcome }) => outcome.rcode === null && (outcome.error !== null || outcome.truncated));
  const open = silent ?? all.find(({ outcome }) => outcome.rcode === null) ?? typed ?? all[0];
  const candidate = open?.candidate ?? candidates[0] ?? { name: '', asTyped: true };
  return { candidate, outcome: { ...NOTHING, ...open?.outcome, rcode: null, addresses: [] } };
}

const NOTHING: NameOutcome = {
  rcode: null,
  addresses: [],
  error: null,
  sent: 0,
  chain: [],
  extendedErrors: [],
  truncated: false,
  garbage: false,
  records: [],
};

function isNotNxdomain({ outcome }: Asked): boolean {
  return outcome.rcode !== 'NXDOMAIN';
}
