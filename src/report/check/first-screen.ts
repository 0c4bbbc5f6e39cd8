import type { NextStep, NotCheckedReason } from '../../domain/report.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { formatMs, withPlainSpaces } from '../../text/format-ms.ts';
import { fillLines, wrap } from '../../text/layout.ts';
import type { Ink } from '../../text/paint.ts';
import { printable, printableLines } from '../../text/printable.ts';
import { textWidth } from '../../text/text-width.ts';
import { type Labels, labelsOf } from '../labels.ts';
import { asAscii, type Symbols, symbolsOf } from '../symbols.ts';
import { inkOf } from '../verdict-ink.ts';
import { commandLines } from './command-lines.ts';
import { explainCommand } from './explain-command.ts';
import { ownerWords } from './owner-words.ts';
import { drawPath } from './path-drawing.ts';
import { describePlace } from './place.ts';

export type FirstScreenOptions = { readonly columns: number; readonly lang: Language; readonly ascii: boolean };

export type InkedLine = { readonly text: string; readonly ink: Ink | null };

/** A terminal of 80x24 (contract, section 3a). */
export const FIRST_SCREEN_ROWS = 24;
const MOST_COLUMNS = 80;

/** A target that is one word in every shell and no option, so that it can stand in a command as it is. */
const PASTEABLE = /^[A-Za-z0-9[][A-Za-z0-9._:/%[\]-]*$/;

/** How much is told: what does not fit gives way in this order. */
type Measure = { readonly steps: number; readonly commands: 'all' | 'first'; readonly others: number };

const MEASURES: readonly Measure[] = [
  { steps: 3, commands: 'all', others: 2 },
  { steps: 3, commands: 'first', others: 2 },
  { steps: 3, commands: 'first', others: 1 },
  { steps: 2, commands: 'first', others: 1 },
  { steps: 1, commands: 'first', others: 1 },
];

type Page = {
  readonly report: Report;
  readonly labels: Labels;
  readonly symbols: Symbols;
  readonly width: number;
  /** Columns of the words at the left. */
  readonly margin: number;
};

/**
 * What a person reads first: verdict, what was measured, where, who, what to do now, what else fits, what nobody looked
 * at. At most `rows` lines, fit to print.
 */
export function firstScreen(
  report: Report,
  { columns, lang, ascii }: FirstScreenOptions,
  rows = FIRST_SCREEN_ROWS,
): readonly InkedLine[] {
  const page = pageOf(asTold(report, ascii), { columns, lang, ascii });
  const screens = MEASURES.map((measure) => screenOf(page, measure));
  return printed(screens.find((each) => each.length <= rows) ?? (screens.at(-1) ?? []).slice(0, rows), ascii);
}

/** The same without verdict and headline, for a screen that has them already; longer than `rows` only where even the least is. */
export function underHeadline(
  report: Report,
  { columns, lang, ascii }: FirstScreenOptions,
  rows: number,
): readonly InkedLine[] {
  const page = pageOf(asTold(report, ascii), { columns, lang, ascii });
  const bodies = MEASURES.map((measure) => bodyOf(page, measure));
  return printed(bodies.find((each) => each.length <= rows) ?? bodies.at(-1) ?? [], ascii);
}

/** At most this many lines above the headline. */
const FAREWELL_ROWS = 10;

/** What stays on the terminal when the wizard is left: a dozen lines, the headline last, next to the prompt. */
export function farewell(report: Report, { columns, lang, ascii }: FirstScreenOptions): readonly InkedLine[] {
  const page = pageOf(asTold(report, ascii), { columns, lang, ascii });
  const short: Measure = { steps: 1, commands: 'all', others: 1 };
  const { labels } = page;
  const body = [
    ...labelled(page, labels.first.where, path(page), 'bold'),
    ...(report.verdict === 'healthy'
      ? []
      : labelled(page, labels.first.who, wrap(printable(ownerWords(report, labels)), page.width - page.margin), null)),
    ...labelled(page, labels.first.now, steps(page, short), null),
  ].slice(0, FAREWELL_ROWS);
  return printed([...body, ...headline(page).slice(0, FAREWELL_ROWS)], ascii);
}

/** Signs take more room in ASCII (`->`): they are put into it before lines are broken. */
function asTold(report: Report, ascii: boolean): Report {
  return ascii ? withAsciiTexts(report) : report;
}

/** Every text in a report, whatever it is: the schema, which knows them one by one, is not loaded for that. */
function withAsciiTexts<T>(value: T): T;
function withAsciiTexts(value: unknown): unknown {
  if (typeof value === 'string') return asAscii(value);
  if (Array.isArray(value)) return value.map((each) => withAsciiTexts(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withAsciiTexts(each)]));
}

function pageOf(report: Report, { columns, lang, ascii }: FirstScreenOptions): Page {
  const labels = labelsOf(lang);
  const { where, who, now, fits, unseen } = labels.first;
  const margin = Math.max(...[where, who, now, fits, unseen].map(textWidth)) + 2;
  return { report, labels, symbols: symbolsOf(ascii), width: Math.min(columns, MOST_COLUMNS), margin };
}

function printed(lines: readonly InkedLine[], ascii: boolean): readonly InkedLine[] {
  const told = (text: string) => (ascii ? asAscii(withPlainSpaces(text)) : withPlainSpaces(text));
  return lines.map(({ text, ink }) => ({ text: told(text).trimEnd(), ink }));
}

function screenOf(page: Page, measure: Measure): readonly InkedLine[] {
  const { report, labels, width } = page;
  const more = wrap(labels.first.more(explainCommand(report)), width - 2);
  return [
    ...headline(page),
    ...bodyOf(page, measure),
    ...more.map((text) => ({ text: `  ${text}`, ink: 'dim' as const })),
  ];
}

function bodyOf(page: Page, measure: Measure): readonly InkedLine[] {
  const { report, labels, width } = page;
  const { where, who, now, fits, unseen } = labels.first;
  const isBroken = report.verdict !== 'healthy';
  const sections = [
    labelled(page, where, path(page), 'bold'),
    isBroken ? labelled(page, who, wrap(printable(ownerWords(report, labels)), width - page.margin), null) : [],
    labelled(page, now, steps(page, measure), null),
    labelled(page, fits, others(page, measure), 'dim'),
    labelled(page, unseen, notSeen(page), 'dim'),
  ];
  return [
    ...wrap(printable(report.diagnosis.summary), width - 2).map((text) => ({ text: `  ${text}`, ink: null })),
    BLANK,
    ...sections.flat(),
  ];
}

const BLANK: InkedLine = { text: '', ink: null };

function headline({ report, labels, symbols, width }: Page): readonly InkedLine[] {
  const { diagnosis, verdict, startedAt, durationMs, from } = report;
  const first = `${symbols.verdict[verdict]} ${labels.verdict[verdict]}: ${printable(diagnosis.title)}`;
  const facts = [
    labels.confidence[diagnosis.confidence],
    diagnosis.code,
    labels.from(from === 'local' ? labels.thisMachine : printable(from)),
    printable(startedAt).replace(/\.\d+Z$/, 'Z'),
    formatMs(durationMs),
  ];
  const pieces = facts.map((fact, index) =>
    index === facts.length - 1 ? fact : `${fact}${symbols.separator.trimEnd()}`,
  );
  return [
    ...wrap(first, width, 2).map((text) => ({ text, ink: inkOf(verdict) })),
    ...fillLines(pieces, width - 2).map((text) => ({ text: `  ${text}`, ink: 'dim' as const })),
  ];
}

/** Words at the left, and lines beside them. */
function labelled({ margin }: Page, label: string, lines: readonly string[], ink: Ink | null): readonly InkedLine[] {
  const room = ' '.repeat(margin);
  return lines.map((line, index) => ({
    text: (index === 0 ? label + ' '.repeat(margin - textWidth(label)) : room) + line,
    ink: line.startsWith('$ ') || line.startsWith('  $ ') ? 'cyan' : ink,
  }));
}

function path({ report, labels, symbols, width, margin }: Page): readonly string[] {
  const drawn = drawPath(report, labels, symbols);
  const place = describePlace(report, labels);
  const pieces = drawn?.map(({ text }) => text) ?? [];
  return [
    ...(pieces.length === 0 ? [] : fillLines(pieces, width - margin, 2)),
    ...(place === null ? [] : wrap(place, width - margin, 2)),
  ];
}

function steps({ report, labels, width, margin }: Page, measure: Measure): readonly string[] {
  return report.diagnosis.nextSteps.slice(0, measure.steps).flatMap((step, index) => {
    const lead = `${index + 1}. `;
    const platform = step.platform === 'any' || step.platform === 'network' ? '' : ` [${step.platform}]`;
    const title = wrap(printable(`${lead}${step.title}${platform}`), width - margin, lead.length);
    if (index > 0 && measure.commands === 'first') return title;
    return [...title, ...commandOf(step, labels, width - margin - lead.length)];
  });
}

/** What is to be done first, to be copied: its command, or where it has none the message to whoever has to act. */
export function firstStepOf({ diagnosis }: Report): string | null {
  const [step] = diagnosis.nextSteps;
  return step === undefined ? null : (step.check ?? step.command ?? step.title);
}

/** The command that looks where there is one, else the one that changes, with its risk. */
function commandOf({ check, command, risk, platform }: NextStep, labels: Labels, columns: number): readonly string[] {
  const shown = check ?? command;
  if (shown === null) return [];
  const isChange = check === null && risk !== 'none';
  return printableLines(shown)
    .flatMap((line) => commandLines(line, columns - 2, 2, platform === 'windows' ? 'powershell' : 'posix'))
    .map((line, index) => `  ${index === 0 || !line.startsWith('  ') ? '$ ' : '  '}${line.trimStart()}`)
    .concat(isChange ? [`  (${labels.risk[risk]})`] : []);
}

/** Each with the probe that would tell: its words are those of the catalogue. */
function others({ report, width, margin, symbols }: Page, measure: Measure): readonly string[] {
  const { alternatives } = report.diagnosis;
  const told = alternatives.slice(0, measure.others);
  const rest = alternatives.slice(measure.others).map(({ code }) => code);
  return [
    ...told.flatMap(({ why }) => wrap(printable(`${symbols.bullet} ${why}`), width - margin, 2)),
    ...(rest.length === 0 ? [] : wrap(`${symbols.bullet} ${rest.join(', ')}`, width - margin, 2)),
  ];
}

const COMMANDS: Readonly<Partial<Record<NotCheckedReason, (target: string, host: string) => string>>> = {
  'no-vantage': (target, host) => `netwhy check ${target} --on ssh://${host}`,
  'not-permitted': () => 'netwhy doctor',
  deadline: (target) => `netwhy check ${target} --deadline 60`,
};

/** Not of a healthy target: nobody asked what else could be wrong with it. */
function notSeen({ report, labels, width, margin }: Page): readonly string[] {
  if (report.verdict === 'healthy') return [];
  const { input, host } = report.target;
  const canBePasted = PASTEABLE.test(input) && PASTEABLE.test(host);
  const reasons = ['no-vantage', 'not-permitted', 'deadline'] as const;
  return reasons.flatMap((reason) => {
    if (report.notChecked.every((entry) => entry.reason !== reason)) return [];
    const command = canBePasted ? (COMMANDS[reason]?.(input, host.includes(':') ? `[${host}]` : host) ?? null) : null;
    return [
      ...wrap(labels.first.notSeen[reason], width - margin, 2),
      ...(command === null ? [] : commandLines(`$ ${command}`, width - margin, 4)),
    ];
  });
}
