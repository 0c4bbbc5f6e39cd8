import { fold, lastAnswered } from '../session/view.ts';
import { type AppState, begin, leave, type Next, openQuestion } from './app-state.ts';
import type { Intent } from './keys.ts';
import { printable } from './printable.ts';

/** What the reducer needs to know of the outside. */
export type Surroundings = {
  /** What is wrong with a target, null when nothing is. */
  readonly validate: (target: string) => string | null;
  /** How far the screen of a state can be scrolled, and how many rows a page has. */
  readonly pageOf: (state: AppState) => { readonly maxScroll: number; readonly rows: number };
};

/** Far over the longest host name; what a paste brings beyond it is dropped. */
const LONGEST_TARGET = 1000;

/** Takes a key: the next state, and what is to be started or ended. */
export function onIntent(state: AppState, intent: Intent, around: Surroundings): Next {
  if (state.over !== null) return stay(state);
  if (intent.kind === 'interrupt') return { state: { ...state, over: 'interrupted' }, effects: [{ kind: 'end' }] };
  if (state.overlay !== null) return onOverlay(state, intent, around);
  if (intent.kind === 'quit') return { state: { ...state, over: 'quit' }, effects: [{ kind: 'end' }] };
  if (intent.kind === 'help') return stay({ ...state, overlay: 'help', scroll: 0 });
  switch (state.screen) {
    case 'symptom':
      return onSymptom(state, intent);
    case 'target':
      return onTarget(state, intent, around);
    case 'session':
      return onSession(state, intent, around);
  }
}

/** Scrolls; any other key closes. */
function onOverlay(state: AppState, intent: Intent, around: Surroundings): Next {
  return stay(scrolled(state, intent, around) ?? { ...state, overlay: null, scroll: 0 });
}

function onSymptom(state: AppState, intent: Intent): Next {
  const { moved, isChosen } = choose(state, intent, state.flows.length);
  const flow = state.flows[moved.focus];
  return stay(isChosen && flow !== undefined ? { ...moved, flow: flow.name, screen: 'target' } : moved);
}

function onTarget(state: AppState, intent: Intent, { validate }: Surroundings): Next {
  switch (intent.kind) {
    case 'text':
      return stay(typed(state, `${state.target}${printable(intent.text)}`.slice(0, LONGEST_TARGET), validate));
    case 'erase':
      return stay(typed(state, [...state.target].slice(0, -1).join(''), validate));
    case 'clear':
      return stay(typed(state, '', validate));
    case 'back':
      return stay({ ...state, screen: 'symptom', focus: focusOfFlow(state), problem: null });
    case 'choose': {
      const problem = validate(state.target);
      return problem === null ? begin(state) : stay({ ...state, problem });
    }
    default:
      return stay(state);
  }
}

function focusOfFlow(state: AppState): number {
  return Math.max(
    0,
    state.flows.findIndex(({ name }) => name === state.flow),
  );
}

/** Half a target is always wrong: what is wrong with it is told after Enter, and from then on as one types. */
function typed(state: AppState, target: string, validate: Surroundings['validate']): AppState {
  return { ...state, target, problem: state.problem === null ? null : validate(target) };
}

function onSession(state: AppState, intent: Intent, around: Surroundings): Next {
  switch (intent.kind) {
    case 'why':
    case 'evidence':
      return stay({ ...state, overlay: intent.kind, scroll: 0 });
    case 'again':
      return state.view.report !== null || state.failed !== null ? begin(state) : stay(state);
    case 'other':
      return leave({ ...state, target: '' });
    case 'back':
      return back(state);
    default:
      return openQuestion(state) === null ? stay(scrolled(state, intent, around) ?? state) : onQuestion(state, intent);
  }
}

function onQuestion(state: AppState, intent: Intent): Next {
  const asked = openQuestion(state);
  if (asked === null) return stay(state);
  const { moved, isChosen } = choose(state, intent, asked.choices.length);
  const choice = asked.choices[moved.focus];
  if (!isChosen || choice === undefined) return stay(moved);
  return {
    state: { ...moved, answering: asked.id },
    effects: [{ kind: 'answer', id: asked.id, choice: choice.id }],
  };
}

/** To the last question that a person answered, on the evidence that is there; where there is none, to the target. */
function back(state: AppState): Next {
  const id = state.failed === null ? lastAnswered(state.view) : null;
  if (id === null) return leave(state);
  return {
    state: { ...state, view: fold(state.view, { kind: 'walk-restarted' }), answering: null, scroll: 0 },
    effects: [{ kind: 'take-back', id }],
  };
}

/** Moves the focus in a list of `count`. A number moves and chooses at once. */
function choose(state: AppState, intent: Intent, count: number): { moved: AppState; isChosen: boolean } {
  switch (intent.kind) {
    case 'up':
      return { moved: { ...state, focus: (state.focus + count - 1) % count }, isChosen: false };
    case 'down':
      return { moved: { ...state, focus: (state.focus + 1) % count }, isChosen: false };
    case 'number':
      return intent.index < count
        ? { moved: { ...state, focus: intent.index }, isChosen: true }
        : { moved: state, isChosen: false };
    default:
      return { moved: state, isChosen: intent.kind === 'choose' };
  }
}

/** The state after a scrolling key, within what there is to see; null for any other key. */
function scrolled(state: AppState, intent: Intent, around: Surroundings): AppState | null {
  const { maxScroll, rows } = around.pageOf(state);
  // The window may have grown since the last key.
  const now = Math.min(state.scroll, maxScroll);
  const to = (scroll: number) => ({ ...state, scroll: Math.max(0, Math.min(scroll, maxScroll)) });
  switch (intent.kind) {
    case 'up':
      return to(now - 1);
    case 'down':
      return to(now + 1);
    case 'page-up':
      return to(now - Math.max(1, rows - 1));
    case 'page-down':
      return to(now + Math.max(1, rows - 1));
    default:
      return null;
  }
}

function stay(state: AppState): Next {
  return { state, effects: [] };
}
