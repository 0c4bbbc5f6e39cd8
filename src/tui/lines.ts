import type { Report } from '../domain/report.ts';
import { printable } from './printable.ts';
import type { Words } from './words.ts';

/** One line or paragraph of a verdict; the view wraps it. */
export type Line =
  | { readonly kind: 'heading' | 'text' | 'dim' | 'command'; readonly text: string }
  | { readonly kind: 'blank' };

const blank: Line = { kind: 'blank' };

/** The explained verdict as lines, the most useful first: what happened, why, what to do, what else it could be. */
export function verdictLines(report: Report, words: Words): readonly Line[] {
  const { diagnosis } = report;
  const where = diagnosis.where;
  return [
    { kind: 'text', text: printable(diagnosis.summary) },
    ...(where === null
      ? []
      : [{ kind: 'text', text: `${words.where}: ${placeText(where.hop, where.address, words)}` } as const]),
    blank,
    { kind: 'text', text: printable(diagnosis.explanation) },
    ...section(
      words.nextSteps,
      diagnosis.nextSteps.flatMap((step, index): readonly Line[] => [
        {
          kind: 'text',
          text: `${index + 1}. ${printable(step.title)}${step.platform === 'any' ? '' : ` (${step.platform})`}`,
        },
        ...(step.check === null ? [] : [{ kind: 'command', text: printable(step.check) } as const]),
        ...(step.command === null ? [] : [{ kind: 'command', text: printable(step.command) } as const]),
      ]),
    ),
    ...section(
      words.alternatives,
      diagnosis.alternatives.map(({ code, why }) => ({ kind: 'text', text: `${code}: ${printable(why)}` })),
    ),
    ...section(
      words.evidence,
      report.findings.slice(1).map(({ summary }) => ({ kind: 'text', text: printable(summary) })),
    ),
    ...section(
      words.ruledOut,
      report.ruledOut.map(({ code, because }) => ({ kind: 'dim', text: `${code}: ${printable(because)}` })),
    ),
    ...section(
      words.notChecked,
      report.notChecked.map(({ code, reason }) => ({ kind: 'dim', text: `${code}: ${reason}` })),
    ),
  ];
}

/** Every probe of the report with the command that a person would type to see the same. */
export function evidenceLines(report: Report): readonly Line[] {
  return Object.entries(report.evidence).flatMap(([probe, evidence]): readonly Line[] => [
    { kind: 'heading', text: `${probe} (${Math.round(evidence.durationMs)} ms)` },
    { kind: 'command', text: printable(evidence.equivalent) },
  ]);
}

export function placeText(hop: number | null, address: string | null, words: Words): string {
  return [hop === null ? null : `${words.hop} ${hop}`, address === null ? null : printable(address)]
    .filter((part) => part !== null)
    .join(', ');
}

function section(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [blank, { kind: 'heading', text: title }, ...lines];
}
