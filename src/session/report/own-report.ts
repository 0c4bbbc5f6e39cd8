import { observe } from '../../analysis/codes/observe.ts';
import { CODE_RULES } from '../../analysis/codes/table.ts';
import { factsOf } from '../../analysis/facts/facts.ts';
import { familyOf } from '../../domain/address.ts';
import {
  ALL_CODES,
  FINDING_CODES,
  type FindingCode,
  isOwnCode,
  type OwnCode,
  severityOf,
} from '../../domain/finding-code.ts';
import type { NextStep } from '../../domain/report.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { CatalogueEntry } from '../../finding/entry.ts';
import { fill } from '../../finding/fill.ts';
import { fillCommand } from '../../finding/fill-command.ts';
import type { Flow } from '../../flow/flow.ts';
import type { OwnConclusion } from '../../flow/own-conclusion.ts';
import { stepsByHand } from '../replay/by-hand.ts';
import { replay } from '../replay/replay.ts';
import type { SessionResult } from '../walk/result.ts';
import { stillPossible } from '../walk/still-possible.ts';
import type { Wording } from './build-report.ts';
import { besides, type Draft } from './diagnose.ts';

/** What a session found that ended on a conclusion of its flow's own. */
export type OwnDraft = Pick<Draft, 'observations' | 'ruledOut' | 'notChecked'> & {
  readonly code: OwnCode;
  readonly conclusion: OwnConclusion;
  /** Where netwhy's own tree leads on the same evidence; null where that does not suffice. */
  readonly measured: FindingCode | null;
  /** Whether a person's word led there, and no measurement. */
  readonly isTold: boolean;
};

/** What netwhy's own tree makes of the evidence: a code, or those that it could still come to where it must stop. */
export type BuiltInView = { readonly measured: FindingCode | null; readonly open: ReadonlySet<FindingCode> };

export async function builtInView(tree: Flow, result: SessionResult): Promise<BuiltInView> {
  const { ending, steps } = await replay(tree, { ...result, answers: new Map() }, 'en', () => undefined);
  if (ending.kind === 'unfinished') {
    return { measured: null, open: stillPossible(tree, steps.at(-1)?.id ?? tree.start) };
  }
  return isOwnCode(ending.code)
    ? { measured: null, open: new Set(ALL_CODES) }
    : { measured: ending.code, open: new Set([ending.code]) };
}

/** Derives what is listed beside a conclusion of the flow's own. Throws only for a bug: a code that the flow does not have. */
export function diagnoseOwn(
  flow: Flow,
  code: OwnCode,
  result: SessionResult,
  { measured, open }: BuiltInView,
): OwnDraft {
  const conclusion = flow.own?.[code];
  if (conclusion === undefined) throw new Error(`the flow ${flow.name} has no conclusion ${code}`);
  const { evidence, context, ending } = result;
  const observations = observe(evidence, context)
    .filter((observation) => observation.code !== measured)
    .map((observation) => ({ ...observation, where: CODE_RULES[observation.code].place(evidence, context) }));
  const found = new Set(observations.map((observation) => observation.code));
  const isTold = (ending.kind === 'concluded' && ending.toldByPerson) || stepsByHand(result.steps).length > 0;
  return { code, conclusion, measured, isTold, observations, ...besides(found, open, flow, result) };
}

/** The codes whose catalogue entries a report of this draft needs. */
export function codesOfOwn({ measured, observations, ruledOut }: OwnDraft): readonly FindingCode[] {
  return [...(measured === null ? [] : [measured]), ...observations.map(({ code }) => code), ...ruledOut];
}

/**
 * The public report of it, in the words of the flow. netwhy cannot know what else looks the same to who wrote the flow,
 * so that it is never certain; what netwhy's own tree makes of the same evidence is the alternative.
 */
export function buildOwnReport(result: SessionResult, draft: OwnDraft, wording: Wording): Report {
  const { context, evidence } = result;
  const { lang, entries } = wording;
  const { code, conclusion, measured } = draft;
  const entryOf = (known: FindingCode): CatalogueEntry => {
    const entry = entries.get(known);
    if (entry === undefined) throw new Error(`the catalogue has no entry for ${known}`);
    return entry;
  };
  const facts = factsOf(null, null, evidence, context, lang);
  const factsFor = (known: FindingCode) =>
    factsOf(known, CODE_RULES[known].place(evidence, context), evidence, context, lang);
  const title = fill(conclusion.title[lang], facts);
  const last = result.steps.at(-1);
  const summary =
    conclusion.summary === undefined
      ? `${last?.question ?? ''} ${last?.outcome ?? ''}`.trim()
      : fill(conclusion.summary[lang], facts);
  const isSame =
    measured !== null && conclusion.verdict === FINDING_CODES[measured] && conclusion.verdict === 'healthy';
  const { input, scheme, host, port } = context.target;
  return {
    schema: 'netwhy.report/v1',
    version: wording.version,
    startedAt: result.startedAt,
    durationMs: result.durationMs,
    flow: result.flow,
    from: wording.from,
    target: {
      input,
      scheme,
      host,
      address: context.address,
      family: context.address === null ? null : familyOf(context.address),
      port,
    },
    verdict: conclusion.verdict,
    diagnosis: {
      code,
      confidence: draft.isTold ? 'possible' : 'likely',
      title,
      summary,
      explanation: result.steps.map(({ question, answer, outcome }) => `${question} ${answer} (${outcome}).`).join(' '),
      owner: conclusion.owner ?? 'unknown',
      where: null,
      alternatives:
        measured === null || isSame
          ? []
          : [{ code: measured, why: fill(entryOf(measured).summary[lang], factsFor(measured)) }],
      nextSteps: stepsOf(conclusion, wording, facts),
    },
    findings: [
      { code, severity: severityOf(conclusion.verdict), summary, where: null },
      ...draft.observations.map(({ code: seen, severity, where }) => ({
        code: seen,
        severity,
        summary: fill(entryOf(seen).summary[lang], factsOf(seen, where, evidence, context, lang)),
        where,
      })),
    ],
    ruledOut: draft.ruledOut.map((known) => ({
      code: known,
      because: fill(entryOf(known).ruledOut[lang], factsFor(known)),
    })),
    notChecked: draft.notChecked,
    steps: result.steps,
    evidence,
  };
}

function stepsOf(
  { steps, links, owner = 'unknown' }: OwnConclusion,
  { lang }: Wording,
  facts: ReturnType<typeof factsOf>,
): readonly NextStep[] {
  const plain = { platform: 'any', command: null, check: null, risk: 'none', undo: null, at: owner } as const;
  return [
    ...steps.map(({ title, command, risk, at }) => ({
      ...plain,
      title: fill(title[lang], facts),
      command: command === undefined ? null : fillCommand(command, facts),
      // Of a command that nobody says anything of, it is not known that it breaks nothing.
      risk: risk ?? (command === undefined ? ('none' as const) : ('reversible' as const)),
      at: at ?? owner,
    })),
    ...links.map((link) => ({ ...plain, title: link })),
  ];
}
