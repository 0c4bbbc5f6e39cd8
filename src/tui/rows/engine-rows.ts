import type { SessionView } from '../../session/view/view.ts';
import { textWidth } from '../../text/text-width.ts';
import { fitRow, type Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import { echoRows } from './echo-rows.ts';
import { nameRows } from './name-rows.ts';
import { pathRows } from './path-rows.ts';
import { portRows, serviceRows, socketRows } from './port-rows.ts';
import { sizeRows } from './size-rows.ts';

/** Lower than this, only what moves is shown: the echoes, the asked port, and the end of the path. */
const TIGHT_ROWS = 8;

/**
 * The engines at work: what the name gave, echoes, sizes, connection attempts, sockets and hops as they come in.
 *
 *   Echo  9/20 ▁▁▂▁▁▅▁▁▁ 0.2 ms
 *   Port  tcp 5432 closed 0.4 ms
 *   Hop  Address (name)  Lost  RTT
 *     1  10.0.0.1         0/3  ▁▁▂
 *
 * Where a long path does not fit, its first hops go.
 */
export function engineRows(view: SessionView, theme: Theme, columns: number, height: number): readonly Row[] {
  const { words, plain } = theme;
  const labels = [words.name, words.echo, words.size, words.port, words.sockets, words.now].map(plain);
  const margin = Math.max(...labels.map((label) => textWidth(label))) + 1;
  const labelled = (label: string, rows: readonly Row[]): readonly Row[] =>
    rows.map((row, index) => [{ text: padded(index === 0 ? plain(label) : '', margin), tone: 'dim' }, ...row]);
  const title = view.running.length > 0 ? words.engine : words.measured;
  const now = view.running.map((probe) => words.probes[probe].name).join(', ');
  const echo = labelled(words.echo, echoRows(view, theme, columns - margin));
  const port = labelled(words.port, [...portRows(view, theme), ...serviceRows(view, theme)]);
  const isTight = height < TIGHT_ROWS && echo.length + view.path.length > 0;
  const all: readonly Row[] = [
    [{ text: plain(title), tone: 'strong' }],
    ...labelled(words.name, nameRows(view, theme)),
    ...echo,
    ...labelled(words.size, sizeRows(view, theme)),
    ...port,
    ...labelled(words.sockets, socketRows(view, theme)),
    ...labelled(words.now, now === '' ? [] : [[{ text: plain(now) }]]),
  ];
  const above = isTight ? [...echo.slice(0, 1), ...port.slice(0, 1)] : all;
  const path = pathRows(view, theme, columns, Math.max(0, height - above.length));
  return [...above, ...path].slice(0, Math.max(0, height)).map((row) => fitRow(row, columns, theme.ascii));
}

function padded(label: string, columns: number): string {
  return label + ' '.repeat(Math.max(0, columns - textWidth(label)));
}
