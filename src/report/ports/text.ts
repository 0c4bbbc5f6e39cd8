import type { SocketSummary, StateCount } from '../../domain/socket.ts';
import { withPlainSpaces } from '../../text/format-ms.ts';
import { wrap } from '../../text/layout.ts';
import { painter } from '../../text/paint.ts';
import { printable } from '../../text/printable.ts';
import type { TextOptions } from '../check/text.ts';
import { asAscii, symbolsOf } from '../symbols.ts';
import { inkOf } from '../verdict-ink.ts';
import { portsWordsOf } from './language.ts';
import { portsTables } from './tables.ts';
import { sayPorts } from './verdict.ts';
import type { PortsView } from './view.ts';
import type { PortsWords } from './words.ts';

/** Longer sentences are hard to read; a table may be as wide as the terminal. */
const MAX_SENTENCE_COLUMNS = 100;
/** Narrower, the terminal breaks the lines. */
const MIN_COLUMNS = 32;
const INDENT = 2;

/** The parts of the page from top to bottom, as lines that fit the terminal. */
export type PortsParts = {
  readonly title: readonly string[];
  readonly tables: readonly (readonly string[])[];
  /** Sums, answer and notes. */
  readonly end: readonly string[];
};

export function portsParts(view: PortsView, options: TextOptions): PortsParts {
  const words = portsWordsOf(options.lang);
  const paint = painter(options.color);
  const columns = Math.max(options.columns, MIN_COLUMNS);
  // Signs have longer forms in ASCII: lines are broken after the exchange.
  const signs = options.ascii ? asAscii : (text: string) => text;
  const title = printable(words.title(view.host === 'local' ? null : view.host, view.asked));
  return {
    title: wrap(signs(title), columns, INDENT).map((line) => paint(line, 'bold')),
    tables: portsTables(view.rows, { words, paint, columns, signs }).map(({ lines }) => lines.map(withPlainSpaces)),
    end: endLines(view, options, words, Math.min(columns, MAX_SENTENCE_COLUMNS)).map(withPlainSpaces),
  };
}

export function toPortsText(view: PortsView, options: TextOptions): string {
  const { title, tables, end } = portsParts(view, options);
  return `${[title, ...tables, end]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function endLines(view: PortsView, options: TextOptions, words: PortsWords, width: number): readonly string[] {
  const paint = painter(options.color);
  const symbols = symbolsOf(options.ascii);
  const signs = options.ascii ? asAscii : (text: string) => text;
  const { verdict, says, notes } = sayPorts(view, options.lang);
  return [
    ...summaryLines(view.summary, words).flatMap((line) => wrap(line, width, INDENT)),
    ...(says === null
      ? []
      : wrap(`${symbols.verdict[verdict]} ${signs(says)}`, width, INDENT).map((line) =>
          paint(line, 'bold', inkOf(verdict)),
        )),
    ...notes.flatMap((note) => wrap(`${symbols.bullet} ${signs(note)}`, width, INDENT)),
  ];
}

function summaryLines({ tcp, udp }: SocketSummary, words: PortsWords): readonly string[] {
  const listed = (counts: readonly StateCount[], name: (count: StateCount) => string) =>
    counts.map((each) => `${each.count} ${name(each)}`).join(', ');
  return [
    ...(tcp.length === 0 ? [] : [`TCP: ${listed(tcp, ({ state }) => words.states[state])}`]),
    ...(udp.length === 0
      ? []
      : [`UDP: ${listed(udp, ({ state }) => (state === 'established' ? words.connected : words.states[state]))}`]),
  ];
}
