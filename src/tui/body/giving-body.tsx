import type { ReactNode } from 'react';
import type { RefusedInput } from '../../session/view/session-event.ts';
import { fieldRow } from '../rows/field-row.ts';
import { Rows } from '../rows/rows.tsx';
import type { Giving } from '../state/giving.ts';
import type { Layout } from '../theme/layout.ts';
import { BLANK, fitRow, paragraph, type Row } from '../theme/row.ts';
import { type Theme, useTheme } from '../theme/theme.tsx';

/** Of a paste its last lines show; what came before is only counted. */
const MOST_LINES_SHOWN = 8;
const LONGEST_TAIL = 4000;

/**
 * Takes what belongs to a choice, and says what is wrong with it:
 *
 *   Paste what the command prints there
 *   ss -ltunp · netstat -tulnp · …
 *
 *   tcp LISTEN 0 128 127.0.0.1:5432 0.0.0.0:*
 *   ▏
 *   12 lines, 1.1 kB. Enter on an empty line, or Ctrl-D, ends it.
 */
export function GivingBody({
  giving,
  refused,
  layout,
}: {
  readonly giving: Giving;
  readonly refused: RefusedInput | null;
  readonly layout: Layout;
}): ReactNode {
  const theme = useTheme();
  const { words, plain } = theme;
  const { columns, bodyRows } = layout;
  const gap = layout.hasGap ? [BLANK] : [];
  const above: readonly Row[] = [
    ...paragraph(plain(words.giving.title[giving.input]), columns, { tone: 'strong' }),
    ...paragraph(plain(words.giving.hint[giving.input]), columns, { tone: 'dim' }),
    ...gap,
  ];
  const below = [...gap, ...problemRows(giving, refused, theme, columns)];
  const room = Math.max(1, bodyRows - above.length - below.length);
  const middle =
    giving.input === 'sockets' ? pasteRows(giving, theme, columns, room) : vantageRows(giving, theme, columns, room);
  return <Rows rows={[...above, ...middle, ...below].slice(0, bodyRows)} />;
}

function pasteRows({ text }: Giving, theme: Theme, columns: number, room: number): readonly Row[] {
  const { words, plain, glyphs, ascii } = theme;
  const count = text.split('\n').filter((line) => line.trim() !== '').length;
  const taken: Row = [{ text: plain(words.giving.taken(count, sizeText(text.length))), tone: 'dim' }];
  const shown = Math.max(0, Math.min(MOST_LINES_SHOWN, room - 1));
  const lines = shown === 0 ? [] : text.slice(-LONGEST_TAIL).split('\n').slice(-shown);
  const drawn = lines.map((line, index): Row => {
    const isLast = index === lines.length - 1;
    const cursor = isLast ? [{ text: glyphs.cursor, tone: 'accent', spoken: '' } as const] : [];
    return fitRow([{ text: plain(line.trimEnd()) }, ...cursor], columns, ascii);
  });
  return [...(theme.screenReader ? [] : drawn), fitRow(taken, columns, ascii)];
}

/** What will be run shows as soon as the place can be understood. */
function vantageRows({ text }: Giving, theme: Theme, columns: number, room: number): readonly Row[] {
  const { words, plain, ascii } = theme;
  const commands = theme.commandsAt(text.trim());
  const field = fieldRow(text, theme, columns);
  if (commands.length === 0) return [field];
  const runs = [
    BLANK,
    ...paragraph(plain(words.giving.runs), columns, { tone: 'dim' }),
    ...commands.map((line): Row => fitRow([{ text: plain(`  ${line}`), tone: 'dim' }], columns, ascii)),
  ];
  return [field, ...runs.slice(0, Math.max(0, room - 1))];
}

function problemRows(
  { isCut, isTried, input }: Giving,
  refused: RefusedInput | null,
  { words, plain }: Theme,
  columns: number,
): readonly Row[] {
  const warn = (text: string) => paragraph(plain(text), columns, { tone: 'warn', lead: { text: '! ', tone: 'warn' } });
  const cut = isCut ? warn(words.giving.cut) : [];
  if (!isTried || refused === null || refused.input !== input) return cut;
  return [...cut, ...warn(words.giving.refused[input][refused.why]), ...paragraph(plain(refused.message), columns)];
}

function sizeText(characters: number): string {
  return characters < 1000 ? `${characters} B` : `${(characters / 1000).toFixed(characters < 10_000 ? 1 : 0)} kB`;
}
