import { textWidth } from '../../text/text-width.ts';

/** What stands for the part of a text that did not fit. */
const CUT = { unicode: '…', ascii: '~' } as const;

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
