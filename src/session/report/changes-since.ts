import type { ConclusionCode } from '../../domain/finding-code.ts';
import type { ProbeName } from '../../domain/outcome.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';

/** What is no longer as it was when the same target was looked at before. */
export type Change =
  | { readonly kind: 'verdict'; readonly before: Verdict; readonly after: Verdict }
  | { readonly kind: 'diagnosis'; readonly before: ConclusionCode; readonly after: ConclusionCode }
  | {
      readonly kind: 'outcome';
      readonly question: string;
      readonly probe?: ProbeName;
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: 'gone' | 'new'; readonly code: ConclusionCode; readonly summary: string };

/** The most telling first; empty where everything is as it was. A question that was not asked both times is no change. */
export function changesSince(before: Report, after: Report): readonly Change[] {
  const missingIn = (other: Report, { findings }: Report) =>
    findings.slice(1).filter(({ code }) => other.findings.every((finding) => finding.code !== code));
  return [
    ...(before.verdict === after.verdict
      ? []
      : [{ kind: 'verdict' as const, before: before.verdict, after: after.verdict }]),
    ...(before.diagnosis.code === after.diagnosis.code
      ? []
      : [{ kind: 'diagnosis' as const, before: before.diagnosis.code, after: after.diagnosis.code }]),
    ...after.steps.flatMap(({ id, question, probe, outcome }): Change[] => {
      const earlier = before.steps.find((step) => step.id === id);
      if (earlier === undefined || earlier.outcome === outcome) return [];
      return [
        { kind: 'outcome', question, ...(probe !== undefined && { probe }), before: earlier.outcome, after: outcome },
      ];
    }),
    ...missingIn(after, before).map(({ code, summary }): Change => ({ kind: 'gone', code, summary })),
    ...missingIn(before, after).map(({ code, summary }): Change => ({ kind: 'new', code, summary })),
  ];
}
