import { paragraph, type Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

/** A number has one key. */
const MOST_NUMBERS = 9;

/** Numbered choices, each with its rows; the number picks one, arrows move. */
export function choiceItems(
  labels: readonly string[],
  focus: number,
  { glyphs, plain }: Theme,
  columns: number,
): readonly (readonly Row[])[] {
  return labels.map((label, index) => {
    const isFocused = index === focus;
    const number = index < MOST_NUMBERS ? `${index + 1}` : ' ';
    const tone = isFocused ? 'focus' : 'plain';
    const text = `${isFocused ? glyphs.pointer : ' '} ${number} `;
    return paragraph(plain(label), columns, { tone, lead: { text, tone, spoken: `${number} ` } });
  });
}

/** The rows of the choices in at most `height`, the focused one among them. */
export function choiceWindow(items: readonly (readonly Row[])[], focus: number, height: number): readonly Row[] {
  const rows = items.flat();
  if (rows.length <= height) return rows;
  const end = items.slice(0, focus + 1).flat().length;
  const from = Math.max(0, Math.min(end - Math.ceil(height / 2), rows.length - height));
  // A choice of several rows is shown from its first one.
  const start = end - (items[focus]?.length ?? 1);
  const first = Math.min(from, start);
  return rows.slice(first, first + height);
}
