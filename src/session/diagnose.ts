import { confidenceOf } from '../analysis/confidence.ts';
import { observe } from '../analysis/observe.ts';
import { placeOf } from '../analysis/place.ts';
import { judge } from '../analysis/rule-out.ts';
import { verdictOf } from '../analysis/verdict.ts';
import { ALL_CODES, FINDING_CODES, type FindingCode } from '../domain/finding-code.ts';
import type { NotCheckedReason } from '../domain/report.ts';
import type { Confidence, Severity, Verdict, Where } from '../domain/verdict.ts';
import type { Flow } from '../flow/flow.ts';
import type { SessionResult } from './result.ts';
import { stillPossible } from './still-possible.ts';

/** What a session found, in codes only; the catalogue puts it into words. */
export type Draft = {
  readonly verdict: Verdict;
  readonly code: FindingCode;
  readonly confidence: Confidence;
  readonly where: Where | null;
  /** Beside the diagnosis. */
  readonly observations: readonly {
    readonly code: FindingCode;
    readonly severity: Severity;
    readonly where: Where | null;
  }[];
  readonly ruledOut: readonly FindingCode[];
  readonly notChecked: readonly { readonly code: FindingCode; readonly reason: NotCheckedReason }[];
};

/** Derives the diagnosis and everything listed beside it from a session that is over. Pure: a replay gives the same. */
export function diagnose(flow: Flow, result: SessionResult): Draft {
  const { evidence, context, ending } = result;
  const code: FindingCode = ending.kind === 'concluded' ? ending.code : 'deadline';
  const verdict = verdictOf(code, evidence);
  const observations = observe(evidence, context)
    .filter((observation) => observation.code !== code)
    .map((observation) => ({ ...observation, where: placeOf(observation.code, evidence, context) }));
  const found = new Set<FindingCode>([code, ...observations.map((observation) => observation.code)]);
  const lastNode = result.steps[result.steps.length - 1]?.id ?? flow.start;
  const missed = ending.kind === 'unfinished' ? stillPossible(flow, lastNode) : new Set<FindingCode>();

  const ruledOut: FindingCode[] = [];
  const notChecked: { readonly code: FindingCode; readonly reason: NotCheckedReason }[] = [];
  for (const other of ALL_CODES) {
    if (found.has(other)) continue;
    const judgement = judge(other, evidence, context);
    if (judgement === 'ruled-out') ruledOut.push(other);
    else if (missed.has(other) && FINDING_CODES[other] !== 'healthy')
      notChecked.push({ code: other, reason: 'deadline' });
    else if (judgement !== null) notChecked.push({ code: other, reason: judgement });
  }
  return {
    verdict,
    code,
    confidence: ending.kind === 'concluded' && ending.toldByPerson ? 'likely' : confidenceOf(code, evidence, context),
    where: placeOf(code, evidence, context),
    observations,
    ruledOut,
    notChecked,
  };
}

/** The codes whose catalogue entries a report of this draft needs. */
export function codesOf(draft: Draft): readonly FindingCode[] {
  return [draft.code, ...draft.observations.map(({ code }) => code), ...draft.ruledOut];
}
