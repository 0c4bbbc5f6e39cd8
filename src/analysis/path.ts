import type { IpAddress } from '../domain/address.ts';
import type { IcmpError } from '../domain/icmp-error.ts';
import type { OutcomeOf } from '../domain/outcome.ts';
import { isProofOfLife } from '../domain/proof-of-life.ts';
import type { Reading } from '../domain/reading.ts';
import type { Where } from '../domain/verdict.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { TraceEvidence } from '../evidence/trace.ts';
import { distanceFromTtl } from './ping-distance.ts';
import { hopOf, lastAnswering, readTrace } from './trace.ts';

/**
 * Reads the path out of everything that met it: the trace, and the ICMP errors that the echoes and the connection
 * attempts were answered with (a router that limits its errors may have spent them there).
 */
export function readPath(evidence: Evidence): Reading<'trace'> {
  const source = evidence.route?.source ?? null;
  const expired = placeOfExpiry(evidence);
  if (expired !== null) return { outcome: 'stopped', where: expired, confidence: 'certain' };
  const trace = isLentAddress(evidence) ? withoutLoop(evidence.trace) : evidence.trace;
  const traced = readTrace(trace, { onLink: evidence.route?.onLink ?? null, source });
  if (traced.outcome !== 'stopped' && traced.outcome !== 'silent' && traced.outcome !== 'unavailable') return traced;
  const error = foreignErrors(evidence, source)[0];
  if (error === undefined) return traced;
  const outcome = outcomeOfError(error);
  if (outcome === null) return traced;
  return { outcome, where: placeOfError(evidence, error), confidence: 'certain' };
}

/**
 * Where packets run out of the TTL that this machine gives them, on a way that is no loop: a trace comes to the target
 * by a higher TTL. null where they do not.
 */
export function placeOfExpiry({ trace, ping, route }: Evidence): Where | null {
  if (trace?.outcome !== 'reached' || ping === undefined || ping.received > 0) return null;
  const error = ping.errors.find(({ kind, from }) => kind === 'time-exceeded' && from !== route?.source);
  return error === undefined ? null : { hop: hopOf(trace, error.from), address: error.from };
}

/**
 * Whether a loop of one address is rather a box that lends its address to the hops behind it: they answer hop after hop,
 * and no echo is told to have run out of its full TTL, as every one does in a loop.
 */
function isLentAddress({ trace, ping }: Evidence): boolean {
  if (trace?.loop.length !== 1 || ping === undefined || ping.sent === 0) return false;
  const ttls = trace.hops.filter(({ addresses }) => addresses.includes(trace.loop[0] ?? '')).map(({ ttl }) => ttl);
  const isRow = Math.max(...ttls) - Math.min(...ttls) === ttls.length - 1;
  return isRow && !ping.errors.some(({ kind }) => kind === 'time-exceeded');
}

function withoutLoop(trace: TraceEvidence | undefined): TraceEvidence | undefined {
  return trace && { ...trace, outcome: 'stopped', loop: [] };
}

/** The ICMP errors of the run that another machine sent, the most telling first: a prohibition is somebody's decision. */
export function foreignErrors(evidence: Evidence, source: IpAddress | null): readonly IcmpError[] {
  const all: readonly IcmpError[] = [
    ...(evidence.ping?.errors ?? []),
    // What the target itself says of its ports is no error of the path.
    ...(evidence.connect?.attempts.flatMap((attempt) => (isProofOfLife(attempt) ? [] : (attempt.icmp ?? []))) ?? []),
    ...(evidence.trace?.hops.flatMap((hop) => (hop.error === null ? [] : [hop.error])) ?? []),
    ...(evidence.ping?.late?.error ? [evidence.ping.late.error] : []),
  ];
  const foreign = all.filter((error) => error.from !== source);
  return [...foreign].sort((a, b) => rank(a) - rank(b));
}

/** Where an ICMP error came from, with the hop count where the trace met its sender. */
export function placeOfError(
  evidence: Evidence,
  error: IcmpError,
): { readonly hop: number | null; readonly address: IpAddress } {
  const { trace, portTrace } = evidence;
  const hops = [trace, portTrace].map((each) => (each === undefined ? null : hopOfError(each, error.from)));
  const hop = hops.find((each) => each !== null) ?? (trace === undefined ? null : hopByTtl(evidence, trace, error));
  return { hop, address: error.from };
}

/** In the name of the target a translator sends what any hop behind it says: an error is that of the last of them. */
function hopOfError(trace: TraceEvidence, from: IpAddress): number | null {
  if (from !== trace.address || trace.outcome === 'loop') return hopOf(trace, from);
  const last = trace.hops.findLast(({ addresses, error }) => addresses.includes(from) && error === null);
  return last?.ttl ?? hopOf(trace, from);
}

/**
 * A router that had no error left for the trace (ip_error() and the ICMP limiter share one bucket of about two on Linux)
 * is still placed where two independent witnesses agree: the TTL of its error, and the first hop that stayed silent.
 */
function hopByTtl({ ping }: Evidence, trace: TraceEvidence, error: IcmpError): number | null {
  const late = ping?.late;
  const ttl =
    ping?.errors[0]?.from === error.from ? ping.errorTtl : late?.error?.from === error.from ? late.errorTtl : undefined;
  if (ttl === undefined) return null;
  const routersPassed = distanceFromTtl(ttl);
  const lastAnsweringTtl = lastAnswering(trace)?.ttl ?? 0;
  return routersPassed === lastAnsweringTtl ? lastAnsweringTtl + 1 : null;
}

function rank(error: IcmpError): number {
  const order: readonly IcmpError['kind'][] = [
    'prohibited',
    'port-unreachable',
    'host-unreachable',
    'network-unreachable',
  ];
  const index = order.indexOf(error.kind);
  return index === -1 ? order.length : index;
}

function outcomeOfError(error: IcmpError): OutcomeOf<'trace'> | null {
  switch (error.kind) {
    case 'prohibited':
      return 'prohibited';
    case 'host-unreachable':
    case 'other-unreachable':
      return 'host-unreachable';
    case 'network-unreachable':
      return 'network-unreachable';
    case 'port-unreachable':
    case 'protocol-unreachable':
      return 'rejected';
    case 'packet-too-big':
    case 'time-exceeded':
    case 'parameter-problem':
      return null;
  }
}
