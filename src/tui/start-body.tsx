import type { ReactNode } from 'react';
import stringWidth from 'string-width';
import type { AppState } from './app-state.ts';
import { choiceItems } from './choice-rows.ts';
import { Choices } from './choices.tsx';
import type { Layout } from './layout.ts';
import { BLANK, paragraph, type Row } from './row.ts';
import { Rows } from './rows.tsx';
import { useTheme } from './theme.tsx';
import { fitText } from './wrap-text.ts';

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

/** Asks for the target, and says what is wrong with it. */
export function TargetBody({ state, layout }: Props): ReactNode {
  const { words, glyphs, plain, ascii } = useTheme();
  const { columns } = layout;
  const gap = layout.hasGap ? [BLANK] : [];
  const pointer = `${glyphs.pointer} `;
  const room = columns - stringWidth(pointer) - stringWidth(glyphs.cursor);
  const rows: readonly Row[] = [
    ...paragraph(plain(words.target), columns, { tone: 'strong' }),
    ...gap,
    [
      { text: pointer, tone: 'accent', spoken: '' },
      { text: fitText(plain(state.target), room, { ascii, keepEnd: true }) },
      { text: glyphs.cursor, tone: 'accent', spoken: '' },
    ],
    ...gap,
    ...(state.problem === null
      ? paragraph(plain(words.targetHint), columns, { tone: 'dim' })
      : paragraph(plain(state.problem), columns, { tone: 'warn', lead: { text: '! ', tone: 'warn' } })),
  ];
  return <Rows rows={rows.slice(0, layout.bodyRows)} />;
}
