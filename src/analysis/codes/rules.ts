import type { FindingCode } from '../../domain/finding-code.ts';
import type { NotCheckedReason } from '../../domain/report.ts';
import type { Owner, Severity, Verdict, Where } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';

/** What is known when a code is judged. */
export type From<T> = (evidence: Evidence, context: Context) => T;

/** `ruled-out`: the evidence excludes the code. A reason: nobody could look. null: the code does not apply, or nothing can be said. */
export type Judgement = 'ruled-out' | NotCheckedReason | null;

/**
 * Another cause of the same evidence. `cause` tells two of one code apart; the catalogue has words for each under
 * `alternatives`. `fits`: `less` where the diagnosis is the better reading, `as-well` where it is not.
 */
export type Lookalike = {
  readonly code: FindingCode;
  readonly cause?: string;
  readonly fits: 'less' | 'as-well' | From<'less' | 'as-well'>;
  /** Whether the evidence of this run excludes it. */
  readonly excluded: From<boolean>;
};

/** All that is known of a code but its words. */
export type CodeRules = {
  /** How what was asked for fares; absent where that is always the verdict of the list of codes. */
  readonly verdict?: From<Verdict>;
  /** Where on the path it sits; null where it has no place. */
  readonly place: From<Where | null>;
  /** Who has to act, as far as measured. */
  readonly owner: From<Owner>;
  /** Whether the evidence shows it beside another diagnosis, and how much it matters there; absent for what is only ever a diagnosis. */
  readonly observed?: From<Severity | null>;
  /** Of a code that was not found. Not looked at is never ruled out. */
  readonly judge: From<Judgement>;
  /** Every other cause that looks the same. `certain` is a diagnosis of which the evidence excludes them all. */
  readonly lookalikes: readonly Lookalike[];
};

export const NOWHERE = () => null;
export const NOT_JUDGED = () => null;
