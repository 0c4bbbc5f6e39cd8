import type { Verdict } from '../../domain/verdict.ts';

/** From the mildest to the worst: what is not known may be healthy, what is degraded is not. */
const FROM_MILDEST: readonly Verdict[] = ['healthy', 'inconclusive', 'degraded', 'fault'];

/** The worst verdict; of no report that nothing is known. */
export function worstOf(reports: readonly { readonly verdict: Verdict }[]): Verdict {
  if (reports.length === 0) return 'inconclusive';
  return FROM_MILDEST[Math.max(...reports.map(({ verdict }) => FROM_MILDEST.indexOf(verdict)))] ?? 'inconclusive';
}
