import type { IpAddress } from '../../domain/address.ts';
import type { ServerAnswer } from '../../domain/evidence.ts';
import type { SystemAnswer } from '../../domain/ports.ts';
import type { ResolveEvidence, ResolveStatus } from '../../evidence/resolve.ts';

type At<T> = { readonly answer: T; readonly atMs: number };

/** What is known so far; null for who has not answered. Times are from the start of the probe. */
export type Answers = {
  readonly system: At<SystemAnswer> | null;
  readonly hostsFile: readonly IpAddress[];
  readonly servers: readonly (At<ServerAnswer> | null)[];
};

/** Silence counts after this long: by then every server has been asked at least twice. */
const SILENCE_MS = 4000;
/** After a server's word, how long the system may still look for a better one. */
const SYSTEM_GRACE_MS = 1000;
const NOW = 0;
/** Unspecified and loopback. */
const OWN_ADDRESS = /^(0\.0\.0\.0|::|::1|127\.[\d.]+)$/u;

/**
 * Until when it is worth waiting, in ms from the start; 0 when everything is known.
 * 1. The system has addresses: they stand; the servers get a grace, longer where the hosts file overruled them, and
 *    where the addresses lead back to this machine and it matters who gave them.
 * 2. The system failed: the servers say why; once one has spoken, the others get the same grace.
 * 3. The system hangs: a server that knows the name, or knows that there is none, decides a second later; the C library
 *    may still be at a dead server. A failing server does not decide, since another may know.
 */
export function waitUntilMs(answers: Answers, graceMs: number): number {
  const { system } = answers;
  const settled = answers.servers.flatMap((each) => each ?? []);
  const allSettled = settled.length === answers.servers.length;
  const spoke = settled.filter(({ answer }) => answer.rcode !== null);
  if (system === null) {
    const decisive = spoke.filter(({ answer }) => isDecisive(answer));
    if (decisive.length > 0) return Math.min(SILENCE_MS, earliest(decisive) + SYSTEM_GRACE_MS);
    // Where no server can be asked, the system is all that may still answer.
    const isAlone = settled.length === 0 || !allSettled;
    return isAlone ? SILENCE_MS : Math.min(SILENCE_MS, latest(settled) + SYSTEM_GRACE_MS);
  }
  if (allSettled) return NOW;
  if (system.answer.kind === 'addresses' && system.answer.addresses.length > 0) {
    const { addresses } = system.answer;
    const isUnusual = addresses.every((address) => answers.hostsFile.includes(address) || OWN_ADDRESS.test(address));
    return system.atMs + (isUnusual ? graceMs : graceMs / 2);
  }
  if (spoke.length === 0) return SILENCE_MS;
  return Math.min(SILENCE_MS, Math.max(system.atMs, earliest(spoke)) + graceMs);
}

function isDecisive({ rcode }: ServerAnswer): boolean {
  return rcode === 'NOERROR' || rcode === 'NXDOMAIN';
}

function earliest(settled: readonly At<unknown>[]): number {
  return Math.min(...settled.map(({ atMs }) => atMs));
}

function latest(settled: readonly At<unknown>[]): number {
  return Math.max(...settled.map(({ atMs }) => atMs));
}

/** The status of the name and its addresses, from all that was said. */
export function verdictOnName(
  answers: Answers,
  inFamilies: (address: IpAddress) => boolean,
): { readonly status: ResolveStatus; readonly addresses: readonly IpAddress[] } {
  const system = answers.system?.answer ?? null;
  if (system?.kind === 'addresses' && system.addresses.length > 0) return { status: 'ok', addresses: system.addresses };
  const servers = answers.servers.flatMap((each) => each?.answer ?? []);
  const fromServers = [...new Set(servers.flatMap(({ addresses }) => addresses))].filter(inFamilies);
  const isDenied = servers.some(({ rcode }) => rcode === 'NXDOMAIN');
  if (fromServers.length > 0) {
    // Programs get what the system says: only its silence leaves room for the servers' word. Where it fails and a server
    // denies the name, that server is whom it heard; where they all know the name, it fails by itself.
    if (system?.kind !== 'error') return { status: 'ok', addresses: fromServers };
    return { status: isDenied ? 'not-found' : 'server-failure', addresses: [] };
  }
  if (answers.hostsFile.length > 0) return { status: 'no-address', addresses: [] };
  // Where no server could be asked, the system's own word is all there is.
  const isMissing = system?.kind === 'error' && system.code === 'ENOTFOUND';
  if (answers.servers.length === 0 && isMissing) return { status: 'not-found', addresses: [] };
  return { status: statusOf(servers), addresses: [] };
}

function statusOf(servers: readonly ServerAnswer[]): ResolveStatus {
  const rcodes = servers.flatMap(({ rcode }) => rcode ?? []);
  if (rcodes.includes('NOERROR')) return 'no-address';
  if (rcodes.includes('NXDOMAIN')) return 'not-found';
  // Who cuts an answer has given one, of which nothing can be used.
  const hasAnswered = rcodes.length > 0 || servers.some(({ truncated }) => truncated === true);
  return hasAnswered ? 'server-failure' : 'timeout';
}

/** Who gave the addresses: the hosts file if it has them all, DNS if a server gave one of them, else something else. */
export function sourceOf(addresses: readonly IpAddress[], answers: Answers): ResolveEvidence['source'] {
  if (addresses.length === 0) return null;
  if (addresses.every((address) => answers.hostsFile.includes(address))) return 'hosts';
  const fromServers = answers.servers.flatMap((each) => each?.answer.addresses ?? []);
  return addresses.some((address) => fromServers.includes(address)) ? 'dns' : 'other';
}
