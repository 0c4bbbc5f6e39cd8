import type { ConclusionCode, FindingCode } from './finding-code.ts';
import type { ProbeName } from './outcome.ts';
import type { Confidence, Owner, Severity, Where } from './verdict.ts';

export type NextStep = {
  readonly title: string;
  /** `any`, or one of the catalogue's platforms (`nftables`, `aws`, …). */
  readonly platform: string;
  /** null for advice that no command carries out. */
  readonly command: string | null;
  /** What only reads and shows whether the step is the right one; null where there is nothing to read. */
  readonly check: string | null;
  readonly risk: 'none' | 'reversible' | 'irreversible';
  readonly undo: string | null;
  /** Where it is done; unknown where the catalogue does not say. */
  readonly at: Owner;
};

export type Diagnosis = {
  readonly code: ConclusionCode;
  readonly confidence: Confidence;
  readonly title: string;
  readonly summary: string;
  readonly explanation: string;
  readonly owner: Owner;
  readonly where: Where | null;
  readonly alternatives: readonly { readonly code: FindingCode; readonly why: string }[];
  readonly nextSteps: readonly NextStep[];
};

export type Finding = {
  readonly code: ConclusionCode;
  readonly severity: Severity;
  readonly summary: string;
  readonly where: Where | null;
};

/** `shared-limit`: the other targets of the run had used up what routers may be asked. */
/** In the order in which they are told. */
export const NOT_CHECKED_REASONS = ['not-permitted', 'no-vantage', 'deadline', 'not-answered', 'shared-limit'] as const;
export type NotCheckedReason = (typeof NOT_CHECKED_REASONS)[number];

export type Step = {
  readonly id: string;
  readonly question: string;
  /** The word that the tree shows: yes, no, unknown, or the chosen answer. */
  readonly answer: string;
  /** Whose reading `outcome` is; absent for a question to a person, and in reports of earlier versions. */
  readonly probe?: ProbeName;
  /** The outcome that was read, e.g. `silent`. */
  readonly outcome: string;
  /** The next node's id, or null where the walk ended. */
  readonly next: string | null;
  readonly durationMs: number;
  /**
   * Where a person answered a question that a probe answers: what the probe found, null where it found nothing. Absent
   * where `outcome` was measured.
   */
  readonly byHand?: { readonly measured: string | null };
};
