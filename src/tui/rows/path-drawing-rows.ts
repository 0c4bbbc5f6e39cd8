import type { Report } from '../../evidence/report/report.ts';
import { textWidth } from '../../text/text-width.ts';
import { BLANK, type Row, type Span } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import { fitText } from '../theme/wrap-text.ts';

const INDENT = 2;

/** The path from here to the target, with the broken place marked, as few rows as it needs; none where none was traced. */
export function pathDrawingRows(report: Report, theme: Theme, columns: number): readonly Row[] {
  const { plain, ascii } = theme;
  const pieces = theme.pathOf(report);
  if (pieces === null) return [];
  const rows: Span[][] = [[]];
  let width = 0;
  for (const { text, isBroken } of pieces) {
    const piece = fitText(plain(text), columns - INDENT, { ascii });
    if (width > 0 && width + 1 + textWidth(piece) > columns) {
      rows.push([]);
      width = 0;
    }
    const before = width === 0 ? ' '.repeat(INDENT) : ' ';
    rows[rows.length - 1]?.push({ text: before }, { text: piece, tone: isBroken ? 'bad' : 'plain' });
    width += before.length + textWidth(piece);
  }
  return [BLANK, ...rows];
}
