import type { ReactNode } from 'react';
import type { ProbeName } from '../../domain/outcome.ts';
import { outcomeText } from '../../evidence/answers/probe-words.ts';
import { choiceItems } from '../rows/choice-rows.ts';
import { Rows } from '../rows/rows.tsx';
import { stepWord } from '../rows/step-words.ts';
import type { AppState } from '../state/app-state.ts';
import { answersFor, measuredOf, type Otherwise, waysBack } from '../state/back-to.ts';
import { offeredChoices, offerOf } from '../state/offer.ts';
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
  const probe = state.view.plan.find(({ id }) => id === state.backTo)?.probe;
  const labels = answersFor(state).map((answer) => labelOf(answer, probe, theme));
  const note = theme.words.otherwise;
  return <Listed title={question} note={note} labels={labels} focus={state.focus} layout={layout} />;
}

function labelOf(answer: Otherwise, probe: ProbeName | null | undefined, { words, lang }: Theme): string {
  const told = (outcome: string) => outcomeText(probe, outcome, lang);
  if (answer.kind === 'given') return [...new Set(answer.outcomes.map(told))].join(', ');
  const measured = measuredOf(answer.step);
  return words.asMeasured(measured === null ? null : told(measured));
}

/** Asks how the question below the verdict is answered. */
export function OfferBody({ state, layout }: Props): ReactNode {
  const offer = offerOf(state);
  if (offer === null) return null;
  const labels = offeredChoices(offer).map(({ label }) => label);
  const note = state.view.whys[offer.id] ?? null;
  return <Listed title={offer.question} note={note} labels={labels} focus={state.focus} layout={layout} />;
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
