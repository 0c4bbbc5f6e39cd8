import { ALL_CODES, isOwnCode } from '../../domain/finding-code.ts';
import { NOT_CHECKED_REASONS } from '../../domain/report.ts';
import type { Language } from '../../domain/verdict.ts';
import { outcomeText } from '../../evidence/answers/probe-words.ts';
import { evidenceLines } from '../../evidence/lines.ts';
import type { Report } from '../../evidence/report/report.ts';
import { formatMs, withPlainSpaces } from '../../text/format-ms.ts';
import { fillLines, indented, wrap } from '../../text/layout.ts';
import { type Paint, painter } from '../../text/paint.ts';
import { printable, printableLines } from '../../text/printable.ts';
import { type Labels, labelsOf } from '../labels.ts';
import { asAscii, type Symbols, symbolsOf } from '../symbols.ts';
import { explainCommand } from './explain-command.ts';
import { farewell, firstScreen } from './first-screen.ts';
import { describeNextSteps } from './next-step-lines.ts';

export type TextOptions = {
  readonly color: boolean;
  /** Of the terminal; texts are never wider than 100 columns, commands are never broken. */
  readonly columns: number;
  readonly lang: Language;
  /** For terminals without UTF-8: signs have ASCII forms. */
  readonly ascii: boolean;
  /** Everything, not the first screen alone. */
  readonly verbose?: boolean;
};

/** Narrower, the terminal breaks the lines. */
const MIN_COLUMNS = 32;

/** Longer lines are hard to read. */
const MAX_COLUMNS = 100;

const INDENT = 2;

/** Excluded causes that are told with their reason: those next to the diagnosis. The others are named. */
const MAX_REASONS = 6;

/** A target that is one word in every shell and no option, so that it can stand in a command as it is. */
const PASTEABLE = /^[A-Za-z0-9[][A-Za-z0-9._:/%[\]-]*$/;

/** What sections are written with. `width` is what a line of a section may take. */
type Page = {
  readonly report: Report;
  readonly labels: Labels;
  readonly symbols: Symbols;
  readonly paint: Paint;
  readonly lang: Language;
  readonly width: number;
};

/**
 * The report for a person at a terminal: the first screen, and where it is asked for everything else. Texts of the
 * network and of the user are stripped of everything that could control the terminal.
 */
export function toText(report: Report, options: TextOptions): string {
  const columns = Math.min(Math.max(options.columns, MIN_COLUMNS), MAX_COLUMNS);
  const paint = painter(options.color);
  const first = firstScreen(report, { ...options, columns }).map(({ text, ink }, index) =>
    ink === null ? text : index === 0 ? paint(text, 'bold', ink) : paint(text, ink),
  );
  const compares = report.comparison !== undefined;
  const rest = options.verbose || compares ? details(report, options, columns) : [];
  const text = withPlainSpaces(`${[...first, ...rest].join('\n')}\n`);
  return options.ascii ? asAscii(text) : text;
}

/** What stays on the terminal when the wizard is left; with `verbose` the whole report. */
export function toFarewell(report: Report, options: TextOptions): string {
  if (options.verbose) return toText(report, options);
  const columns = Math.min(Math.max(options.columns, MIN_COLUMNS), MAX_COLUMNS);
  const paint = painter(options.color);
  const lines = farewell(report, { ...options, columns }).map(({ text, ink }) =>
    ink === null ? text : paint(text, ink),
  );
  const text = withPlainSpaces(`${lines.join('\n')}\n`);
  return options.ascii ? asAscii(text) : text;
}

/** What the first screen has no room for. The other vantages were asked for, so they are always told. */
function details(report: Report, options: TextOptions, columns: number): readonly string[] {
  const page: Page = {
    report,
    labels: labelsOf(options.lang),
    symbols: symbolsOf(options.ascii),
    paint: painter(options.color),
    lang: options.lang,
    width: columns - INDENT,
  };
  const { labels } = page;
  if (!options.verbose) return section(page, labels.compared, compared(page));
  const sections = [
    section(page, labels.compared, compared(page)),
    section(page, labels.why, why(page)),
    section(page, labels.evidence, evidence(page)),
    section(page, labels.questions, questions(page)),
    section(page, labels.alsoSeen, alsoSeen(page)),
    section(page, labels.couldBe, couldBe(page)),
    section(page, labels.ruledOut, ruledOut(page)),
    section(page, labels.notChecked, notChecked(page)),
    section(page, labels.doNext, describeNextSteps(report, page)),
  ];
  return [...sections.flat(), '', ...footer(page)];
}

function section({ paint }: Page, heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', paint(heading, 'bold'), ...indented(lines, INDENT)];
}

function compared({ report, labels, symbols, width }: Page): readonly string[] {
  const { others = [], meanings = [] } = report.comparison ?? {};
  return others.flatMap(({ from, verdict, code, summary }, index) => [
    ...wrap(printable(meanings[index] ?? ''), width),
    ...wrap(
      printable(
        `${symbols.bullet} ${from === 'local' ? labels.thisMachine : from}: ${labels.verdict[verdict]}, ${code}: ${summary}`,
      ),
      width,
      INDENT,
    ),
  ]);
}

function why({ report, width }: Page): readonly string[] {
  return printableLines(report.diagnosis.explanation).flatMap((paragraph) => wrap(paragraph, width));
}

function evidence({ report, lang, paint, width }: Page): readonly string[] {
  return evidenceLines(report, lang).flatMap(({ probe, seen, equivalent }) => [
    ...wrap(printable(`${probe}: ${seen}`), width, INDENT),
    ...(equivalent === '' ? [] : [paint(`${' '.repeat(INDENT)}$ ${equivalent}`, 'dim')]),
  ]);
}

function questions({ report, labels, lang, symbols, width }: Page): readonly string[] {
  // What the target does not ask (a port without a service to it, a host without a port) was no question.
  const asked = report.steps.filter(({ outcome }) => outcome !== 'not-asked');
  return asked.flatMap(({ question, probe, outcome, durationMs, byHand }) => {
    const told = (found: string) => outcomeText(probe, found, lang);
    const given = byHand === undefined ? [] : [labels.byHand(byHand.measured === null ? null : told(byHand.measured))];
    const facts = [...given, formatMs(durationMs)].join(', ');
    return wrap(printable(`${symbols.bullet} ${question} ${told(outcome)} (${facts})`), width, INDENT);
  });
}

function alsoSeen({ report, symbols, width }: Page): readonly string[] {
  return report.findings
    .filter(({ code }) => code !== report.diagnosis.code)
    .flatMap(({ code, summary }) => wrap(printable(`${symbols.bullet} ${code}: ${summary}`), width, INDENT));
}

function couldBe({ report, symbols, width }: Page): readonly string[] {
  return report.diagnosis.alternatives.flatMap(({ code, why: reason }) =>
    wrap(printable(`${symbols.bullet} ${code}: ${reason}`), width, INDENT),
  );
}

/** A healthy host rules out nearly everything, and nobody asked: the codes alone will do. */
function ruledOut({ report, symbols, width }: Page): readonly string[] {
  const place = isOwnCode(report.diagnosis.code) ? -1 : ALL_CODES.indexOf(report.diagnosis.code);
  const distance = (code: (typeof ALL_CODES)[number]) => Math.abs(ALL_CODES.indexOf(code) - place);
  const nearest = report.ruledOut
    .toSorted((a, b) => distance(a.code) - distance(b.code))
    .slice(0, report.verdict === 'healthy' ? 0 : MAX_REASONS);
  const told = report.ruledOut.filter((entry) => nearest.includes(entry));
  const named = report.ruledOut.filter((entry) => !nearest.includes(entry)).map(({ code }) => code);
  return [
    ...told.flatMap(({ code, because }) => wrap(printable(`${symbols.bullet} ${code}: ${because}`), width, INDENT)),
    ...(named.length === 0 ? [] : wrap(`${symbols.bullet} ${named.join(', ')}`, width, INDENT)),
  ];
}

function notChecked({ report, labels, symbols, width }: Page): readonly string[] {
  return NOT_CHECKED_REASONS.flatMap((reason) => {
    const codes = report.notChecked.filter((entry) => entry.reason === reason).map(({ code }) => code);
    if (codes.length === 0) return [];
    return wrap(`${symbols.bullet} ${codes.join(', ')}: ${labels.notCheckedReason[reason]}`, width, INDENT);
  });
}

function footer({ report, labels, paint, width }: Page): readonly string[] {
  const { verdict, target } = report;
  const again =
    verdict === 'healthy' || !PASTEABLE.test(target.input) ? [] : [[labels.again, `netwhy check ${target.input}`]];
  return [...again, [labels.explain, explainCommand(report)]].flatMap((pieces) =>
    fillLines(pieces, width + INDENT, INDENT).map((line) => paint(line, 'dim')),
  );
}
