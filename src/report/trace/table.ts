import type { TraceRow } from '../../evidence/trace-row.ts';
import { fillLines } from '../../text/layout.ts';
import type { Ink } from '../../text/paint.ts';
import { printable } from '../../text/printable.ts';
import { textWidth } from '../../text/text-width.ts';
import { bareMs, lossOf, numbersOf } from './numbers.ts';
import { sparkline } from './sparkline.ts';
import type { TraceView } from './view.ts';
import type { TraceWords } from './words.ts';

export type TableOptions = {
  readonly words: TraceWords;
  readonly columns: number;
  readonly ascii: boolean;
};

/** A line and how it is painted; null: as it is. */
export type InkedLine = { readonly text: string; readonly ink: Ink | null };

type ColumnId = 'lost' | 'sent' | 'last' | 'median' | 'best' | 'worst' | 'spark';

/** A column behind the host: its header and one cell for each row. */
type Column = {
  readonly id: ColumnId;
  readonly header: string;
  readonly cells: readonly string[];
  readonly width: number;
};

const GAP = 2;
const MOST_BARS = 20;
/** What gives way where the addresses would not fit, the least telling first: columns, and the length of the bars. */
const GIVE_WAY: readonly (ColumnId | number)[] = [10, 'worst', 'best', 'last', 5, 'sent', 'spark'];
const NARROWEST_HOST = 10;

/**
 * The hops as lines of at most `columns`: headers, then a hop each, more than one line where its names need them. For
 * `netwhy trace` and for the wizard.
 */
export function traceTable(view: Pick<TraceView, 'rows' | 'names'>, options: TableOptions): readonly InkedLine[] {
  const { words, columns } = options;
  const ttlWidth = Math.max(textWidth(words.hop), 2);
  const addressWidth = Math.max(...view.rows.flatMap(({ addresses }) => addresses.map((each) => each.length)), 0);
  const fixed = ttlWidth + GAP;
  const shown = fitting(columnsOf(view, options), columns - fixed - Math.max(addressWidth, NARROWEST_HOST));
  const room = Math.max(NARROWEST_HOST, columns - fixed - widthOf(shown));
  const hosts = view.rows.map((row) => hostLines(row, view, words, room, columns - fixed));
  const firstLines = hosts.map(([first = '']) => textWidth(first));
  const hostWidth = Math.min(room, Math.max(textWidth(words.host), ...firstLines));
  const line = (ttl: string, host: string, cells: readonly string[]): string =>
    [padStart(ttl, ttlWidth), padEnd(host, hostWidth), ...cells].join(' '.repeat(GAP)).trimEnd();
  const [heading = '', ...more] = fillLines(words.host.split(' '), hostWidth);
  const header = line(words.hop, more.length === 0 ? heading : (words.host.split(' ')[0] ?? ''), shown.map(headOf));
  const body = view.rows.flatMap((row, index) => {
    const [first = '', ...rest] = hosts[index] ?? [];
    const cells = shown.map((column) => padded(column, column.cells[index] ?? ''));
    const lines = [line(`${row.ttl}`, first, cells), ...rest.map((each) => line('', each, []))];
    return lines.map(
      (text, at): InkedLine => ({ text, ink: row.error !== null ? 'red' : at > 0 || isSilent(row) ? 'dim' : null }),
    );
  });
  return [{ text: header, ink: 'bold' }, ...body];
}

function columnsOf({ rows }: Pick<TraceView, 'rows'>, { words, ascii }: TableOptions): readonly Column[] {
  const numbers = rows.map(numbersOf);
  const scaleMs = Math.max(0, ...numbers.map(({ worst }) => worst ?? 0));
  return [
    columnOf('lost', words.lost, rows.map(lossOf)),
    columnOf(
      'sent',
      words.sent,
      rows.map(({ sent }) => (sent === null ? '' : `${sent}`)),
    ),
    columnOf(
      'last',
      words.last,
      numbers.map(({ last }) => bareMs(last)),
    ),
    columnOf(
      'median',
      words.median,
      numbers.map(({ median }) => bareMs(median)),
    ),
    columnOf(
      'best',
      words.best,
      numbers.map(({ best }) => bareMs(best)),
    ),
    columnOf(
      'worst',
      words.worst,
      numbers.map(({ worst }) => bareMs(worst)),
    ),
    columnOf(
      'spark',
      words.spark,
      rows.map(({ rttsMs }) => sparkline(rttsMs.slice(-MOST_BARS), scaleMs, ascii)),
    ),
  ];
}

/** Shortens the bars and leaves columns out until the rest fits. */
function fitting(columns: readonly Column[], room: number): readonly Column[] {
  let kept = columns;
  for (const next of GIVE_WAY) {
    if (widthOf(kept) <= room) break;
    kept = typeof next === 'string' ? kept.filter(({ id }) => id !== next) : kept.map((each) => shortened(each, next));
  }
  return kept;
}

/** The latest bars say the most. */
function shortened(column: Column, bars: number): Column {
  return column.id === 'spark'
    ? columnOf(
        column.id,
        column.header,
        column.cells.map((cell) => cell.slice(-bars)),
      )
    : column;
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + GAP + width, 0);
}

function columnOf(id: ColumnId, header: string, cells: readonly string[]): Column {
  const width = Math.max(textWidth(header), ...cells.map((cell) => textWidth(cell)));
  return { id, header, cells, width };
}

function headOf(column: Column): string {
  return padded(column, column.header);
}

function padded(column: Column, text: string): string {
  const { width } = column;
  return column.id === 'spark' ? padEnd(text, width) : padStart(text, width);
}

/**
 * Who answered at a hop: each address with what it said and its name, on one line where they fit beside the columns
 * (`room`). A name that does not fit stands below, where it has the whole line (`wide`).
 */
function hostLines(
  row: TraceRow,
  { names }: Pick<TraceView, 'names'>,
  words: TraceWords,
  room: number,
  wide: number,
): readonly string[] {
  if (isSilent(row)) return fillLines(words.noAnswer.split(' '), room);
  const labels = (row.mpls ?? []).map(({ label }) => `${label}`);
  return [
    ...row.addresses.flatMap((address) => {
      const error = row.error?.from === address ? `!${row.error.kind}` : '';
      const name = printable(names.get(address) ?? '');
      const told = name === '' || name === address ? '' : `(${name})`;
      const whole = [printable(address), error, told].filter((piece) => piece !== '').join(' ');
      if (textWidth(whole) <= room) return [whole];
      return [...fillLines([printable(address), error], room), ...(told === '' ? [] : fillLines([told], wide))];
    }),
    ...(labels.length === 0 ? [] : fillLines(['MPLS', ...labels], wide)),
  ];
}

function isSilent({ addresses }: TraceRow): boolean {
  return addresses.length === 0;
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
