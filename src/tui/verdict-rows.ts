import stringWidth from 'string-width';
import type { NextStep, Report } from '../domain/report.ts';
import type { Verdict } from '../domain/verdict.ts';
import { BLANK, paragraph, type Row, type Tone } from './row.ts';
import type { Theme } from './theme.tsx';

const TINT: Readonly<Record<Verdict, Tone>> = {
  healthy: 'good',
  degraded: 'warn',
  fault: 'bad',
  inconclusive: 'warn',
};

/** The verdict itself: it stays while its explanation is scrolled. */
export function headlineRows(report: Report, { words, glyphs, plain }: Theme, columns: number): readonly Row[] {
  const { diagnosis, verdict, durationMs } = report;
  const facts = [words.confidence[diagnosis.confidence], diagnosis.code, `${durationMs} ms`];
  return [
    ...paragraph(plain(diagnosis.title), columns, {
      tone: 'strong',
      lead: { text: `${plain(words.verdict[verdict])}  `, tone: TINT[verdict] },
    }),
    ...paragraph(plain(facts.join(` ${glyphs.dot} `)), columns, { tone: 'dim' }),
  ];
}

/** The explained verdict, the most useful first: what happened, why, what to do, what else it could be. */
export function explanationRows(report: Report, theme: Theme, columns: number): readonly Row[] {
  const { words, plain } = theme;
  const { diagnosis } = report;
  const text = (line: string, tone: Tone = 'plain') => paragraphs(line, theme, columns, tone);
  const item = (code: string, why: string, tone: Tone = 'plain') =>
    paragraph(plain(`${code}: ${why}`), columns, { tone, lead: { text: '- ', tone, spoken: '' } });
  const section = (title: string, rows: readonly Row[]): readonly Row[] =>
    rows.length === 0 ? [] : [BLANK, ...paragraph(plain(title), columns, { tone: 'strong' }), ...rows];
  const place = placeOf(report, theme);
  return [
    ...text(diagnosis.summary),
    ...(place === null ? [] : text(`${words.where}: ${place}`)),
    BLANK,
    ...text(diagnosis.explanation),
    ...section(
      words.nextSteps,
      diagnosis.nextSteps.flatMap((step, index) => stepRows(step, index + 1, theme, columns)),
    ),
    ...section(
      words.alternatives,
      diagnosis.alternatives.flatMap(({ code, why }) => item(code, why)),
    ),
    ...section(
      words.alsoSeen,
      report.findings.slice(1).flatMap(({ code, summary }) => item(code, summary)),
    ),
    ...section(
      words.ruledOut,
      report.ruledOut.flatMap(({ code, because }) => item(code, because, 'dim')),
    ),
    ...section(
      words.notChecked,
      report.notChecked.flatMap(({ code, reason }) => item(code, words.notCheckedReason[reason], 'dim')),
    ),
  ];
}

function placeOf({ diagnosis: { where } }: Report, { words }: Theme): string | null {
  if (where === null || (where.hop === null && where.address === null)) return null;
  const hop = where.hop === 0 ? words.thisMachine : where.hop === null ? null : words.hop(where.hop);
  return [hop, where.address].filter((part) => part !== null).join(', ');
}

function stepRows(step: NextStep, number: number, theme: Theme, columns: number): readonly Row[] {
  const { words, plain } = theme;
  const title = step.platform === 'any' ? step.title : `${step.title} (${step.platform})`;
  return [
    ...paragraph(plain(title), columns, { lead: { text: `${number}. ` } }),
    ...(step.check === null ? [] : commandRows(step.check, theme, columns, words.check)),
    ...(step.command === null ? [] : commandRows(step.command, theme, columns, words.run)),
  ];
}

/** A command, every line of it, led by what it is for and a sign, so that the colour is not all that marks it. */
export function commandRows(command: string, { plain }: Theme, columns: number, use = ''): readonly Row[] {
  return command.split(/\r?\n/u).flatMap((line, index) => {
    const before = index === 0 ? plain(use) : '';
    const lead = `   ${before}${' '.repeat(stringWidth(plain(use)) - stringWidth(before))}${use === '' ? '' : ' '}$ `;
    return paragraph(plain(line), columns, { tone: 'accent', lead: { text: lead, tone: 'dim', spoken: before } });
  });
}

/** A text of the catalogue, whose line breaks part paragraphs. */
function paragraphs(text: string, { plain }: Theme, columns: number, tone: Tone): readonly Row[] {
  return text.split(/\r?\n/u).flatMap((line) => paragraph(plain(line), columns, { tone }));
}
