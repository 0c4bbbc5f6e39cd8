import type { Echo } from './echo.ts';
import { turnaroundsOf } from './echo.ts';

const FLOOR_MS = 200;
const CEILING_MS = 1000;

/**
 * How long an echo may stay unanswered before it looks lost, from the round trips seen so far: four of the slowest and
 * a little, within a floor and a ceiling, but never less than half as long again as the slowest.
 */
export function overdueAfterMs(slowestMs: number): number {
  const ceilingMs = Math.max(CEILING_MS, 1.5 * slowestMs + 50);
  return Math.max(FLOOR_MS, Math.min(4 * slowestMs + 50, ceilingMs));
}

/** When the unanswered echoes become overdue, in the order of sending; those that are already are left out. */
export function pendingUntilMs(echoes: readonly Echo[], nowMs: number): readonly number[] {
  const patienceMs = overdueAfterMs(Math.max(0, ...turnaroundsOf(echoes)));
  return echoes
    .filter(({ answer, sentAtMs, isWaiting }) => answer === null && isWaiting !== true && nowMs < sentAtMs + patienceMs)
    .map(({ sentAtMs }) => sentAtMs + patienceMs);
}

/** The echoes that got an error in place of a reply, or nothing for too long. A late reply takes an echo out again. */
export function lostOf(echoes: readonly Echo[], nowMs: number): readonly Echo[] {
  const patienceMs = overdueAfterMs(Math.max(0, ...turnaroundsOf(echoes)));
  return echoes.filter(({ answer, sentAtMs, isWaiting }) =>
    answer === null ? isWaiting !== true && nowMs >= sentAtMs + patienceMs : answer.kind === 'error',
  );
}

/** Longer than any run: as long as nothing is known of the way, when to stop waiting is no decision of the engine. */
const UNKNOWN_TIMEOUT_MS = 60_000;
const LEAST_TIMEOUT_MS = 2000;

/** How long an engine should wait for one more echo: well beyond what the others took, or it keeps for nothing what it holds. */
export function engineTimeoutMs(echoes: readonly Echo[]): number {
  const known = turnaroundsOf(echoes);
  return known.length === 0 ? UNKNOWN_TIMEOUT_MS : Math.max(LEAST_TIMEOUT_MS, 2 * overdueAfterMs(Math.max(...known)));
}
