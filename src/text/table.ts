import { fillLines } from './layout.ts';
import { textWidth } from './text-width.ts';

/** A column of a table: its header, and one cell for each row. */
export type Column = {
  readonly header: string;
  readonly cells: readonly string[];
  readonly align: 'start' | 'end';
  /** Columns with the highest number give way first where not all fit; null: never. */
  readonly givesWay: number | null;
};

const GAP = 2;

/** Rows of a table; more than one line each where a single one cannot hold what must be there. */
export type TableLines = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

/**
 * Lines of at most `columns`. Columns without a single cell are left out, then those that give way; where even the rest
 * does not fit, each row is laid out over as many lines as it takes, and nothing is cut.
 */
export function tableLines(all: readonly Column[], columns: number): TableLines {
  const filled = all.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const shown = fitting(filled.map(measured), columns);
  const count = Math.max(0, ...all.map(({ cells }) => cells.length));
  const indexes = Array.from({ length: count }, (_, index) => index);
  if (total(shown) > columns) {
    const stacked = (pieces: readonly string[]) => fillLines(pieces, columns, GAP);
    return {
      header: stacked(shown.map(({ column }) => column.header)),
      rows: indexes.map((index) => stacked(shown.map(({ column }) => column.cells[index] ?? ''))),
    };
  }
  const gap = ' '.repeat(GAP);
  return {
    header: [
      shown
        .map((each) => padded(each, each.column.header))
        .join(gap)
        .trimEnd(),
    ],
    rows: indexes.map((index) => [
      shown
        .map((each) => padded(each, each.column.cells[index] ?? ''))
        .join(gap)
        .trimEnd(),
    ]),
  };
}

type Measured = { readonly column: Column; readonly width: number };

function measured(column: Column): Measured {
  let width = textWidth(column.header);
  for (const cell of column.cells) width = Math.max(width, textWidth(cell));
  return { column, width };
}

function fitting(columns: readonly Measured[], room: number): readonly Measured[] {
  let kept = columns;
  while (total(kept) > room) {
    const ranks = kept.flatMap(({ column }) => column.givesWay ?? []);
    if (ranks.length === 0) break;
    const next = Math.max(...ranks);
    kept = kept.filter(({ column }) => column.givesWay !== next);
  }
  return kept;
}

function total(columns: readonly Measured[]): number {
  return columns.reduce((sum, { width }) => sum + width, GAP * Math.max(0, columns.length - 1));
}

function padded({ column, width }: Measured, text: string): string {
  const blank = ' '.repeat(Math.max(0, width - textWidth(text)));
  return column.align === 'end' ? blank + text : text + blank;
}
