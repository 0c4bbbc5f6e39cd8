import type { Checkup, Examined } from '../../domain/doctor.ts';
import { withPlainSpaces } from '../../text/format-ms.ts';
import { indented, wrap } from '../../text/layout.ts';
import { type Paint, painter } from '../../text/paint.ts';
import { printable, printableLines } from '../../text/printable.ts';
import type { TextOptions } from '../check/text.ts';
import { asAscii, symbolsOf } from '../symbols.ts';
import { inkOf } from '../verdict-ink.ts';
import { doctorWordsOf } from './language.ts';
import type { DoctorWords } from './words.ts';

const MAX_COLUMNS = 100;
const MIN_COLUMNS = 32;
const INDENT = 2;
const VERDICTS = { full: 'healthy', reduced: 'degraded', nothing: 'fault' } as const;

/** What a page is written with. */
type Page = {
  readonly words: DoctorWords;
  readonly paint: Paint;
  readonly width: number;
  /** Puts a text of words and measured values into what this terminal can show. */
  readonly signs: (text: string) => string;
  readonly marks: { readonly good: string; readonly less: string; readonly bad: string };
};

/** The outcome first, then what is wrong with how to grant it, then what is there. */
export function toDoctorText(checkup: Checkup, options: TextOptions): string {
  const words = doctorWordsOf(options.lang);
  const symbols = symbolsOf(options.ascii);
  const page: Page = {
    words,
    paint: painter(options.color),
    width: Math.min(Math.max(options.columns, MIN_COLUMNS), MAX_COLUMNS),
    signs: (text) => (options.ascii ? asAscii(printable(text)) : printable(text)),
    marks: { good: symbols.verdict.healthy, less: symbols.verdict.degraded, bad: symbols.verdict.fault },
  };
  const problems = checkup.examined.filter(isProblem);
  const there = checkup.examined.filter(({ state }) => state === 'full');
  const others = checkup.examined.filter((each) => each.state !== 'full' && !isProblem(each));
  const sections = [
    outcomeLines(checkup, page),
    ...problems.map((each) => problemLines(each, checkup, page)),
    there.length === 0 ? [] : [page.paint(words.there, 'bold'), ...there.flatMap((each) => lineOf(each, page))],
    others.length === 0 ? [] : [page.paint(words.alsoMissing, 'bold'), ...others.flatMap((each) => lineOf(each, page))],
    wrap(page.signs(words.sentNothing), page.width),
  ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.map(withPlainSpaces).join('\n'));
  return `${text.join('\n\n')}\n`;
}

/** An engine that is not whole, and whatever else a diagnosis is lost by. */
function isProblem({ group, state, undecided, unsure }: Examined): boolean {
  if (state === 'full') return false;
  return group === 'engine' || state === 'unknown' || (group !== 'vantage' && undecided.length + unsure.length > 0);
}

function outcomeLines(checkup: Checkup, page: Page): readonly string[] {
  const { words, signs, width } = page;
  const verdict = VERDICTS[checkup.verdict];
  const mark = verdict === 'healthy' ? page.marks.good : verdict === 'degraded' ? page.marks.less : page.marks.bad;
  const first = wrap(`${mark} ${signs(outcomeOf(checkup, words))}`, width, INDENT);
  const sentences = [
    ...(checkup.undecided.length === 0 ? [] : [words.undecided(checkup.undecided.join(', '))]),
    ...(checkup.unsure.length === 0 ? [] : [words.unsure(checkup.unsure.join(', '))]),
  ];
  const rest = sentences.length === 0 && checkup.verdict === 'reduced' ? [words.nothingLost] : sentences;
  return [
    ...first.map((line) => page.paint(line, 'bold', inkOf(verdict))),
    ...rest.flatMap((sentence) => indented(wrap(signs(sentence), width - INDENT), INDENT)),
  ];
}

/** The first line alone: what a person who reads no further takes away. */
export function outcomeOf({ verdict, examined }: Checkup, words: DoctorWords): string {
  const engines = examined.filter(({ group }) => group === 'engine');
  const named = (...states: readonly Examined['state'][]): string =>
    engines
      .filter(({ state }) => states.includes(state))
      .map(({ id }) => id)
      .join(', ');
  switch (verdict) {
    case 'full':
      return words.full(named('full'));
    case 'reduced':
      return words.reduced(named('full'), { reduced: named('reduced'), missing: named('missing') });
    case 'nothing':
      return words.nothing;
  }
}

function problemLines(each: Examined, checkup: Checkup, page: Page): readonly string[] {
  const { words, signs, paint, width, marks } = page;
  const { state, undecided, unsure } = each;
  const isAll = undecided.length + unsure.length === checkup.undecided.length + checkup.unsure.length;
  const mark = state === 'missing' ? marks.bad : marks.less;
  const costs = [
    ...(undecided.length === 0 ? [] : [words.costs(undecided.join(', '))]),
    ...(unsure.length === 0 ? [] : [words.blurs(unsure.join(', '))]),
  ];
  const nothing = state === 'unknown' ? [] : [words.costsNothing];
  const body = (sentence: string): readonly string[] => indented(wrap(signs(sentence), width - INDENT), INDENT);
  return [
    ...wrap(`${mark} ${signs(sentenceOf(each, words))}`, width, INDENT).map((line) => paint(line, 'yellow')),
    ...(costs.length === 0 ? nothing : isAll ? [words.costsAll] : costs).flatMap(body),
    ...grantLines(each, page),
  ];
}

function grantLines({ grants }: Examined, { words, signs, paint, width }: Page): readonly string[] {
  if (grants.length === 0) return [];
  return [
    `  ${words.grant}:`,
    ...grants.flatMap(({ purpose, command, undo }) => [
      ...indented(wrap(signs(words.purpose[purpose]), width - 2 * INDENT), 2 * INDENT),
      ...indented(
        printableLines(command).map((line) => paint(line, 'cyan')),
        3 * INDENT,
      ),
      ...(undo === null ? [] : indented([`${words.undo}: ${paint(printable(undo), 'cyan')}`], 3 * INDENT)),
    ]),
  ];
}

function lineOf(each: Examined, { words, signs, width, marks }: Page): readonly string[] {
  const mark = each.state === 'full' ? marks.good : '-';
  return wrap(`${mark} ${signs(sentenceOf(each, words))}`, width, INDENT);
}

/** `engine raw: this user may open no raw socket`. */
export function sentenceOf({ id, cause, detail }: Examined, words: DoctorWords): string {
  return `${words.title[id]}: ${words.cause[cause](detail)}`;
}
