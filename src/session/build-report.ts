import { factsOf } from '../analysis/facts.ts';
import { familyOf } from '../domain/address.ts';
import { type FindingCode, severityOf } from '../domain/finding-code.ts';
import type { Report } from '../domain/report.ts';
import { transportOf } from '../domain/target.ts';
import type { Language, Where } from '../domain/verdict.ts';
import type { CatalogueEntry } from '../finding/entry.ts';
import { explainDiagnosis } from '../finding/explain.ts';
import { fill } from '../finding/fill.ts';
import type { Draft } from './diagnose.ts';
import type { SessionResult } from './result.ts';

export type Wording = {
  readonly version: string;
  readonly lang: Language;
  /** Where the probes ran: `local`, or a vantage as it was named. */
  readonly from: string;
  /** Platforms of this machine, whose remedies come first. */
  readonly platforms: readonly string[];
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
  const facts = (code: FindingCode, where: Where | null) => factsOf(code, where, evidence, context);
  const family = context.address === null ? null : familyOf(context.address);
  const explained = explainDiagnosis(entryOf(draft.code), {
    facts: facts(draft.code, draft.where),
    lang,
    confidence: draft.confidence,
    where: draft.where,
    excluded: draft.ruledOut,
    family,
    protocol: transportOf(context.target.scheme),
    platforms: wording.platforms,
  });
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
    diagnosis: { code: draft.code, confidence: draft.confidence, ...explained, where: draft.where },
    findings: [
      { code: draft.code, severity: severityOf(draft.verdict), summary: explained.summary, where: draft.where },
      ...draft.observations.map(({ code, severity, where }) => ({
        code,
        severity,
        summary: fill(entryOf(code).summary[lang], facts(code, where)),
        where,
      })),
    ],
    ruledOut: draft.ruledOut.map((code) => ({ code, because: fill(entryOf(code).ruledOut[lang], facts(code, null)) })),
    notChecked: draft.notChecked,
    steps: result.steps,
    evidence,
  };
}
