import type { Verdict } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { textWidth } from '../../text/text-width.ts';
import { BLANK, type PaintedLine, paintedRow, paragraph, type Row, rowText, type Tone } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import { changeRows } from './change-rows.ts';
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

/** The first screen of the verdict, in `room` rows where that can be. A screen reader has no pages: it hears all of them. */
export function explanationRows(
  { report, earlier, tab }: Telling,
  theme: Theme,
  columns: number,
  room: number,
): readonly Row[] {
  const { words } = theme;
  const since = section(
    words.sinceLast,
    earlier === null ? [] : changeRows(earlier, report, theme, columns),
    theme,
    columns,
  );
  const changes = since.length === 0 ? [] : [...since.slice(1), BLANK];
  const pages = theme.screenReader
    ? [
        BLANK,
        ...reasonRows(report, theme, columns),
        ...section(words.nextSteps, remedyRows(report, tab, theme, columns), theme, columns),
        ...section(words.evidence, evidenceRows(report, theme, columns), theme, columns),
      ]
    : [];
  return [
    ...changes,
    ...theme.underHeadline(report, columns, room - changes.length).flatMap((line) => rowsOf(line, theme, columns)),
    ...pages,
  ];
}

/** Why the evidence means that, and what else was found, excluded or not looked at. */
export function reasonRows(report: Report, theme: Theme, columns: number): readonly Row[] {
  const { words, plain } = theme;
  const { diagnosis } = report;
  const item = (code: string, why: string, tone: Tone = 'plain') =>
    paragraph(plain(`${code}: ${why}`), columns, { tone, lead: { text: '- ', tone, spoken: '' } });
  const rows = [
    ...section(words.explanation, paragraphs(diagnosis.explanation, theme, columns), theme, columns),
    ...section(
      words.alternatives,
      diagnosis.alternatives.flatMap(({ code, why }) => item(code, why)),
      theme,
      columns,
    ),
    ...section(
      words.alsoSeen,
      report.findings.slice(1).flatMap(({ code, summary }) => item(code, summary)),
      theme,
      columns,
    ),
    ...section(
      words.ruledOut,
      report.ruledOut.flatMap(({ code, because }) => item(code, because, 'dim')),
      theme,
      columns,
    ),
    ...section(
      words.notChecked,
      report.notChecked.flatMap(({ code, reason }) => item(code, words.notCheckedReason[reason], 'dim')),
      theme,
      columns,
    ),
  ];
  return rows.slice(1);
}

function section(title: string, rows: readonly Row[], { plain }: Theme, columns: number): readonly Row[] {
  return rows.length === 0 ? [] : [BLANK, ...paragraph(plain(title), columns, { tone: 'strong' }), ...rows];
}

/** A finished line, broken only where the window is narrower than it. */
function rowsOf(line: PaintedLine, { plain }: Theme, columns: number): readonly Row[] {
  const row = paintedRow(line, plain);
  if (textWidth(rowText(row)) <= columns) return [row];
  return paragraph(plain(line.text.trimStart()), columns, { tone: row[0]?.tone ?? 'plain', indent: 2 });
}

/** What each probe saw, and the command that shows the same. */
export function evidenceRows(report: Report, theme: Theme, columns: number): readonly Row[] {
  const { plain } = theme;
  return theme
    .evidenceOf(report)
    .flatMap(({ probe, seen, equivalent }) => [
      ...paragraph(plain(seen), columns, { lead: { text: `${probe}: `, tone: 'strong' } }),
      ...(equivalent === '' ? [] : commandRows(equivalent, theme, columns)),
    ]);
}

/** A text of the catalogue, whose line breaks part paragraphs. */
function paragraphs(text: string, { plain }: Theme, columns: number): readonly Row[] {
  return text.split(/\r?\n/u).flatMap((line) => paragraph(plain(line), columns));
}
