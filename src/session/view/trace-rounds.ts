import { summariseRtts } from '../../domain/statistics.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import type { Hop, TraceEvidence } from '../../evidence/trace.ts';
import type { TraceRow } from '../../evidence/trace-row.ts';

export type HopEvent = Extract<ProbeEvent, { kind: 'hop' }>;

/** Rounds of one trace, folded: the hops of all, and how the latest ones ended. */
export type TraceRounds = {
  readonly rows: readonly TraceRow[];
  readonly count: number;
  /** The latest round. */
  readonly latest: TraceEvidence;
  /** The latest round that came to the target, and how many rounds ago that was; null if none did. */
  readonly reached: TraceEvidence | null;
  readonly missed: number;
};

/** A single round without the target may be a lost packet: so many in a row are the path's word. */
const MISSED_ROUNDS = 3;
/** Answers kept for each hop: an hour of rounds. */
const MOST_ANSWERS = 3600;

/** Adds a round. `answers` are its events, in order; a hop's probes without one are lost. */
export function addRound(before: TraceRounds | null, round: TraceEvidence, answers: readonly HopEvent[]): TraceRounds {
  const isReached = round.outcome === 'reached';
  const length = isReached ? round.hops.length : Math.max(before?.rows.length ?? 0, round.hops.length);
  const rows = Array.from({ length }, (_, index) => {
    const ttl = index + 1;
    const mine = answers.filter((answer) => answer.ttl === ttl).flatMap(({ rttMs }) => rttMs ?? []);
    return joinedRow(ttl, before?.rows[index], round.hops[index], mine);
  });
  return {
    rows,
    count: (before?.count ?? 0) + 1,
    latest: round,
    reached: isReached ? round : (before?.reached ?? null),
    missed: isReached ? 0 : (before?.missed ?? 0) + 1,
  };
}

/** What all rounds together say: the hops of all of them, with the end of the latest that can be believed. */
export function evidenceOf({ rows, count, latest, reached, missed }: TraceRounds): TraceEvidence {
  if (count === 1) return latest;
  const last = reached !== null && missed < MISSED_ROUNDS ? reached : latest;
  const length = last.outcome === 'reached' || last.outcome === 'stopped' ? rows.length : last.hops.length;
  return { ...last, ...(latest.cutShort && { cutShort: true as const }), hops: rows.slice(0, length).map(hopOf) };
}

/** The rows of a round that has not ended: what has answered so far. */
export function rowsSoFar(answers: readonly HopEvent[], target: string): readonly TraceRow[] {
  const end = Math.min(...answers.filter(({ address }) => address === target).map(({ ttl }) => ttl));
  const highest = Math.min(end, Math.max(0, ...answers.map(({ ttl }) => ttl)));
  return Array.from({ length: highest }, (_, index) => {
    const mine = answers.filter(({ ttl }) => ttl === index + 1);
    return {
      ttl: index + 1,
      addresses: [...new Set(mine.map(({ address }) => address))],
      sent: null,
      rttsMs: mine.flatMap(({ rttMs }) => rttMs ?? []),
      error: null,
    };
  });
}

/**
 * How long to wait between the beginnings of two rounds, ms: no router is asked for more than one error a second, nor a
 * hop that does not tell who it is for more than one answer.
 */
export function roundMs(round: TraceEvidence): number {
  const asked = new Map<string, number>();
  for (const { ttl, addresses, sent } of round.hops) {
    const who = addresses[0] ?? `hop ${ttl}`;
    asked.set(who, (asked.get(who) ?? 0) + sent);
  }
  return 1000 * Math.max(1, ...asked.values());
}

function joinedRow(
  ttl: number,
  before: TraceRow | undefined,
  hop: Hop | undefined,
  answers: readonly number[],
): TraceRow {
  // An answer whose time the engine could not see is neither lost nor has it a time.
  const lost = Math.max(0, (hop?.sent ?? 0) - Math.max(answers.length, hop?.received ?? 0));
  const rttsMs = [...(before?.rttsMs ?? []), ...answers, ...Array.from({ length: lost }, () => null)];
  const mpls = hop?.mpls ?? before?.mpls;
  const kept = rttsMs.slice(-MOST_ANSWERS);
  return {
    ttl,
    addresses: [...new Set([...(before?.addresses ?? []), ...(hop?.addresses ?? [])])],
    sent: kept.length,
    rttsMs: kept,
    error: hop?.error ?? null,
    ...(mpls !== undefined && { mpls }),
  };
}

function hopOf({ ttl, addresses, rttsMs, error }: TraceRow): Hop {
  const answered = rttsMs.filter((rttMs) => rttMs !== null);
  return { ttl, addresses, sent: rttsMs.length, received: answered.length, rttMs: summariseRtts(answered), error };
}
