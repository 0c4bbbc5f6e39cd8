import type { Verdict } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { BLANK, paragraph, type Row, type Tone } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import { changeRows } from './change-rows.ts';
import { pathDrawingRows } from './path-drawing-rows.ts';
import { commandRows, remedyRows } from './remedy-rows.ts';

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

export type Telling = {
  readonly report: Report;
  /** The verdict of the same question the last time; null where there was none. */
  readonly earlier: Report | null;
  /** Which platform's remedies are shown. */
  readonly tab: number;
};

/** The explained verdict, the most useful first: what happened, where, why, what to do, what else it could be. */
export function explanationRows({ report, earlier, tab }: Telling, theme: Theme, columns: number): readonly Row[] {
  const { words, plain } = theme;
  const { diagnosis } = report;
  const text = (line: string) => paragraphs(line, theme, columns);
  const item = (code: string, why: string, tone: Tone = 'plain') =>
    paragraph(plain(`${code}: ${why}`), columns, { tone, lead: { text: '- ', tone, spoken: '' } });
  const section = (title: string, rows: readonly Row[]): readonly Row[] =>
    rows.length === 0 ? [] : [BLANK, ...paragraph(plain(title), columns, { tone: 'strong' }), ...rows];
  const place = placeOf(report, theme);
  return [
    ...section(words.sinceLast, earlier === null ? [] : changeRows(earlier, report, theme, columns)).slice(1),
    ...(earlier === null ? [] : [BLANK]),
    ...text(diagnosis.summary),
    ...pathDrawingRows(report, theme, columns),
    ...(place === null ? [] : text(`${words.where}: ${place}`)),
    BLANK,
    ...text(diagnosis.explanation),
    ...section(words.nextSteps, remedyRows(report, tab, theme, columns)),
    ...section(
      words.alternatives,
      diagnosis.alternatives.flatMap(({ code, why }) => item(code, why)),
    ),
    ...section(words.evidence, evidenceRows(report, theme, columns)),
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

/** What each probe saw, and the command that shows the same. */
export function evidenceRows(report: Report, theme: Theme, columns: number): readonly Row[] {
  const { plain } = theme;
  return theme
    .evidenceOf(report)
    .flatMap(({ probe, seen, equivalent }) => [
      ...paragraph(plain(seen), columns, { lead: { text: `${probe}: `, tone: 'strong' } }),
      ...commandRows(equivalent, theme, columns),
    ]);
}

function placeOf({ diagnosis: { where } }: Report, { words }: Theme): string | null {
  if (where === null || (where.hop === null && where.address === null)) return null;
  const hop = where.hop === 0 ? words.thisMachine : where.hop === null ? null : words.hop(where.hop);
  return [hop, where.address].filter((part) => part !== null).join(', ');
}

/** A text of the catalogue, whose line breaks part paragraphs. */
function paragraphs(text: string, { plain }: Theme, columns: number): readonly Row[] {
  return text.split(/\r?\n/u).flatMap((line) => paragraph(plain(line), columns));
}
