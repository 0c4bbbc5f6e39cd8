import type { ConnectAttempt, ConnectState } from '../domain/evidence.ts';
import { transportOf } from '../domain/target.ts';
import type { FlowAttempt } from '../evidence/flows.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { Context } from './context.ts';

/** A SYN that took this long to be answered was sent again after a second (RFC 6298, 2.1). */
const RETRANSMITTED_MS = 900;
/** Failures that chance does not explain where echoes are not lost. */
const LEAST_SILENT = 3;
/** Echoes, none of them lost, next to which lost SYNs are no loss of the path. */
const LEAST_ECHOES = 5;

/**
 * What several attempts at one port show. `alike`: they do not differ. `partly`: some are let in and some are not, and it
 * is no matter of the source port. `by-flow`: some source ports are silent again and again, and the others never.
 * `retried`: they open, and only a further SYN does it. `by-options`: only SYNs without TCP options are let in.
 * `failed` of `tried` attempts or, by flow, source ports.
 */
export type FlowsReading = {
  readonly kind: 'alike' | 'partly' | 'by-flow' | 'retried' | 'by-options';
  readonly tried: number;
  readonly failed: number;
  /** How they failed, each way once. */
  readonly ways: readonly (ConnectState | 'dropped')[];
};

type Try = Pick<FlowAttempt, 'sourcePort' | 'state' | 'dropped'>;

/** Reads the first attempt at the address that the walk is about, and those that were made because of it. */
export function readFlows(evidence: Evidence, context: Context): FlowsReading {
  const attempts = evidence.flows?.attempts ?? [];
  const first = firstAttempt(evidence, context);
  const usual: readonly Try[] = [
    ...(first === null ? [] : [{ sourcePort: null, state: first.state, dropped: first.dropped }]),
    // A SYN that is let in says nothing of what becomes of a connection.
    ...attempts.filter(({ how }) => how === 'connect' || (how === 'syn' && (first?.dropped ?? null) === null)),
  ].filter(({ state }) => state !== 'local-error');
  const bad = usual.filter(isBad);
  const good = usual.filter((attempt) => !isBad(attempt));
  const ways = [...new Set(bad.map(({ state, dropped }) => (dropped === null ? state : ('dropped' as const))))];
  const counted = { tried: usual.length, failed: bad.length, ways };
  const retried = readRetried(first, attempts);
  if (retried !== null) return { kind: 'retried', ...retried, ways };
  if (good.length === 0) {
    const isLetIn = attempts.some(({ how, state }) => how === 'bare-syn' && state === 'open');
    return { kind: isLetIn && ways.join() === 'filtered' ? 'by-options' : 'alike', ...counted };
  }
  if (bad.length === 0) return { kind: 'alike', ...counted };
  // A refusal, or an end, is no packet that was lost.
  if (ways.some((way) => way !== 'filtered')) return { kind: 'partly', ...counted };
  const byFlow = readByFlow(usual);
  if (byFlow !== null) return { kind: 'by-flow', ...byFlow, ways };
  const isNoLoss = bad.length >= LEAST_SILENT && losesNoEcho(evidence);
  return { kind: isNoLoss ? 'partly' : 'alike', ...counted };
}

/** The first attempt at the asked port of the address that the walk is about. */
export function firstAttempt({ connect }: Evidence, { target, address }: Context): ConnectAttempt | null {
  const protocol = transportOf(target.scheme);
  const found = connect?.attempts.find(
    (attempt) => attempt.port === target.port && attempt.protocol === protocol && attempt.address === address,
  );
  return found ?? null;
}

/** Whether it opened only after its SYN had been sent again. */
export function isRetried({ state, ms, retransmissions }: ConnectAttempt): boolean {
  return state === 'open' && (retransmissions ?? (ms >= RETRANSMITTED_MS ? 1 : 0)) > 0;
}

function isBad({ state, dropped }: Try): boolean {
  return state !== 'open' || dropped !== null;
}

/**
 * Of an opening that took a further SYN: in how many attempts it did. A source port that says nothing to its first SYN and
 * opens to a later one has done so, too. null where the first attempt did not, or some are let in by none.
 */
function readRetried(
  first: ConnectAttempt | null,
  attempts: readonly FlowAttempt[],
): { readonly tried: number; readonly failed: number } | null {
  if (first === null || !isRetried(first)) return null;
  const flows = bySourcePort(attempts.filter(({ how }) => how === 'syn'));
  const connections = attempts.filter(({ how }) => how === 'connect');
  const isOpening = (flow: readonly Try[]): boolean => flow.some(({ state }) => state === 'open');
  if (!flows.every(isOpening) || connections.some(({ state }) => state !== 'open')) return null;
  const retried = [
    ...flows.map((flow) => flow[0]?.state === 'filtered'),
    ...connections.map(({ ms, retransmissions }) => (retransmissions ?? (ms >= RETRANSMITTED_MS ? 1 : 0)) > 0),
  ];
  const failed = retried.filter(Boolean).length + 1;
  // Without the kernel's count, one slow opening may be a busy machine.
  return failed === 1 && first.retransmissions === undefined ? null : { tried: retried.length + 1, failed };
}

/** null unless every source port that was asked more than once says the same each time, and both kinds are there. */
function readByFlow(usual: readonly Try[]): { readonly tried: number; readonly failed: number } | null {
  const flows = bySourcePort(usual);
  const asked = flows.filter((flow) => flow.length > 1);
  const dead = asked.filter((flow) => flow.every(isBad));
  const alive = asked.filter((flow) => !flow.some(isBad));
  if (dead.length + alive.length < asked.length || alive.length === 0) return null;
  if (!dead.some((flow) => flow.length >= LEAST_SILENT)) return null;
  // The first connection is a flow of its own, whose SYN the kernel has sent again.
  const lone = usual.filter(({ sourcePort }) => sourcePort === null);
  return { tried: asked.length + lone.length, failed: dead.length + lone.filter(isBad).length };
}

function bySourcePort<T extends Try>(attempts: readonly T[]): readonly (readonly T[])[] {
  const ports = new Set(attempts.flatMap(({ sourcePort }) => (sourcePort === null ? [] : [sourcePort])));
  return [...ports].map((port) => attempts.filter(({ sourcePort }) => sourcePort === port));
}

function losesNoEcho({ ping }: Evidence): boolean {
  return ping !== undefined && ping.received === ping.sent && ping.sent >= LEAST_ECHOES;
}
