import type { Report } from '../domain/report.ts';
import type { SessionMessage } from '../session/session-client.ts';
import { type AskView, EMPTY_VIEW, fold, type SessionView } from '../session/view.ts';

export type FlowChoice = { readonly name: string; readonly title: string };

export type Overlay = 'help' | 'why' | 'evidence';

export type AppState = {
  readonly screen: 'symptom' | 'target' | 'session';
  readonly flows: readonly FlowChoice[];
  /** Index into the list that is shown: flows, or the choices of a question. */
  readonly focus: number;
  readonly flow: string;
  readonly target: string;
  /** What is wrong with the target, once the user said that it is finished. */
  readonly problem: string | null;
  readonly view: SessionView;
  /** The question whose answer is on its way. */
  readonly answering: string | null;
  readonly failed: string | null;
  readonly overlay: Overlay | null;
  /** Rows that are scrolled out at the top. */
  readonly scroll: number;
  /** Counts the sessions that were started. */
  readonly runs: number;
  /** Verdicts that were left for another run, oldest first. */
  readonly earlier: readonly Report[];
  readonly over: 'quit' | 'interrupted' | null;
};

/** What the shell round the state must do: the state itself starts and ends nothing. */
export type Effect =
  | { readonly kind: 'start'; readonly target: string; readonly flow: string }
  | { readonly kind: 'answer'; readonly id: string; readonly choice: string }
  | { readonly kind: 'take-back'; readonly id: string }
  | { readonly kind: 'end' };

export type Next = { readonly state: AppState; readonly effects: readonly Effect[] };

/** The complaint that most people come with. */
const USUAL_FLOW = 'reachability';

/** The wizard at its start: it asks for what the command line left open. */
export function initialState(options: {
  readonly flows: readonly FlowChoice[];
  readonly flow: string | null;
  readonly target: string | null;
}): Next {
  const flows = usualFirst(options.flows);
  const flow = options.flow ?? USUAL_FLOW;
  const base: AppState = {
    screen: options.flow === null ? 'symptom' : 'target',
    flows,
    focus: Math.max(
      0,
      flows.findIndex(({ name }) => name === flow),
    ),
    flow,
    target: options.target ?? '',
    problem: null,
    view: EMPTY_VIEW,
    answering: null,
    failed: null,
    overlay: null,
    scroll: 0,
    runs: 0,
    earlier: [],
    over: null,
  };
  return options.target === null ? { state: base, effects: [] } : begin(base);
}

/** Takes a message of the measuring process. */
export function onMessage(state: AppState, message: SessionMessage): AppState {
  if (state.screen !== 'session') return state;
  if (message.kind === 'failed') return state.view.report === null ? { ...state, failed: message.message } : state;
  const { event } = message;
  const next = { ...state, view: fold(state.view, event) };
  switch (event.kind) {
    case 'asked':
      return { ...next, focus: 0, answering: null };
    case 'concluded':
      return { ...next, scroll: state.overlay === null ? 0 : state.scroll, answering: null };
    default:
      return next;
  }
}

/** Whether letters are text now. */
export function isTyping(state: AppState): boolean {
  return state.screen === 'target' && state.overlay === null && state.over === null;
}

/** The question that a person can answer now. */
export function openQuestion(state: AppState): AskView | null {
  const { asked } = state.view;
  return asked !== null && asked.id !== state.answering ? asked : null;
}

/** Whether probes are at work. */
export function isRunning(state: AppState): boolean {
  return (
    state.screen === 'session' && state.failed === null && state.view.report === null && openQuestion(state) === null
  );
}

/** Leaves the session for the target, whose text stays. */
export function leave(state: AppState): Next {
  return { state: { ...withoutRun(state), screen: 'target' }, effects: [{ kind: 'end' }] };
}

/** Starts a session on the target; one that is there ends. */
export function begin(state: AppState): Next {
  const end: readonly Effect[] = state.screen === 'session' ? [{ kind: 'end' }] : [];
  return {
    state: { ...withoutRun(state), screen: 'session', runs: state.runs + 1 },
    effects: [...end, { kind: 'start', target: state.target.trim(), flow: state.flow }],
  };
}

function withoutRun(state: AppState): AppState {
  const { report } = state.view;
  return {
    ...state,
    view: EMPTY_VIEW,
    earlier: report === null ? state.earlier : [...state.earlier, report],
    answering: null,
    failed: null,
    problem: null,
    scroll: 0,
    focus: 0,
  };
}

function usualFirst(flows: readonly FlowChoice[]): readonly FlowChoice[] {
  return flows.toSorted((a, b) => Number(b.name === USUAL_FLOW) - Number(a.name === USUAL_FLOW));
}
