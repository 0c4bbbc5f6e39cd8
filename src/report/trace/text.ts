import { withPlainSpaces } from '../../text/format-ms.ts';
import { wrap } from '../../text/layout.ts';
import { painter } from '../../text/paint.ts';
import { printable } from '../../text/printable.ts';
import type { TextOptions } from '../check/text.ts';
import { asAscii, symbolsOf } from '../symbols.ts';
import { inkOf } from '../verdict-ink.ts';
import { traceWordsOf } from './language.ts';
import { traceTable } from './table.ts';
import { sayTrace } from './verdict.ts';
import type { TraceView } from './view.ts';

/** Longer sentences are hard to read; a table may be as wide as the terminal. */
const MAX_SENTENCE_COLUMNS = 100;
/** Narrower, the terminal breaks the lines. */
const MIN_COLUMNS = 32;
const INDENT = 2;

/**
 * The path as a table, and under it what it means, as lines that fit the terminal. While the trace runs there is no
 * verdict, and the last line says that it runs.
 */
export function traceLines(view: TraceView, options: TextOptions): readonly string[] {
  const words = traceWordsOf(options.lang);
  const paint = painter(options.color);
  const columns = Math.max(options.columns, MIN_COLUMNS);
  const address = view.address === view.host ? null : view.address;
  const title = words.title(view.host, address, words.vehicle[view.protocol](view.port));
  const signs = options.ascii ? asAscii : (text: string) => text;
  // Signs have longer forms in ASCII: lines are broken after the exchange.
  return [
    ...wrap(signs(printable(title)), columns, INDENT).map((line) => paint(line, 'bold')),
    ...(view.rows.length === 0 ? [] : traceTable(view, { words, columns, ascii: options.ascii })).map(
      ({ text, ink }) => (ink === null ? text : paint(text, ink)),
    ),
    ...(view.verdict === null ? [paint(signs(`${words.running} …`), 'dim')] : verdictLines(view, options, columns)),
  ].map(withPlainSpaces);
}

export function toTraceText(view: TraceView, options: TextOptions): string {
  return `${traceLines(view, options).join('\n')}\n`;
}

function verdictLines(view: TraceView, options: TextOptions, columns: number): readonly string[] {
  if (view.verdict === null) return [];
  const paint = painter(options.color);
  const symbols = symbolsOf(options.ascii);
  const width = Math.min(columns, MAX_SENTENCE_COLUMNS);
  const { verdict, says, notes } = sayTrace(view.verdict, options.lang);
  const signs = options.ascii ? asAscii : (text: string) => text;
  return [
    '',
    ...wrap(`${symbols.verdict[verdict]} ${signs(says)}`, width, INDENT).map((line) =>
      paint(line, 'bold', inkOf(verdict)),
    ),
    ...notes.flatMap((note) => wrap(`${symbols.bullet} ${signs(note)}`, width, INDENT)),
    ...(verdict === 'fault'
      ? wrap(traceWordsOf(options.lang).why(`netwhy check ${view.host}`), width, INDENT).map((line) =>
          paint(line, 'dim'),
        )
      : []),
  ];
}
