import type { SessionMessage } from '../session/session-client.ts';
import { EMPTY_VIEW, fold, type SessionView } from '../session/view.ts';
import type { Intent } from './keys.ts';
import { printable } from './printable.ts';

export type FlowChoice = { readonly name: string; readonly title: string };

export type Overlay = 'help' | 'why' | 'evidence';

export type AppState = {
  readonly screen: 'symptom' | 'target' | 'session';
  readonly flows: readonly FlowChoice[];
  /** Index into the list that is shown: flows, or the choices of a question. */
  readonly focus: number;
  readonly flow: string;
  readonly target: string;
  readonly problem: string | null;
  readonly view: SessionView;
  readonly failed: string | null;
  readonly overlay: Overlay | null;
  readonly scroll: number;
  readonly over: 'quit' | 'interrupted' | null;
};

/** What the shell round the state must do: the state itself starts and ends nothing. */
export type Effect =
  | { readonly kind: 'start'; readonly target: string; readonly flow: string }
  | { readonly kind: 'answer'; readonly id: string; readonly choice: string }
  | { readonly kind: 'take-back'; readonly id: string }
  | { readonly kind: 'end' };

export type Next = { readonly state: AppState; readonly effects: readonly Effect[] };

const LONGEST_TARGET = 2000;
const PAGE = 10;

export function initialState(options: {
  readonly flows: readonly FlowChoice[];
  readonly flow: string | null;
  readonly target: string | null;
}): Next {
  const base: AppState = {
    screen: 'symptom',
    flows: options.flows,
    focus: Math.max(
      0,
      options.flows.findIndex(({ name }) => name === (options.flow ?? 'reachability')),
    ),
    flow: options.flow ?? 'reachability',
    target: options.target ?? '',
    problem: null,
    view: EMPTY_VIEW,
    failed: null,
    overlay: null,
    scroll: 0,
    over: null,
  };
  if (options.target !== null) return begin(base);
  return { state: options.flow === null ? base : { ...base, screen: 'target' }, effects: [] };
}

/** Takes a message of the measuring process. */
export function onMessage(state: AppState, message: SessionMessage): AppState {
  if (state.screen !== 'session') return state;
  if (message.kind === 'failed')
    return state.view.report === null ? { ...state, failed: printable(message.message) } : state;
  const view = fold(state.view, message.event);
  const isNewQuestion = view.asked !== null && state.view.asked === null;
  return { ...state, view, focus: isNewQuestion ? 0 : state.focus };
}

/** Takes a key. `validate` says what is wrong with a target, null when nothing is. */
export function onIntent(state: AppState, intent: Intent, validate: (target: string) => string | null): Next {
  if (intent.kind === 'interrupt') return { state: { ...state, over: 'interrupted' }, effects: [{ kind: 'end' }] };
  if (state.overlay !== null) return onOverlay(state, intent);
  if (intent.kind === 'quit') return { state: { ...state, over: 'quit' }, effects: [{ kind: 'end' }] };
  if (intent.kind === 'help' || intent.kind === 'why' || intent.kind === 'evidence')
    return stay({ ...state, overlay: intent.kind, scroll: 0 });
  switch (state.screen) {
    case 'symptom':
      return onSymptom(state, intent);
    case 'target':
      return onTarget(state, intent, validate);
    case 'session':
      return onSession(state, intent);
  }
}

/** Whether letters are text now. */
export function isTyping(state: AppState): boolean {
  return state.screen === 'target' && state.overlay === null;
}

function onOverlay(state: AppState, intent: Intent): Next {
  if (isScroll(intent)) return stay({ ...state, scroll: scrolled(state.scroll, intent) });
  return stay({ ...state, overlay: null, scroll: 0 });
}

function onSymptom(state: AppState, intent: Intent): Next {
  const moved = moveFocus(state, intent, state.flows.length);
  if (moved !== null && intent.kind !== 'number') return stay(moved);
  if (intent.kind === 'choose' || (intent.kind === 'number' && moved !== null)) {
    const flow = state.flows[(moved ?? state).focus];
    return flow === undefined ? stay(state) : stay({ ...state, flow: flow.name, screen: 'target' });
  }
  return stay(state);
}

function onTarget(state: AppState, intent: Intent, validate: (target: string) => string | null): Next {
  switch (intent.kind) {
    case 'text':
      return stay(typed(state, `${state.target}${printable(intent.text)}`.slice(0, LONGEST_TARGET), validate));
    case 'erase':
      return stay(typed(state, [...state.target].slice(0, -1).join(''), validate));
    case 'back':
      return stay({ ...state, screen: 'symptom', problem: null });
    case 'choose': {
      const problem = validate(state.target);
      return problem === null ? begin(state) : stay({ ...state, problem });
    }
    default:
      return stay(state);
  }
}

/** Says what is wrong as one types, but not before there is enough to judge. */
function typed(state: AppState, target: string, validate: (target: string) => string | null): AppState {
  return { ...state, target, problem: target.length < 3 ? null : validate(target) };
}

function onSession(state: AppState, intent: Intent): Next {
  const { asked, report } = state.view;
  if (asked !== null) {
    const moved = moveFocus(state, intent, asked.choices.length);
    if (moved !== null && intent.kind !== 'number') return stay(moved);
    const choice = asked.choices[(moved ?? state).focus];
    if ((intent.kind === 'choose' || (intent.kind === 'number' && moved !== null)) && choice !== undefined) {
      return {
        state: { ...state, view: { ...state.view, asked: null } },
        effects: [{ kind: 'answer', id: asked.id, choice: choice.id }],
      };
    }
  }
  if (intent.kind === 'again' && (report !== null || state.failed !== null)) return begin(state, true);
  if (intent.kind === 'other') return leave({ ...state, target: '' });
  if (intent.kind === 'back') {
    const answered = lastAnswered(state);
    if (report === null || answered === null) return leave(state);
    return { state: { ...state, scroll: 0 }, effects: [{ kind: 'take-back', id: answered }] };
  }
  if (isScroll(intent)) return stay({ ...state, scroll: scrolled(state.scroll, intent) });
  return stay(state);
}

/** The last question that a person answered; those of probes have outcomes, not choices. */
function lastAnswered(state: AppState): string | null {
  const asked = state.view.askedIds;
  return state.view.steps.findLast(({ id }) => asked.includes(id))?.id ?? null;
}

function leave(state: AppState): Next {
  return {
    state: { ...state, screen: 'target', view: EMPTY_VIEW, failed: null, problem: null, scroll: 0, focus: 0 },
    effects: [{ kind: 'end' }],
  };
}

function begin(state: AppState, isRestart = false): Next {
  const start: Effect = { kind: 'start', target: state.target, flow: state.flow };
  return {
    state: { ...state, screen: 'session', view: EMPTY_VIEW, failed: null, problem: null, scroll: 0, focus: 0 },
    effects: isRestart ? [{ kind: 'end' }, start] : [start],
  };
}

function moveFocus(state: AppState, intent: Intent, count: number): AppState | null {
  switch (intent.kind) {
    case 'up':
      return { ...state, focus: (state.focus + count - 1) % count };
    case 'down':
      return { ...state, focus: (state.focus + 1) % count };
    case 'number':
      return intent.index < count ? { ...state, focus: intent.index } : null;
    default:
      return null;
  }
}

function isScroll(intent: Intent): boolean {
  return intent.kind === 'up' || intent.kind === 'down' || intent.kind === 'page-up' || intent.kind === 'page-down';
}

function scrolled(scroll: number, intent: Intent): number {
  switch (intent.kind) {
    case 'up':
      return Math.max(0, scroll - 1);
    case 'down':
      return scroll + 1;
    case 'page-up':
      return Math.max(0, scroll - PAGE);
    case 'page-down':
      return scroll + PAGE;
    default:
      return scroll;
  }
}

function stay(state: AppState): Next {
  return { state, effects: [] };
}
