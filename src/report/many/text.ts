import type { CauseGroup, ManyReport } from '../../evidence/report/many.ts';
import type { Report } from '../../evidence/report/report.ts';
import { withPlainSpaces } from '../../text/format-ms.ts';
import { wrap } from '../../text/layout.ts';
import { painter } from '../../text/paint.ts';
import { printable } from '../../text/printable.ts';
import { textWidth } from '../../text/text-width.ts';
import type { TextOptions } from '../check/text.ts';
import { toText } from '../check/text.ts';
import { labelsOf } from '../labels.ts';
import { asAscii, symbolsOf } from '../symbols.ts';
import { inkOf } from '../verdict-ink.ts';
import { manyWords } from './words.ts';

/** Of a group, as many members are named as fit a glance; the JSON has them all. */
const MOST_NAMED = 12;
const NAME_COLUMNS = 28;
const MIN_COLUMNS = 40;
const MAX_COLUMNS = 120;

/** One target, on one line, as soon as it is known. Fit to print. */
export function manyLine(report: Report, options: TextOptions): string {
  const labels = labelsOf(options.lang);
  const symbols = symbolsOf(options.ascii);
  const { verdict, diagnosis, from } = report;
  const where = diagnosis.where?.address ?? null;
  const name = printable(nameOf(report) + (from === 'local' ? '' : ` ${labels.from(from)}`));
  const padded = name + ' '.repeat(Math.max(0, NAME_COLUMNS - textWidth(name)));
  const facts = `${diagnosis.code}${where === null ? '' : ` @ ${printable(where)}`}`;
  const line = `${symbols.verdict[verdict]} ${padded} ${facts}${symbols.separator}${printable(diagnosis.title)}`;
  const text = withPlainSpaces(cut(line, columnsOf(options), symbols.more));
  return `${painter(options.color)(options.ascii ? asAscii(text) : text, inkOf(verdict))}\n`;
}

/** What the run came to, below its lines: the causes, the matrix where there are several vantages, what was not asked. */
export function manySummary(many: ManyReport, options: TextOptions): string {
  const words = manyWords(options.lang);
  const paint = painter(options.color);
  const width = columnsOf(options);
  const bad = many.reports.filter(({ verdict }) => verdict !== 'healthy').length;
  const lines = [
    '',
    paint(words.counted(bad, many.reports.length), 'bold'),
    ...(many.groups.length === 0 ? [] : ['', paint(words.causes, 'bold')]),
    ...many.groups.flatMap((group) => groupLines(group, many, options, width)),
    ...matrix(many, options),
    ...many.badLines.flatMap(({ file, line, message }) =>
      wrap(printable(words.notRead(file, line, message)), width, 2),
    ),
    ...(many.notBegun.length === 0 ? [] : [words.notBegun(many.notBegun.length)]),
    ...(options.verbose === true ? details(many, options) : []),
  ];
  const text = withPlainSpaces(lines.map((line) => `${line}\n`).join(''));
  return options.ascii ? asAscii(text) : text;
}

/** Everything at once, for a file. */
export function toManyText(many: ManyReport, options: TextOptions): string {
  return many.reports.map((report) => manyLine(report, options)).join('') + manySummary(many, options);
}

/** The name that a list gave a target, and what was asked. */
export function nameOf({ target }: Pick<Report, 'target'>): string {
  return target.name === undefined ? target.input : `${target.name} (${target.input})`;
}

/** Each member once, however many vantages saw it. */
export function membersOf(group: CauseGroup): readonly string[] {
  return [...new Set(group.members.map(({ input }) => input))];
}

function groupLines(
  group: CauseGroup,
  { reports }: ManyReport,
  { lang, color, ascii }: TextOptions,
  width: number,
): readonly string[] {
  const labels = labelsOf(lang);
  const symbols = symbolsOf(ascii);
  const members = membersOf(group);
  const named = members.slice(0, MOST_NAMED).join(', ');
  const rest = members.length > MOST_NAMED ? `, ${labels.andMore(members.length - MOST_NAMED)}` : '';
  const head = `${symbols.verdict[group.verdict]} ${group.members.length}/${reports.length}  ${manyWords(lang).shared(group.kind, group.at, group.codes.join(', '))}`;
  return [
    ...wrap(printable(head), width, 4).map((line) => painter(color)(line, inkOf(group.verdict))),
    ...wrap(printable(named + rest), width - 4).map((line) => `    ${line}`),
  ];
}

/** Targets below one another, vantages side by side; only where there are several of these. */
function matrix({ reports }: ManyReport, { lang, ascii }: TextOptions): readonly string[] {
  const vantages = [...new Set(reports.map(({ from }) => from))];
  if (vantages.length < 2) return [];
  const symbols = symbolsOf(ascii);
  const labels = labelsOf(lang);
  const targets = [...new Set(reports.map(nameOf))];
  const cell = (name: string, from: string) => {
    const report = reports.find((each) => each.from === from && nameOf(each) === name);
    return report === undefined ? '-' : `${symbols.verdict[report.verdict]} ${report.diagnosis.code}`;
  };
  const head = [manyWords(lang).target, ...vantages.map((from) => (from === 'local' ? labels.thisMachine : from))];
  const rows = [head, ...targets.map((name) => [name, ...vantages.map((from) => cell(name, from))])].map((row) =>
    row.map(printable),
  );
  const widths = head.map((_, column) => Math.max(...rows.map((row) => textWidth(row[column] ?? ''))));
  return [
    '',
    ...rows.map((row) =>
      row
        .map((text, column) => text + ' '.repeat((widths[column] ?? 0) - textWidth(text)))
        .join('  ')
        .trimEnd(),
    ),
  ];
}

function details({ reports }: ManyReport, options: TextOptions): readonly string[] {
  return reports
    .filter(({ verdict }) => verdict !== 'healthy')
    .flatMap((report) => ['', toText(report, options).trimEnd()]);
}

function columnsOf({ columns }: TextOptions): number {
  return Math.min(Math.max(columns, MIN_COLUMNS), MAX_COLUMNS);
}

function cut(line: string, columns: number, more: string): string {
  if (textWidth(line) <= columns) return line;
  let short = '';
  for (const sign of line) {
    if (textWidth(short + sign) > columns - textWidth(more)) break;
    short += sign;
  }
  return short + more;
}
