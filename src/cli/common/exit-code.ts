import { VERDICT_RANK, type Verdict } from '../../domain/verdict.ts';

/** Exit codes of the contract, section 2: those of monitoring plugins, then sysexits. */
export const EXIT = {
  healthy: 0,
  degraded: 1,
  fault: 2,
  inconclusive: 3,
  usage: 64,
  internal: 70,
  interrupted: 130,
} as const;

export const FAIL_ON = ['fault', 'degraded', 'inconclusive', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** Above every verdict. */
const NEVER = 4;

/** The exit code of a report: that of its verdict, or 0 when the verdict is milder than what should fail. */
export function exitCodeOf(report: { readonly verdict: Verdict }, failOn: FailOn | null): number {
  if (failOn === null) return EXIT[report.verdict];
  const threshold = failOn === 'never' ? NEVER : VERDICT_RANK[failOn];
  return VERDICT_RANK[report.verdict] >= threshold ? EXIT[report.verdict] : EXIT.healthy;
}
