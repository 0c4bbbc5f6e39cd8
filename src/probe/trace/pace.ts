import type { Extent } from './extent.ts';
import { extentOf } from './extent.ts';
import { nextGrowth } from './growth.ts';
import type { TracePlan } from './options.ts';
import { repeatsOf, retriesOf } from './repeats.ts';
import type { TraceRun } from './run.ts';
import type { Shot } from './shot.ts';
import { answeredOf } from './shot.ts';

/** What to do next: send one probe at each TTL, wait until a time of the clock port (or until something arrives), or end. */
export type TraceStep =
  | { readonly kind: 'send'; readonly ttls: readonly number[] }
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'end' };

/** Silence after which hops that should have answered are asked again. */
const RETRY_AFTER_MS = 200;
const SHORTEST_PATIENCE_MS = 500;
const FULL_QUEUE_PAUSE_MS = 20;

/**
 * The pace of a trace, in the order in which the rules apply:
 * 1. Two refusals by this machine end it.
 * 2. The path grows by windows of TTLs until its end is known, or nothing answers any more (see nextGrowth).
 * 3. Once the end is known, each hop is asked again at once, and nothing is sent to a TTL above the end.
 * 4. Where the path falls silent, the hops around the edge are asked again, 200 ms apart.
 * 5. It ends when no answer can be expected any more: three of the slowest round trips, within 0.5 s and patience. Where
 *    the engine goes hop by hop, it is waited for as long as hops are left that it has not come to.
 */
export function nextShots(run: TraceRun, wanted: TracePlan, startedMs: number, nowMs: number): TraceStep {
  const { shots, refusals, fullAtMs, endsBefore } = run;
  const untilMs = startedMs + wanted.longestMs;
  if (refusals >= 2 || nowMs >= untilMs) return { kind: 'end' };
  const plan = endsBefore === null ? wanted : { ...wanted, maxHops: Math.min(wanted.maxHops, endsBefore - 1) };
  if (fullAtMs !== null && nowMs < fullAtMs + FULL_QUEUE_PAUSE_MS) {
    return { kind: 'wait', untilMs: fullAtMs + FULL_QUEUE_PAUSE_MS };
  }
  const extent = extentOf(shots, wanted);
  if (extent.end !== null) {
    const ttls = repeatsOf(shots, extent, extent.end, plan);
    return ttls.length > 0 ? { kind: 'send', ttls } : settle(shots, extent, plan, untilMs, nowMs);
  }
  const quietMs = quietSince(shots, startedMs);
  const growth = nextGrowth(extent, plan);
  if (growth.ttls.length > 0) {
    const atMs = quietMs + growth.quietMs;
    if (nowMs >= atMs) return { kind: 'send', ttls: growth.ttls };
    return { kind: 'wait', untilMs: atMs };
  }
  const ttls = retriesOf(shots, extent, plan);
  if (ttls.length === 0) return settle(shots, extent, plan, untilMs, nowMs);
  const atMs = quietMs + RETRY_AFTER_MS;
  return nowMs >= atMs ? { kind: 'send', ttls } : { kind: 'wait', untilMs: atMs };
}

/** Waits for what may still be answered within the path. */
function settle(shots: readonly Shot[], extent: Extent, plan: TracePlan, latestMs: number, nowMs: number): TraceStep {
  const slowestMs = Math.max(plan.knownRttMs, ...answeredOf(shots).map(({ answer }) => answer.rttMs ?? 0));
  const longestMs = Math.max(plan.patienceMs, 1.5 * plan.knownRttMs);
  const patienceMs = Math.min(Math.max(3 * slowestMs + 100, SHORTEST_PATIENCE_MS), longestMs);
  // One address again and again may be a box that answers for others: then the target may still be heard behind it.
  const isOneAddress = extent.loop?.addresses.length === 1;
  const untilMs = shots
    .filter(({ ttl, answer }) => answer === null && (isOneAddress || ttl <= (extent.end ?? ttl)))
    .map(({ sentAtMs, isWaiting }) => (isWaiting === true ? latestMs : sentAtMs + patienceMs))
    .filter((atMs) => nowMs < atMs);
  return untilMs.length === 0 ? { kind: 'end' } : { kind: 'wait', untilMs: Math.max(...untilMs) };
}

/** The latest time at which something was sent or came back. */
function quietSince(shots: readonly Shot[], startedMs: number): number {
  return Math.max(startedMs, ...shots.map(({ sentAtMs, answer }) => Math.max(sentAtMs, answer?.atMs ?? sentAtMs)));
}
