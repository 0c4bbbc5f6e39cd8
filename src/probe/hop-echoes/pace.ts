import { errorsOf, rttsOf, turnaroundsOf } from '../ping/echo.ts';
import { overdueAfterMs } from '../ping/overdue.ts';
import type { HopEchoesOptions } from './options.ts';
import type { HopRun, HopStep } from './run.ts';

/** Echoes to a hop that has not answered yet: at once, and later, spaced by the time that an answer takes. */
const OPENING = 2;
const MOST_UNANSWERED = 6;
const SHORTEST_QUIET_MS = 100;
const MOST_ERRORS = 2;
const MOST_REFUSALS = 2;
const FULL_QUEUE_PAUSE_MS = 20;
const DECIDE_EVERY_MS = 50;

export type HopPace = (hops: readonly HopRun[], nowMs: number) => HopStep;

/**
 * The pace of echoes to all hops at once:
 * 1. A hop that has answered gets echoes until it has its count; so does the target, which is last.
 * 2. One that has not gets two, and then a few more slowly: its address may be out of reach, and routers limit the errors
 *    that say so. Two errors, or two refusals by this machine, end it.
 * 3. Once all have their count, those that are undecided get more, until they are decided or have the most.
 * 4. It ends when nothing that is still on its way can be expected, and sends nothing after `longestMs`.
 */
export function createHopPace(
  options: Pick<HopEchoesOptions, 'count' | 'most' | 'longestMs'> & {
    readonly slowestMs: number;
    readonly undecided: (hops: readonly HopRun[], nowMs: number) => readonly number[];
  },
  startedMs: number,
): HopPace {
  let more: readonly number[] = [];
  let decideAtMs = -Infinity;

  const dueAt = (hop: HopRun, index: number, isTarget: boolean): number | null => {
    const { echoes, refusals, fullAtMs } = hop.echoes;
    if (hop.address === null || refusals.length >= MOST_REFUSALS || errorsOf(echoes).length >= MOST_ERRORS) return null;
    const freeAtMs = Math.max(hop.dueAtMs, fullAtMs === null ? -Infinity : fullAtMs + FULL_QUEUE_PAUSE_MS);
    if (!isTarget && rttsOf(echoes).length === 0) {
      if (echoes.length >= MOST_UNANSWERED) return null;
      if (echoes.length < OPENING) return freeAtMs;
      const lastMs = Math.max(...echoes.map(({ sentAtMs }) => sentAtMs));
      return Math.max(freeAtMs, lastMs + Math.max(SHORTEST_QUIET_MS, options.slowestMs + 50));
    }
    const wanted = more.includes(index) ? options.most : options.count;
    return echoes.length < wanted ? freeAtMs : null;
  };

  return (hops, nowMs) => {
    const target = hops.length - 1;
    const isOver = nowMs >= startedMs + options.longestMs;
    const isCounted = hops.every(
      ({ echoes: { echoes } }, index) =>
        echoes.length >= options.count || (index !== target && rttsOf(echoes).length === 0),
    );
    if (isCounted && !isOver && nowMs >= decideAtMs) {
      decideAtMs = nowMs + DECIDE_EVERY_MS;
      more = options.undecided(hops, nowMs);
    }
    const dues = isOver
      ? []
      : hops.flatMap((hop, index) => {
          const atMs = dueAt(hop, index, index === target);
          return atMs === null ? [] : [{ index, atMs }];
        });
    const now = dues.filter(({ atMs }) => atMs <= nowMs);
    if (now.length > 0) return { kind: 'send', hops: now.map(({ index }) => index) };
    // Hops that never answer do not keep the others waiting.
    const heard = hops.map(({ echoes: { echoes } }, index) => index === target || rttsOf(echoes).length > 0);
    const answering = hops.filter((_, index) => heard[index] === true);
    const later = [
      ...dues.filter(({ index }) => heard[index] === true).map(({ atMs }) => atMs),
      ...pendingUntil(answering, patienceOf(answering, options.slowestMs), nowMs),
    ];
    if (later.length === 0) return { kind: 'end' };
    const all = [...later, ...dues.map(({ atMs }) => atMs)];
    const untilMs = Math.min(...all);
    return { kind: 'wait', untilMs: isCounted ? Math.min(untilMs, Math.max(decideAtMs, nowMs + 1)) : untilMs };
  };
}

/** When the echoes that may still be answered are overdue. */
function pendingUntil(hops: readonly HopRun[], patienceMs: number, nowMs: number): readonly number[] {
  return hops.flatMap(({ echoes }) =>
    echoes.echoes.flatMap(({ answer, sentAtMs, isWaiting }) =>
      answer === null && isWaiting !== true && nowMs < sentAtMs + patienceMs ? [sentAtMs + patienceMs] : [],
    ),
  );
}

/** How long an echo of any hop may stay unanswered before it counts as lost: as long as the slowest may need. */
export function patienceOf(hops: readonly HopRun[], slowestMs: number): number {
  return overdueAfterMs(Math.max(slowestMs, ...hops.flatMap(({ echoes }) => turnaroundsOf(echoes.echoes))));
}
