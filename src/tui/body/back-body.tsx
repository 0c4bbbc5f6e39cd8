import type { ReactNode } from 'react';
import { choiceItems } from '../rows/choice-rows.ts';
import { Rows } from '../rows/rows.tsx';
import { stepWord } from '../rows/tree-rows.ts';
import type { AppState } from '../state/app-state.ts';
import { answersFor, measuredOf, type Otherwise, waysBack } from '../state/back-to.ts';
import type { Layout } from '../theme/layout.ts';
import { BLANK, paragraph } from '../theme/row.ts';
import { type Theme, useTheme } from '../theme/theme.tsx';
import { Choices } from './choices.tsx';

type Props = { readonly state: AppState; readonly layout: Layout };

/** Asks which question of the path is to be answered otherwise. */
export function BackBody({ state, layout }: Props): ReactNode {
  const theme = useTheme();
  const labels = waysBack(state).map((way) =>
    way.kind === 'target'
      ? theme.words.hints.other
      : `${way.step.question} ${stepWord(way.step, state.view, theme).answer}`,
  );
  return <Listed title={theme.words.backTo} note={null} labels={labels} focus={state.focus} layout={layout} />;
}

/** Asks what a person says in place of a probe. */
export function OtherwiseBody({ state, layout }: Props): ReactNode {
  const theme = useTheme();
  const question = state.view.steps.find(({ id }) => id === state.backTo)?.question ?? '';
  const labels = answersFor(state).map((answer) => labelOf(answer, theme));
  const note = theme.words.otherwise;
  return <Listed title={question} note={note} labels={labels} focus={state.focus} layout={layout} />;
}

function labelOf(answer: Otherwise, { words }: Theme): string {
  if (answer.kind === 'measured') return words.asMeasured(measuredOf(answer.step));
  const outcomes = answer.outcomes.join(', ');
  return answer.word === 'unknown' ? outcomes : `${words.answer[answer.word]} (${outcomes})`;
}

type ListProps = {
  readonly title: string;
  readonly note: string | null;
  readonly labels: readonly string[];
  readonly focus: number;
  readonly layout: Layout;
};

function Listed({ title, note, labels, focus, layout }: ListProps): ReactNode {
  const theme = useTheme();
  const { plain } = theme;
  const above = [
    ...paragraph(plain(title), layout.columns, { tone: 'strong' }),
    ...(note === null ? [] : paragraph(plain(note), layout.columns, { tone: 'dim' })),
    ...(layout.hasGap ? [BLANK] : []),
  ];
  return (
    <>
      <Rows rows={above} />
      <Choices
        items={choiceItems(labels, focus, theme, layout.columns)}
        focus={focus}
        height={Math.max(1, layout.bodyRows - above.length)}
      />
    </>
  );
}
