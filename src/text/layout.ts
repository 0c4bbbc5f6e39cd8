import { textWidth } from './text-width.ts';

/**
 * Breaks a text into lines of at most `columns` as a terminal counts them (a Hangul syllable or an ideograph takes
 * two). Breaks at spaces; a word that fits on no line is cut. `hang` indents every line but the first.
 */
export function wrap(text: string, columns: number, hang = 0): readonly string[] {
  return fillLines(text.split(' '), columns, hang);
}

/** The same for pieces that stay whole where they fit on a line. */
export function fillLines(pieces: readonly string[], columns: number, hang = 0): readonly string[] {
  const indent = ' '.repeat(hang);
  const lines: string[] = [];
  let line = '';
  let room = columns;
  const flush = () => {
    lines.push((lines.length === 0 ? '' : indent) + line);
    line = '';
    room = columns - hang;
  };
  for (const word of pieces.filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (textWidth(joined) <= room) {
      line = joined;
      continue;
    }
    if (line !== '') flush();
    const parts = cut(word, room, columns - hang);
    for (const part of parts.slice(0, -1)) {
      line = part;
      flush();
    }
    line = parts[parts.length - 1] ?? '';
  }
  if (line !== '' || lines.length === 0) flush();
  return lines;
}

/** Cuts a word into pieces that fit: the first in `room` columns, the others in `columns`. */
function cut(word: string, room: number, columns: number): readonly string[] {
  if (textWidth(word) <= room) return [word];
  const pieces: string[] = [];
  let piece = '';
  let width = 0;
  for (const character of word) {
    const added = textWidth(character);
    if (piece !== '' && width + added > Math.max(1, pieces.length === 0 ? room : columns)) {
      pieces.push(piece);
      piece = '';
      width = 0;
    }
    piece += character;
    width += added;
  }
  return [...pieces, piece];
}

/** The lines, each moved to the right. */
export function indented(lines: readonly string[], columns: number): readonly string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(columns) + line));
}
