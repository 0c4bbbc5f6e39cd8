import { factsOf } from '../../analysis/facts/facts.ts';
import { familyOf } from '../../domain/address.ts';
import { type FindingCode, severityOf } from '../../domain/finding-code.ts';
import { transportOf } from '../../domain/target.ts';
import type { Language, Where } from '../../domain/verdict.ts';
import { outcomeText } from '../../evidence/answers/probe-words.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { CatalogueEntry } from '../../finding/entry.ts';
import { type Explanation, explainDiagnosis } from '../../finding/explain.ts';
import { fill } from '../../finding/fill.ts';
import { byHandWords, stepsByHand } from '../replay/by-hand.ts';
import type { SessionResult } from '../walk/result.ts';
import type { Draft } from './diagnose.ts';

export type Wording = {
  readonly version: string;
  readonly lang: Language;
  /** Where the probes ran: `local`, or a vantage as it was named. */
  readonly from: string;
  /** Platforms of this machine, whose remedies come first. */
  readonly platforms: readonly string[];
  /** What a healthy verdict of the flow does not say; absent where it has nothing to add. */
  readonly unmeasured?: Readonly<Record<Language, string>> | undefined;
  readonly entries: ReadonlyMap<FindingCode, CatalogueEntry>;
};

/** Puts a draft into words: the public report. `entries` must hold every code of `codesOf(draft)`. */
export function buildReport(result: SessionResult, draft: Draft, wording: Wording): Report {
  const { context, evidence } = result;
  const { lang } = wording;
  const entryOf = (code: FindingCode): CatalogueEntry => {
    const entry = wording.entries.get(code);
    if (entry === undefined) throw new Error(`the catalogue has no entry for ${code}`);
    return entry;
  };
  const facts = (code: FindingCode, where: Where | null) => factsOf(code, where, evidence, context, lang);
  const family = context.address === null ? null : familyOf(context.address);
  const asMeasured = explainDiagnosis(entryOf(draft.code), {
    // No figure that was measured may speak for what was not.
    facts: draft.byHand === null ? facts(draft.code, draft.where) : factsOf(draft.code, null, {}, context, lang),
    lang,
    alternatives: draft.alternatives,
    where: draft.where,
    family,
    protocol: transportOf(context.target.scheme),
    platforms: wording.platforms,
    isLocal: evidence.route?.status === 'local',
    owner: draft.owner,
    otherOwners: draft.otherOwners,
    evidence,
  });
  const because = (code: FindingCode) => fill(entryOf(code).ruledOut[lang], facts(code, null));
  const note = draft.verdict === 'healthy' ? wording.unmeasured?.[lang] : undefined;
  const healthy = note === undefined ? asMeasured : withNote(asMeasured, fill(note, facts(draft.code, draft.where)));
  const explained = draft.byHand === null ? healthy : asAnswered(asMeasured, result, draft, because, lang);
  const { input, scheme, host, port } = context.target;
  return {
    schema: 'netwhy.report/v1',
    version: wording.version,
    startedAt: result.startedAt,
    durationMs: result.durationMs,
    flow: result.flow,
    from: wording.from,
    target: { input, scheme, host, address: context.address, family, port },
    verdict: draft.verdict,
    diagnosis: {
      code: draft.code,
      confidence: draft.confidence,
      ...explained,
      owner: draft.owner,
      where: draft.where,
    },
    findings: [
      { code: draft.code, severity: severityOf(draft.verdict), summary: explained.summary, where: draft.where },
      ...draft.observations.map(({ code, severity, where }) => ({
        code,
        severity,
        summary: fill(entryOf(code).summary[lang], facts(code, where)),
        where,
      })),
    ],
    ruledOut: draft.ruledOut.map((code) => ({ code, because: because(code) })),
    notChecked: draft.notChecked,
    steps: result.steps,
    evidence,
  };
}

function withNote(explained: Explanation, note: string): Explanation {
  return { ...explained, summary: `${explained.summary} ${note}` };
}

/** What a person's answers lead to is told as that, with where the measurements lead before all else that it could be. */
function asAnswered(
  explained: Explanation,
  { steps }: SessionResult,
  { code, byHand }: Draft,
  because: (code: FindingCode) => string,
  lang: Language,
): Explanation {
  const words = byHandWords(lang);
  const measured = byHand?.measured ?? null;
  const answered = stepsByHand(steps).map(({ question, probe, outcome, byHand: given }) => {
    const told = (found: string) => outcomeText(probe, found, lang);
    return words.answered(question, told(outcome), given?.measured == null ? null : told(given.measured));
  });
  const against = byHand?.isContradicted ? [words.against(because(code))] : [];
  const others = explained.alternatives.filter((other) => other.code !== measured);
  return {
    ...explained,
    title: words.headline(explained.title),
    summary: answered.join(' '),
    explanation: [...against, words.means(code), explained.explanation].join(' '),
    alternatives: [...(measured === null ? [] : [{ code: measured, why: words.instead }]), ...others],
  };
}
