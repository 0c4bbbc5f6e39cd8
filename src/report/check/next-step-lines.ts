import type { NextStep } from '../../domain/report.ts';
import type { Report } from '../../evidence/report/report.ts';
import { indented, wrap } from '../../text/layout.ts';
import type { Paint } from '../../text/paint.ts';
import { printable, printableLines } from '../../text/printable.ts';
import type { Labels } from '../labels.ts';
import { explainCommand } from './explain-command.ts';

/** Steps told in full; the catalogue's entry has the other platforms. */
const MAX_FULL_STEPS = 6;

type Page = { readonly labels: Labels; readonly paint: Paint; readonly width: number };

/**
 * What to do, numbered: what only reads, then what changes with its risk, then how to take it back. The report has the
 * detected platforms first. Commands stand alone on their lines and are never broken, to be copied.
 */
export function describeNextSteps({ diagnosis, flow }: Report, { labels, paint, width }: Page): readonly string[] {
  const steps = diagnosis.nextSteps.slice(0, MAX_FULL_STEPS);
  const others = [...new Set(diagnosis.nextSteps.slice(MAX_FULL_STEPS).map(({ platform }) => platform))].filter(
    (platform) => steps.every((step) => step.platform !== platform),
  );
  const pointer = `${labels.otherPlatforms(others.join(', '))} ${explainCommand({ diagnosis, flow })}`;
  return [
    ...steps.flatMap((step, index) => describeStep(step, index + 1, { labels, paint, width })),
    ...(others.length === 0 ? [] : wrap(printable(pointer), width)),
  ];
}

function describeStep(step: NextStep, number: number, { labels, paint, width }: Page): readonly string[] {
  const lead = `${number}. `;
  const platform = step.platform === 'any' ? '' : `[${step.platform}] `;
  const command = (label: string, text: string | null): readonly string[] => {
    if (text === null) return [];
    const lines = printableLines(text).map((line) => paint(line, 'cyan'));
    return [`${label}:`, ...indented(lines, 2)];
  };
  const body = [
    ...command(labels.check, step.check),
    ...command(`${labels.run} (${labels.risk[step.risk]})`, step.command),
    ...command(labels.undo, step.undo),
  ];
  return [...wrap(printable(`${lead}${platform}${step.title}`), width, lead.length), ...indented(body, lead.length)];
}
