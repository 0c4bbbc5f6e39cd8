import type { ReactNode } from 'react';
import { answeredByPerson } from '../session/view.ts';
import type { AppState } from './app-state.ts';
import { choiceItems } from './choice-rows.ts';
import { Choices } from './choices.tsx';
import type { Layout } from './layout.ts';
import { BLANK, paragraph } from './row.ts';
import { Rows } from './rows.tsx';
import { useTheme } from './theme.tsx';

/** Asks which of the questions that a person answered is to be asked again. */
export function BackBody({ state, layout }: { readonly state: AppState; readonly layout: Layout }): ReactNode {
  const theme = useTheme();
  const { words, plain } = theme;
  const labels = answeredByPerson(state.view).map(({ question }) => question);
  const above = [
    ...paragraph(plain(words.backTo), layout.columns, { tone: 'strong' }),
    ...(layout.hasGap ? [BLANK] : []),
  ];
  return (
    <>
      <Rows rows={above} />
      <Choices
        items={choiceItems(labels, state.focus, theme, layout.columns)}
        focus={state.focus}
        height={Math.max(1, layout.bodyRows - above.length)}
      />
    </>
  );
}
