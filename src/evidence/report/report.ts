import type { Comparison } from '../../domain/comparison.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { Diagnosis, Finding, NotCheckedReason, Step } from '../../domain/report.ts';
import type { ReportTarget } from '../../domain/target.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Evidence } from '../kinds.ts';

/** The public report, contract section 3. */
export type Report = {
  readonly schema: 'netwhy.report/v1';
  readonly version: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly flow: string;
  readonly from: string;
  readonly target: ReportTarget;
  readonly verdict: Verdict;
  readonly diagnosis: Diagnosis;
  readonly findings: readonly Finding[];
  readonly ruledOut: readonly { readonly code: FindingCode; readonly because: string }[];
  readonly notChecked: readonly { readonly code: FindingCode; readonly reason: NotCheckedReason }[];
  readonly steps: readonly Step[];
  readonly evidence: Evidence;
  /** The same question from further vantages; absent where there was one only. */
  readonly comparison?: Comparison;
};
