import { wrap } from '../../text/layout.ts';
import { printable } from '../../text/printable.ts';
import { textWidth } from '../../text/text-width.ts';
import { fitText } from './fit-text.ts';

export type Tone = 'plain' | 'strong' | 'dim' | 'good' | 'bad' | 'warn' | 'accent' | 'focus';

/** A piece of a line. `spoken` takes its place for a screen reader; empty where it is only decoration. */
export type Span = { readonly text: string; readonly tone?: Tone; readonly spoken?: string };

/** One line of the screen. Never wider than the window: whoever makes it wraps or cuts. */
export type Row = readonly Span[];

/** Room of a wide character, however narrow the window is. */
const MIN_COLUMNS = 2;

export const BLANK: Row = [{ text: '' }];

/** How a view makes text fit to draw: nothing that a terminal obeys, and ASCII signs where the locale wants them. */
export type Plain = (text: string) => string;

export function plainText(inAscii: ((text: string) => string) | null): Plain {
  return (text) => (inAscii === null ? printable(text) : inAscii(printable(text)));
}

/** A text of one or more paragraphs as rows, `indent` columns to the right, the first line led by `lead`. */
export function paragraph(
  text: string,
  columns: number,
  options: { readonly tone?: Tone; readonly indent?: number; readonly lead?: Span } = {},
): readonly Row[] {
  const { tone = 'plain', indent = 0, lead } = options;
  const before = lead === undefined ? 0 : textWidth(lead.text);
  const room = columns - indent - before;
  return text.split('\n').flatMap((line, paragraphIndex) =>
    wrap(printable(line), Math.max(MIN_COLUMNS, room)).map((piece, index): Row => {
      const isFirst = paragraphIndex === 0 && index === 0;
      const margin = ' '.repeat(indent);
      if (lead === undefined) return [{ text: margin + piece, tone }];
      if (!isFirst) return [{ text: margin + ' '.repeat(before) + piece, tone }];
      return [
        { ...lead, text: margin + lead.text },
        { text: piece, tone },
      ];
    }),
  );
}

/** A line of another room, and how it is painted there. */
export type PaintedLine = {
  readonly text: string;
  readonly ink: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | null;
};

const TONE_OF_INK = { bold: 'strong', dim: 'dim', red: 'bad', green: 'good', yellow: 'warn', cyan: 'accent' } as const;

export function paintedRow({ text, ink }: PaintedLine, plain: Plain): Row {
  return [{ text: plain(text), tone: ink === null ? 'plain' : TONE_OF_INK[ink] }];
}

/** The row in at most `columns`; the last piece that fits is cut with a mark. */
export function fitRow(row: Row, columns: number, ascii: boolean): Row {
  let left = columns;
  const kept: Span[] = [];
  for (const span of row) {
    const width = textWidth(span.text);
    if (left <= 0) break;
    kept.push(width <= left ? span : { ...span, text: fitText(span.text, left, { ascii }) });
    left -= width;
  }
  return kept;
}

/** The row as plain text. */
export function rowText(row: Row): string {
  return row.map(({ text }) => text).join('');
}
