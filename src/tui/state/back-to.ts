import type { Step } from '../../domain/report.ts';
import type { PlannedQuestion } from '../../session/view/session-event.ts';
import { answeredByPerson, fold } from '../../session/view/view.ts';
import { type AppState, leave, type Next, openQuestion } from './app-state.ts';
import { choose } from './choosing.ts';
import type { Intent } from './keys.ts';

type HandAnswer = PlannedQuestion['answers'][number];

/** A way back: to a question of the path, or, behind the last of them, to the target. */
export type WayBack = { readonly kind: 'question'; readonly step: Step } | { readonly kind: 'target' };

/** A person's word in place of a probe; `measured`: what the probe says. */
export type Otherwise = { readonly kind: 'measured'; readonly step: Step } | ({ readonly kind: 'given' } & HandAnswer);

/** Where one can go back to, in the order of the path; a recorded run has no other target. */
export function waysBack({ view, isReplay }: AppState): readonly WayBack[] {
  const questions = view.steps.map((step): WayBack => ({ kind: 'question', step }));
  return isReplay ? questions : [...questions, { kind: 'target' }];
}

/** What the question that was chosen can be answered; the probe's own answer first. */
export function answersFor({ view, backTo }: AppState): readonly Otherwise[] {
  const step = view.steps.find(({ id }) => id === backTo);
  if (step === undefined) return [];
  const now = step.outcome;
  const measured = measuredOf(step);
  const answers = view.plan.find(({ id }) => id === backTo)?.answers ?? [];
  return [
    { kind: 'measured', step },
    ...answers
      .filter(({ outcomes }) => !outcomes.includes(now) && (measured === null || !outcomes.includes(measured)))
      .map((answer): Otherwise => ({ kind: 'given', ...answer })),
  ];
}

/** What the probe of a question said, whatever a person said; null for nothing. */
export function measuredOf({ outcome, byHand }: Step): string | null {
  return byHand === undefined ? outcome : byHand.measured;
}

/**
 * To a question of the path, on the evidence that is there: which one is asked, the last that a person answered first.
 * While probes are at work, to the last question that a person answered; where there is none, to the target.
 */
export function back(state: AppState): Next {
  const { view, failed } = state;
  const isListed = failed === null && view.steps.length > 0 && (view.report !== null || openQuestion(state) !== null);
  const last = answeredByPerson(view).at(-1);
  if (isListed) {
    const focus = last === undefined ? view.steps.length - 1 : view.steps.indexOf(last);
    return { state: { ...state, overlay: 'back', focus }, effects: [] };
  }
  return failed === null && last !== undefined ? takeBack(state, last.id, null) : leave(state);
}

/** Keys while the questions to go back to are listed. */
export function onBackTo(state: AppState, intent: Intent): Next {
  if (intent.kind === 'back') return stay({ ...state, overlay: null, focus: 0 });
  const ways = waysBack(state);
  const { moved, isChosen } = choose(state, intent, ways.length);
  const way = ways[moved.focus];
  if (!isChosen || way === undefined) return stay(moved);
  if (way.kind === 'target') return leave({ ...moved, overlay: null });
  const { id } = way.step;
  if (answeredByPerson(state.view).includes(way.step)) return takeBack(moved, id, null);
  return stay({ ...moved, overlay: 'otherwise', backTo: id, focus: 0 });
}

/** Keys while a question of a probe is answered by hand. */
export function onOtherwise(state: AppState, intent: Intent): Next {
  const answers = answersFor(state);
  if (intent.kind === 'back' || answers.length === 0) {
    const focus = Math.max(
      0,
      state.view.steps.findIndex(({ id }) => id === state.backTo),
    );
    return stay({ ...state, overlay: 'back', focus });
  }
  const { moved, isChosen } = choose(state, intent, answers.length);
  const answer = answers[moved.focus];
  if (!isChosen || answer === undefined || state.backTo === null) return stay(moved);
  if (answer.kind === 'given') return takeBack(moved, state.backTo, answer.outcomes[0] ?? null);
  // Nothing was said by hand, and nothing is to be taken back.
  if (answer.step.byHand === undefined) return stay({ ...state, overlay: null, focus: 0 });
  return takeBack(moved, state.backTo, null);
}

function takeBack(state: AppState, id: string, answer: string | null): Next {
  const view = fold(state.view, { kind: 'walk-restarted' });
  return {
    state: { ...state, view, overlay: null, backTo: null, answering: null, giving: null, focus: 0, scroll: 0 },
    effects: [{ kind: 'take-back', id, answer, input: null }],
  };
}

function stay(state: AppState): Next {
  return { state, effects: [] };
}
