import type { Family } from '../domain/address.ts';
import type { Facts } from '../domain/fact.ts';
import type { FindingCode } from '../domain/finding-code.ts';
import type { Diagnosis } from '../domain/report.ts';
import type { Language, Owner, Where } from '../domain/verdict.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { CatalogueEntry } from './entry.ts';
import { fill, UNKNOWN } from './fill.ts';
import { nextSteps } from './next-steps.ts';

export type ExplainOptions = {
  readonly facts: Facts;
  readonly lang: Language;
  /** The causes that the evidence does not exclude. */
  readonly alternatives: readonly { readonly code: FindingCode; readonly cause?: string | undefined }[];
  readonly where: Where | null;
  /** Of the address that the walk is about; null where there is none: remedies for either family are shown. */
  readonly family: Family | null;
  readonly protocol: 'tcp' | 'udp';
  /** Detected platforms of this machine, the most telling first. */
  readonly platforms: readonly string[];
  /** Whether the target is this machine. */
  readonly isLocal: boolean;
  /** Who has to act, and who would if it is one of the alternatives. */
  readonly owner: Owner;
  readonly otherOwners: readonly Owner[];
  readonly evidence: Evidence;
};

export type Explanation = Pick<Diagnosis, 'title' | 'summary' | 'explanation' | 'alternatives' | 'nextSteps'>;

/** The catalogue's entry as it reads for this run. */
export function explainDiagnosis(entry: CatalogueEntry, options: ExplainOptions): Explanation {
  const { lang } = options;
  const facts = withPlace(options.facts, options.where);
  const told = entry.fine === undefined ? entry.explanation[lang] : `${entry.explanation[lang]} ${entry.fine[lang]}`;
  const open = options.alternatives.flatMap((open) =>
    entry.alternatives.filter(({ code, cause }) => code === open.code && cause === open.cause),
  );
  return {
    title: fill(entry.title[lang], facts),
    summary: fill(entry.summary[lang], facts),
    explanation: fill(told, facts),
    alternatives: open.map(({ code, why }) => ({ code, why: fill(why[lang], facts) })),
    nextSteps: nextSteps(entry.remedies, { ...options, facts }),
  };
}

function withPlace(facts: Facts, where: Where | null): Facts {
  if (where === null) return facts;
  const { hop, address } = where;
  return {
    ...facts,
    'where-hop': facts['where-hop'] === UNKNOWN && hop !== null ? String(hop) : facts['where-hop'],
    'where-address': facts['where-address'] === UNKNOWN && address !== null ? address : facts['where-address'],
  };
}
