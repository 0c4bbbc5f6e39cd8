import { isListener, isQueueFull, type SocketRow } from '../../domain/socket.ts';
import type { Paint } from '../../text/paint.ts';
import { type Column, tableLines } from '../../text/table.ts';
import {
  countText,
  endText,
  pidText,
  placeText,
  processText,
  queueText,
  scopeText,
  stateText,
  userText,
} from './cells.ts';
import type { PortsWords } from './words.ts';

export type PortsTableOptions = {
  readonly words: PortsWords;
  readonly paint: Paint;
  readonly columns: number;
  /** Signs in the form that the terminal can show. */
  readonly signs: (text: string) => string;
};

/** What listens and what is connected, a table each; either is absent where it has no row. */
export function portsTables(
  rows: readonly SocketRow[],
  options: PortsTableOptions,
): readonly { readonly lines: readonly string[]; readonly rows: number }[] {
  const listeners = rows.filter(isListener);
  const connections = rows.filter((row) => !isListener(row));
  return [
    ...(listeners.length === 0 ? [] : [drawn(options.words.listening, listeners, listenerColumns, options)]),
    ...(connections.length === 0 ? [] : [drawn(options.words.connections, connections, connectionColumns, options)]),
  ];
}

function drawn(
  title: string,
  rows: readonly SocketRow[],
  columnsOf: (rows: readonly SocketRow[], words: PortsWords) => readonly Column[],
  { words, paint, columns, signs }: PortsTableOptions,
) {
  const made = columnsOf(rows, words).map((column) => ({
    ...column,
    header: signs(column.header),
    cells: column.cells.map(signs),
  }));
  const table = tableLines(made, columns);
  const body = table.rows.flatMap((lines, index) => {
    const row = rows[index];
    if (row === undefined) return [];
    if (isQueueFull(row)) return lines.map((line) => paint(line, 'red'));
    return row.state === 'time-wait' ? lines.map((line) => paint(line, 'dim')) : lines;
  });
  const header = table.header.map((line) => paint(line, 'dim'));
  return { lines: [paint(`${title} (${rows.length})`, 'bold'), ...header, ...body], rows: rows.length };
}

function listenerColumns(rows: readonly SocketRow[], words: PortsWords): readonly Column[] {
  return [
    start(
      words.protocol,
      rows.map(({ protocol }) => protocol),
    ),
    start(
      words.address,
      rows.map((row) => endText(row.local, row.interface)),
    ),
    start(
      words.scope,
      rows.map((row) => scopeText(row, words)),
      1,
    ),
    start(words.process, rows.map(processText)),
    end(words.pid, rows.map(pidText), 2),
    end(words.queue, rows.map(queueText), 3),
    end(
      words.drops,
      rows.map(({ drops }) => countText(drops)),
      4,
    ),
    start(words.user, rows.map(userText), 5),
    start(words.place, rows.map(placeText), 6),
  ];
}

function connectionColumns(rows: readonly SocketRow[], words: PortsWords): readonly Column[] {
  return [
    start(
      words.protocol,
      rows.map(({ protocol }) => protocol),
    ),
    start(
      words.local,
      rows.map((row) => endText(row.local, row.interface)),
    ),
    start(
      words.peer,
      rows.map(({ peer }) => (peer === null ? '' : endText(peer))),
    ),
    start(
      words.state,
      rows.map((row) => stateText(row, words)),
    ),
    start(words.process, rows.map(processText)),
    end(words.pid, rows.map(pidText), 1),
    end(
      words.received,
      rows.map(({ receiveQueue }) => countText(receiveQueue)),
      2,
    ),
    end(
      words.unsent,
      rows.map(({ sendQueue }) => countText(sendQueue)),
      3,
    ),
    end(
      words.drops,
      rows.map(({ drops }) => countText(drops)),
      4,
    ),
    start(words.user, rows.map(userText), 5),
    start(words.place, rows.map(placeText), 6),
  ];
}

function start(header: string, cells: readonly string[], givesWay: number | null = null): Column {
  return { header, cells, align: 'start', givesWay };
}

function end(header: string, cells: readonly string[], givesWay: number): Column {
  return { header, cells, align: 'end', givesWay };
}
