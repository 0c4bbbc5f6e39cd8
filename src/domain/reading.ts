import type { OutcomeOf, ProbeName } from './outcome.ts';
import type { Confidence, Where } from './verdict.ts';

/** What a piece of evidence means: one outcome of the probe's closed list, the place it points at, and how sure that is. */
export type Reading<P extends ProbeName = ProbeName> = {
  readonly outcome: OutcomeOf<P>;
  readonly where: Where | null;
  readonly confidence: Confidence;
};

/** The parameters of readings that a flow may set (`with:`). Milliseconds and percent. */
export type Thresholds = {
  readonly lossPercent: number;
  readonly slowMs: number;
  readonly jitterMs: number;
  /** Until the first byte of a service's answer. */
  readonly firstByteMs: number;
};

export const DEFAULT_THRESHOLDS: Thresholds = { lossPercent: 5, slowMs: 400, jitterMs: 30, firstByteMs: 3000 };
