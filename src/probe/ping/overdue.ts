import type { Echo } from './echo.ts';
import { rttsOf } from './echo.ts';

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
  const patienceMs = overdueAfterMs(Math.max(0, ...rttsOf(echoes)));
  return echoes
    .filter(({ answer, sentAtMs }) => answer === null && nowMs < sentAtMs + patienceMs)
    .map(({ sentAtMs }) => sentAtMs + patienceMs);
}

/** The echoes that got an error in place of a reply, or nothing for too long. A late reply takes an echo out again. */
export function lostOf(echoes: readonly Echo[], nowMs: number): readonly Echo[] {
  const patienceMs = overdueAfterMs(Math.max(0, ...rttsOf(echoes)));
  return echoes.filter(({ answer, sentAtMs }) =>
    answer === null ? nowMs >= sentAtMs + patienceMs : answer.kind === 'error',
  );
}
