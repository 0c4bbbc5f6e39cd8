import type { ReactNode } from 'react';
import { choiceItems } from '../rows/choice-rows.ts';
import { fieldRow } from '../rows/field-row.ts';
import { Rows } from '../rows/rows.tsx';
import type { AppState } from '../state/app-state.ts';
import type { Layout } from '../theme/layout.ts';
import { BLANK, fitRow, paragraph, type Row } from '../theme/row.ts';
import { type Theme, useTheme } from '../theme/theme.tsx';
import { Choices } from './choices.tsx';

const MOST_RECENTS = 8;

type Props = { readonly state: AppState; readonly layout: Layout };

/** Asks for the symptom. */
export function SymptomBody({ state, layout }: Props): ReactNode {
  const theme = useTheme();
  const titles = state.flows.map(({ title }) => title);
  const heading: Row = [{ text: theme.plain(theme.words.symptom), tone: 'strong' }];
  const above = layout.hasGap ? [heading, BLANK] : [heading];
  return (
    <>
      <Rows rows={above} />
      <Choices
        items={choiceItems(titles, state.focus, theme, layout.columns)}
        focus={state.focus}
        height={Math.max(1, layout.bodyRows - above.length)}
      />
    </>
  );
}

/**
 * Asks for the target, says as one types what it means or what is wrong with it, and shows the earlier ones:
 *
 *   ❯ db1:5432▏
 *   ✓ db1, TCP port 5432
 *
 *   Earlier
 *   ❯ db1:5432
 */
export function TargetBody({ state, layout }: Props): ReactNode {
  const theme = useTheme();
  const { words, plain } = theme;
  const { columns } = layout;
  const gap = layout.hasGap ? [BLANK] : [];
  const rows: readonly Row[] = [
    ...paragraph(plain(words.target), columns, { tone: 'strong' }),
    ...gap,
    fieldRow(state.target, theme, columns),
    ...gap,
    ...judgementRows(state, theme, columns),
    ...gap,
    ...recentRows(state, theme, columns),
    ...(state.note === null ? [] : paragraph(plain(state.note), columns, { tone: 'warn' })),
  ];
  return <Rows rows={rows.slice(0, layout.bodyRows)} />;
}

function judgementRows({ target, problem }: AppState, theme: Theme, columns: number): readonly Row[] {
  const { words, glyphs, plain } = theme;
  if (problem !== null) return paragraph(plain(problem), columns, { tone: 'warn', lead: { text: '! ', tone: 'warn' } });
  const hint = paragraph(plain(words.targetHint), columns, { tone: 'dim' });
  if (target.trim() === '') return hint;
  const judged = theme.judge(target);
  return judged.kind === 'ok'
    ? paragraph(plain(words.means(judged.target)), columns, {
        lead: { text: `${glyphs.yes} `, tone: 'good', spoken: '' },
      })
    : [...paragraph(plain(judged.problem), columns, { tone: 'dim', lead: { text: `${glyphs.running} `, spoken: '' } })];
}

function recentRows({ recents, recent }: AppState, theme: Theme, columns: number): readonly Row[] {
  const { words, glyphs, plain, ascii } = theme;
  if (recents.length === 0) return [];
  const first = Math.max(0, (recent ?? 0) - MOST_RECENTS + 1);
  return [
    [{ text: plain(words.recents), tone: 'dim' }],
    ...recents.slice(first, first + MOST_RECENTS).map((target, index): Row => {
      const isTaken = first + index === recent;
      const row: Row = [
        { text: `${isTaken ? glyphs.pointer : ' '} ${plain(target)}`, tone: isTaken ? 'focus' : 'plain' },
      ];
      return fitRow(row, columns, ascii);
    }),
  ];
}
