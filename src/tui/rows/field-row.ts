import { textWidth } from '../../text/text-width.ts';
import { fitText } from '../theme/fit-text.ts';
import type { Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

/** One line that is being typed; of a long one its end shows. */
export function fieldRow(text: string, { glyphs, plain, ascii }: Theme, columns: number): Row {
  const pointer = `${glyphs.pointer} `;
  const room = columns - textWidth(pointer) - textWidth(glyphs.cursor);
  return [
    { text: pointer, tone: 'accent', spoken: '' },
    { text: fitText(plain(text), room, { ascii, keepEnd: true }) },
    { text: glyphs.cursor, tone: 'accent', spoken: '' },
  ];
}
