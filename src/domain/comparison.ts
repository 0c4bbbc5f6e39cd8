import type { ConclusionCode } from './finding-code.ts';
import type { Confidence, Verdict, Where } from './verdict.ts';

/** What the same question came to from another vantage. */
export type OtherView = {
  readonly from: string;
  readonly verdict: Verdict;
  readonly code: ConclusionCode;
  readonly confidence: Confidence;
  readonly summary: string;
  readonly where: Where | null;
  /** The address that the name gave there. */
  readonly address: string | null;
};

/** The same question from several vantages: the first is the report's own. */
export type Comparison = {
  readonly others: readonly OtherView[];
  /** What the difference to each of the others means, in their order. */
  readonly meanings: readonly string[];
};
