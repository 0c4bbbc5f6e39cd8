import { type Alternative, alternativesTo, confidenceOf } from '../../analysis/codes/alternatives.ts';
import { earliestCause } from '../../analysis/codes/earliest.ts';
import { observe } from '../../analysis/codes/observe.ts';
import { CODE_RULES } from '../../analysis/codes/table.ts';
import { verdictOf } from '../../analysis/codes/verdict.ts';
import { witnessedCause } from '../../analysis/codes/witnessed.ts';
import { ALL_CODES, FINDING_CODES, type FindingCode, isOwnCode, severityOf } from '../../domain/finding-code.ts';
import type { NotCheckedReason } from '../../domain/report.ts';
import type { Confidence, Owner, Severity, Verdict, Where } from '../../domain/verdict.ts';
import type { Flow } from '../../flow/flow.ts';
import { stepsByHand } from '../replay/by-hand.ts';
import type { SessionResult } from '../walk/result.ts';
import { stillPossible } from '../walk/still-possible.ts';

/** What a session found, in codes only; the catalogue puts it into words. */
export type Draft = {
  readonly verdict: Verdict;
  readonly code: FindingCode;
  readonly confidence: Confidence;
  /** Every other cause that the evidence does not exclude. */
  readonly alternatives: readonly Alternative[];
  readonly owner: Owner;
  /** Who would have to act if it is one of the alternatives. */
  readonly otherOwners: readonly Owner[];
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
  const walked = ending.kind === 'concluded' && !isOwnCode(ending.code) ? ending.code : 'deadline';
  const isByHand = ending.kind === 'concluded' && stepsByHand(result.steps).length > 0 && measured !== walked;
  const told = isByHand ? walked : witnessedCause(walked, evidence, context);
  const code = isByHand ? walked : earliestCause(told, evidence, context);
  const seen = observe(evidence, context).filter(
    (observation) => observation.code !== code && observation.code !== walked,
  );
  const apart = isByHand && measured !== null && seen.every((observation) => observation.code !== measured);
  const observations = [
    // The guess of a firewall is none beside what the kernel told.
    ...(code !== walked &&
    FINDING_CODES[walked] !== 'healthy' &&
    (told === walked || walked === 'path-blackhole' || walked === 'host-silent')
      ? [{ code: walked, severity: severityOf(verdictOf(walked, evidence, context)) }]
      : []),
    ...(apart ? [{ code: measured, severity: severityOf(verdictOf(measured, evidence, context)) }] : []),
    ...seen,
  ].map((observation) => ({ ...observation, where: CODE_RULES[observation.code].place(evidence, context) }));
  const isTold = ending.kind === 'concluded' && ending.toldByPerson;
  // What a person said was not measured, so that no evidence excludes what looks the same.
  const alternatives = isByHand || isTold ? allLookalikes(code) : alternativesTo(code, evidence, context);
  const found = new Set<FindingCode>([code, ...observations.map((observation) => observation.code)]);
  const isOpen = new Set(alternatives.map((alternative) => alternative.code));
  const { ruledOut, notChecked } = besides(found, isOpen, flow, result);
  const common = { code, alternatives, observations, ruledOut, notChecked };
  if (isByHand) {
    const isContradicted = CODE_RULES[code].judge(evidence, context) === 'ruled-out';
    return {
      ...common,
      verdict: 'inconclusive',
      confidence: 'possible',
      owner: 'unknown',
      otherOwners: [],
      where: null,
      byHand: { measured, isContradicted },
    };
  }
  return {
    ...common,
    verdict: verdictOf(code, evidence, context),
    confidence: confidenceOf(alternatives),
    owner: CODE_RULES[code].owner(evidence, context),
    otherOwners: alternatives.map((other) => CODE_RULES[other.code].owner(evidence, context)),
    where: CODE_RULES[code].place(evidence, context),
    byHand: null,
  };
}

/** What the evidence excludes, and what nobody looked at, beside what was found and what is open as an alternative. */
export function besides(
  found: ReadonlySet<FindingCode>,
  isOpen: ReadonlySet<FindingCode>,
  flow: Flow,
  result: SessionResult,
): Pick<Draft, 'ruledOut' | 'notChecked'> {
  const { evidence, context } = result;
  const others = ALL_CODES.filter((other) => !found.has(other));
  const judged = others.map((other) => ({ code: other, judgement: CODE_RULES[other].judge(evidence, context) }));
  // What fits the evidence as an alternative is not ruled out by it.
  const ruledOut = judged.flatMap((each) =>
    each.judgement === 'ruled-out' && !isOpen.has(each.code) ? [each.code] : [],
  );
  const missed = missedCodes(flow, result);
  // This machine would have permitted it: the run as a whole asks no router for more.
  const isShared = evidence.trace?.unavailable?.reason === 'shared-limit' && evidence.ping?.method != null;
  const notChecked = judged.flatMap(({ code: other, judgement }) => {
    if (judgement === 'ruled-out') return [];
    const reason = missed.has(other)
      ? 'deadline'
      : isShared && judgement === 'not-permitted'
        ? 'shared-limit'
        : judgement;
    return reason === null ? [] : [{ code: other, reason }];
  });
  return { ruledOut, notChecked };
}

/** What the rest of the flow would have looked for. */
function missedCodes(flow: Flow, { ending, steps }: SessionResult): ReadonlySet<FindingCode> {
  if (ending.kind !== 'unfinished') return new Set();
  const possible = stillPossible(flow, steps[steps.length - 1]?.id ?? flow.start);
  return new Set([...possible].filter((code) => FINDING_CODES[code] !== 'healthy'));
}

function allLookalikes(code: FindingCode): readonly Alternative[] {
  return CODE_RULES[code].lookalikes.map(({ code: other, cause }) => ({
    code: other,
    ...(cause !== undefined && { cause }),
    fits: 'less',
  }));
}

/** The codes whose catalogue entries a report of this draft needs. */
export function codesOf(draft: Draft): readonly FindingCode[] {
  return [draft.code, ...draft.observations.map(({ code }) => code), ...draft.ruledOut];
}
