import { confidenceOf } from '../../analysis/codes/confidence.ts';
import { observe } from '../../analysis/codes/observe.ts';
import { placeOf } from '../../analysis/codes/place.ts';
import { judge } from '../../analysis/codes/rule-out.ts';
import { verdictOf } from '../../analysis/codes/verdict.ts';
import { ALL_CODES, FINDING_CODES, type FindingCode, severityOf } from '../../domain/finding-code.ts';
import type { NotCheckedReason } from '../../domain/report.ts';
import type { Confidence, Severity, Verdict, Where } from '../../domain/verdict.ts';
import type { Flow } from '../../flow/flow.ts';
import { stepsByHand } from '../replay/by-hand.ts';
import type { SessionResult } from '../walk/result.ts';
import { stillPossible } from '../walk/still-possible.ts';

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
  /** Where the diagnosis rests on what a person said in place of the probes; null where the evidence leads to it. */
  readonly byHand: {
    /** Where the evidence leads; null for nowhere. */
    readonly measured: FindingCode | null;
    /** Whether the evidence rules out what the person's answers lead to. */
    readonly isContradicted: boolean;
  } | null;
};

/**
 * Derives the diagnosis and everything listed beside it from a session that is over. Pure: a replay gives the same.
 * `measured`: where the evidence leads without a person's answers in place of the probes (see by-hand.ts).
 */
export function diagnose(flow: Flow, result: SessionResult, measured: FindingCode | null = null): Draft {
  const { evidence, context, ending } = result;
  const code: FindingCode = ending.kind === 'concluded' ? ending.code : 'deadline';
  const isByHand = ending.kind === 'concluded' && stepsByHand(result.steps).length > 0 && measured !== code;
  const seen = observe(evidence, context).filter((observation) => observation.code !== code);
  const apart = isByHand && measured !== null && seen.every((observation) => observation.code !== measured);
  const observations = [
    ...(apart ? [{ code: measured, severity: severityOf(verdictOf(measured, evidence)) }] : []),
    ...seen,
  ].map((observation) => ({ ...observation, where: placeOf(observation.code, evidence, context) }));
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
  const told = { code, observations, ruledOut, notChecked };
  if (isByHand) {
    const isContradicted = judge(code, evidence, context) === 'ruled-out';
    return {
      ...told,
      verdict: 'inconclusive',
      confidence: 'possible',
      where: null,
      byHand: { measured, isContradicted },
    };
  }
  return {
    ...told,
    verdict: verdictOf(code, evidence),
    confidence: ending.kind === 'concluded' && ending.toldByPerson ? 'likely' : confidenceOf(code, evidence, context),
    where: placeOf(code, evidence, context),
    byHand: null,
  };
}

/** The codes whose catalogue entries a report of this draft needs. */
export function codesOf(draft: Draft): readonly FindingCode[] {
  return [draft.code, ...draft.observations.map(({ code }) => code), ...draft.ruledOut];
}
