import { VERDICT_RANK, type Verdict } from '../../domain/verdict.ts';

/** The worst verdict; of no report that nothing is known. */
export function worstOf(reports: readonly { readonly verdict: Verdict }[]): Verdict {
  return reports.toSorted((a, b) => VERDICT_RANK[b.verdict] - VERDICT_RANK[a.verdict])[0]?.verdict ?? 'inconclusive';
}
