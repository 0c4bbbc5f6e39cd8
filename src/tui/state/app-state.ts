import type { Report } from '../../evidence/report/report.ts';
import type { SessionMessage } from '../../session/live/session-client.ts';
import { type AskView, EMPTY_VIEW, fold, type SessionView } from '../../session/view/view.ts';
import type { Giving } from './giving.ts';
import type { Said, Saving } from './saving.ts';

export type FlowChoice = { readonly name: string; readonly title: string };

/**
 * What lies over the screen. `back`: to which question? `otherwise`: what a person says in place of its probe. `offer`:
 * the answers to a question that could change the verdict. The others are pages.
 */
export type Overlay =
  | 'help'
  | 'why'
  | 'evidence'
  | 'hops'
  | 'tree'
  | 'sockets'
  | 'platforms'
  | 'back'
  | 'otherwise'
  | 'offer';

export type AppState = {
  readonly screen: 'symptom' | 'target' | 'session';
  readonly flows: readonly FlowChoice[];
  /** Targets of earlier runs, the latest first. */
  readonly recents: readonly string[];
  /** Told at the start, whatever the user does. */
  readonly note: string | null;
  /** Whether a recorded run is shown: then there is no other target. */
  readonly isReplay: boolean;
  /** Index into the list that is shown: flows, or the choices of a question. */
  readonly focus: number;
  readonly flow: string;
  readonly target: string;
  /** The recent target that was taken into the field; null for none. */
  readonly recent: number | null;
  /** What is wrong with the target, once the user said that it is finished. */
  readonly problem: string | null;
  readonly view: SessionView;
  /** The question whose answer is on its way. */
  readonly answering: string | null;
  readonly failed: string | null;
  readonly overlay: Overlay | null;
  /** The question that is answered in place of its probe; null for none. */
  readonly backTo: string | null;
  /** The file that the report is to be saved in; null while nobody asks. */
  readonly saving: Saving | null;
  /** What is typed or pasted along with a choice; null while nothing is. */
  readonly giving: Giving | null;
  /** Questions that could change the verdict and that the person does not want. */
  readonly skipped: readonly string[];
  /** What became of the last copy or file. */
  readonly said: Said | null;
  /** Of the remedies by platform, the one that is shown. */
  readonly tab: number;
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
  | { readonly kind: 'go-on' }
  | { readonly kind: 'answer'; readonly id: string; readonly choice: string; readonly input: string | null }
  | { readonly kind: 'take-back'; readonly id: string; readonly answer: string | null; readonly input: string | null }
  | { readonly kind: 'copy'; readonly report: Report }
  | { readonly kind: 'copy-step'; readonly report: Report }
  | { readonly kind: 'save'; readonly report: Report; readonly file: string; readonly replace: boolean }
  | { readonly kind: 'end' };

export type Next = { readonly state: AppState; readonly effects: readonly Effect[] };

/** The complaint that most people come with. */
const USUAL_FLOW = 'reachability';

export type StartOptions = {
  readonly flows: readonly FlowChoice[];
  readonly flow: string | null;
  readonly target: string | null;
  readonly recents: readonly string[];
  readonly note: string | null;
  readonly isReplay: boolean;
};

/** The wizard at its start: it asks for what the command line left open. */
export function initialState(options: StartOptions): Next {
  const flows = usualFirst(options.flows);
  const flow = options.flow ?? USUAL_FLOW;
  const base: AppState = {
    screen: options.flow === null ? 'symptom' : 'target',
    flows,
    recents: options.recents,
    note: options.note,
    isReplay: options.isReplay,
    focus: Math.max(
      0,
      flows.findIndex(({ name }) => name === flow),
    ),
    flow,
    target: options.target ?? '',
    recent: null,
    problem: null,
    view: EMPTY_VIEW,
    answering: null,
    failed: null,
    overlay: null,
    backTo: null,
    saving: null,
    giving: null,
    skipped: [],
    said: null,
    tab: 0,
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
      // What is given with an answer that is on its way may be of no use, and is then asked for again as it stands.
      return state.giving?.id === event.id
        ? { ...next, focus: 0 }
        : { ...next, focus: 0, answering: null, giving: null };
    case 'input-refused':
      return { ...next, answering: null };
    case 'node-answered':
      return state.giving?.id === event.step.id ? { ...next, giving: null, answering: null } : next;
    case 'concluded':
      return { ...next, scroll: state.overlay === null ? 0 : state.scroll, tab: 0, answering: null };
    case 'started':
    case 'walk-restarted':
    case 'address-chosen':
    case 'probe-started':
    case 'probe-progress':
    case 'probe-finished':
    case 'node-entered':
    case 'waiting':
    case 'going-on':
    case 'named':
      return next;
  }
}

/** Whether letters are text now. */
export function isTyping(state: AppState): boolean {
  if (state.overlay !== null || state.over !== null) return false;
  return state.saving !== null || state.screen === 'target' || givenNow(state) !== null;
}

/** Whether several lines are one text now. */
export function isPasting(state: AppState): boolean {
  return isTyping(state) && givenNow(state)?.input === 'sockets';
}

/** What is typed or pasted with a choice of the question that waits; null where none is. */
export function givenNow(state: AppState): Giving | null {
  const { giving, answering, screen, view } = state;
  if (screen !== 'session' || giving === null || answering === giving.id) return null;
  return view.report !== null || openQuestion(state) !== null ? giving : null;
}

/** The question that a person can answer now. */
export function openQuestion(state: AppState): AskView | null {
  const { asked } = state.view;
  return asked !== null && asked.id !== state.answering ? asked : null;
}

/** Whether probes are at work. */
export function isRunning(state: AppState): boolean {
  return (
    state.screen === 'session' &&
    state.failed === null &&
    state.view.report === null &&
    !state.view.isWaiting &&
    openQuestion(state) === null
  );
}

/** The verdict that the same question had the last time; null where there was none. */
export function earlierReport({ earlier, view: { report } }: AppState): Report | null {
  if (report === null) return null;
  return earlier.findLast(({ target, flow }) => target.input === report.target.input && flow === report.flow) ?? null;
}

/** Leaves the session for the target, whose text stays; a recorded run has no other. */
export function leave(state: AppState): Next {
  if (state.isReplay) return { state, effects: [] };
  return { state: { ...withoutRun(state), screen: 'target' }, effects: [{ kind: 'end' }] };
}

/** Starts a session on the target; one that is there ends. */
export function begin(state: AppState): Next {
  const end: readonly Effect[] = state.screen === 'session' ? [{ kind: 'end' }] : [];
  const target = state.target.trim();
  const recents = state.isReplay ? [] : [target, ...state.recents.filter((recent) => recent !== target)];
  return {
    state: { ...withoutRun(state), screen: 'session', recents, runs: state.runs + 1 },
    effects: [...end, { kind: 'start', target, flow: state.flow }],
  };
}

function withoutRun(state: AppState): AppState {
  const { report } = state.view;
  return {
    ...state,
    view: EMPTY_VIEW,
    earlier: report === null ? state.earlier : [...state.earlier, report],
    answering: null,
    giving: null,
    skipped: [],
    failed: null,
    problem: null,
    recent: null,
    said: null,
    tab: 0,
    scroll: 0,
    focus: 0,
  };
}

function usualFirst(flows: readonly FlowChoice[]): readonly FlowChoice[] {
  return flows.toSorted((a, b) => Number(b.name === USUAL_FLOW) - Number(a.name === USUAL_FLOW));
}
