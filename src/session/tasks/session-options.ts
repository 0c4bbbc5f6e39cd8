import type { Family } from '../../domain/address.ts';
import type { Thresholds } from '../../domain/reading.ts';
import type { Target } from '../../domain/target.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Flow } from '../../flow/flow.ts';

export type SessionOptions = {
  readonly flow: Flow;
  readonly target: Target;
  readonly families: readonly Family[];
  readonly deadlineMs: number;
  /** Time that has already passed since the process started; counts against the deadline. */
  readonly elapsedMs: number;
  /** Echoes to send before the loss is judged. */
  readonly count: number;
  /** To questions of the flow, by their id; to one that a probe answers, what a person says in its place. */
  readonly answers: ReadonlyMap<string, string>;
  readonly thresholds: Thresholds;
  readonly lang: Language;
};
