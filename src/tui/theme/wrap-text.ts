import { textWidth } from '../../text/text-width.ts';

/** What stands for the part of a text that did not fit. */
const CUT = { unicode: '…', ascii: '~' } as const;

/**
 * Breaks one line of text into lines of at most `columns` as a terminal counts them (a Hangul syllable or an ideograph
 * takes two): at spaces, and inside a word only where it fits on no line. `hang` indents every line but the first.
 */
export function wrapText(text: string, columns: number, hang = 0): readonly string[] {
  const room = Math.max(2, columns - hang);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const most = lines.length === 0 ? Math.max(2, columns) : room;
    if (textWidth(longer) <= most) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = cutWord(word, room);
    lines.push(...pieces.slice(0, -1));
    line = pieces[pieces.length - 1] ?? '';
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines.map((each, index) => (index === 0 ? each : ' '.repeat(Math.min(hang, columns - 2)) + each));
}

/** The text in at most `columns`, with a mark in place of what was cut: at the end, or at the start. */
export function fitText(text: string, columns: number, options: { ascii: boolean; keepEnd?: boolean }): string {
  if (textWidth(text) <= columns) return text;
  const characters = [...text];
  if (options.keepEnd) characters.reverse();
  let kept = '';
  let width = 1;
  for (const character of characters) {
    width += textWidth(character);
    if (width > columns) break;
    kept = options.keepEnd ? character + kept : kept + character;
  }
  const mark = columns < 1 ? '' : options.ascii ? CUT.ascii : CUT.unicode;
  return options.keepEnd ? mark + kept : kept + mark;
}

function cutWord(word: string, columns: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && textWidth(piece + character) > columns) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
