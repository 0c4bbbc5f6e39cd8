import type { Owner } from '../../domain/verdict.ts';
import type { AskView } from '../../session/view/view.ts';
import type { AppState, Next } from './app-state.ts';
import { choose } from './choosing.ts';
import { startGiving } from './giving.ts';
import type { Intent } from './keys.ts';

/** A cause that is measured and lies with one of them stays what it is, whatever somebody sees on the target. */
const ELSEWHERE: readonly Owner[] = ['path', 'this-machine', 'resolver'];

/**
 * The question whose answer could still change the verdict: it was passed with nobody's answer, another one leads
 * elsewhere, and what it leads to is not excluded. null where there is none, or the person does not want it.
 */
export function offerOf({ view, skipped }: AppState): AskView | null {
  const { report, asks, steps } = view;
  if (report === null) return null;
  const { diagnosis, ruledOut, verdict } = report;
  if (verdict !== 'healthy' && diagnosis.confidence === 'certain' && ELSEWHERE.includes(diagnosis.owner)) return null;
  // What is ruled out for this machine, which gets through, may still keep others out.
  const excluded = verdict === 'healthy' ? [] : ruledOut.map(({ code }) => code);
  const settled = new Set([diagnosis.code, ...excluded]);
  return (
    asks.findLast(
      ({ id, unattended, couldBe }) =>
        !skipped.includes(id) &&
        couldBe.some((code) => !settled.has(code)) &&
        steps.some((step) => step.id === id && step.outcome === unattended),
    ) ?? null
  );
}

/** The answers to it: all but the one that stands. */
export function offeredChoices({ choices, unattended }: AskView): AskView['choices'] {
  return choices.filter(({ id }) => id !== unattended);
}

/** Keys while the answers to it are listed. */
export function onOffer(state: AppState, intent: Intent): Next {
  const offer = offerOf(state);
  if (offer === null || intent.kind === 'back') return { state: { ...state, overlay: null, focus: 0 }, effects: [] };
  const choices = offeredChoices(offer);
  const { moved, isChosen } = choose(state, intent, choices.length);
  const choice = choices[moved.focus];
  if (!isChosen || choice === undefined) return { state: moved, effects: [] };
  const closed = { ...moved, overlay: null, focus: 0 };
  if (choice.input !== undefined) return { state: startGiving(closed, offer.id, choice.id, choice.input), effects: [] };
  return { state: closed, effects: [{ kind: 'take-back', id: offer.id, answer: choice.id, input: null }] };
}
