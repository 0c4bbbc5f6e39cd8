import type { FindingCode } from '../../domain/finding-code.ts';
import type { Owner, Verdict } from '../../domain/verdict.ts';
import type { Report } from './report.ts';

/** What the members of a group have in common: a place on the path, resolvers, an interface or an address; else the code. */
export type CauseKind = 'hop' | 'resolver' | 'interface' | 'address' | 'network' | 'code';

/** Targets that share a cause (contract, section 6). */
export type CauseGroup = {
  readonly kind: CauseKind;
  /** The shared address, interface or network; null of a group that shares its code alone. */
  readonly at: string | null;
  /** What was found, the most frequent first. */
  readonly codes: readonly FindingCode[];
  readonly owner: Owner;
  /** The worst of its members. */
  readonly verdict: Verdict;
  /** In the order in which they were asked for. */
  readonly members: readonly { readonly input: string; readonly from: string }[];
};

/** A line of a list that is no target. `message` is fit to print. */
export type BadLine = { readonly file: string; readonly line: number; readonly message: string };

/** Several targets, or several vantages, asked in one run. */
export type ManyReport = {
  readonly schema: 'netwhy.reports/v1';
  readonly version: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** The worst. */
  readonly verdict: Verdict;
  /** In the order in which they were asked for. */
  readonly reports: readonly Report[];
  /** Of the reports that are not healthy, the largest first. */
  readonly groups: readonly CauseGroup[];
  /** Lines of the lists that could not be read. */
  readonly badLines: readonly BadLine[];
  /** Targets that were not begun before the run was interrupted. */
  readonly notBegun: readonly string[];
};
