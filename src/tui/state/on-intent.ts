import { fold } from '../../session/view/view.ts';
import type { Judgement } from '../theme/theme.tsx';
import { type AppState, begin, givenNow, leave, type Next, openQuestion } from './app-state.ts';
import { back, onBackTo, onOtherwise } from './back-to.ts';
import { choose, scrolled } from './choosing.ts';
import { onGiving, startGiving } from './giving.ts';
import type { Intent } from './keys.ts';
import { offerOf, onOffer } from './offer.ts';
import { onTarget } from './on-target.ts';
import { isPage, pageAt, pageOfKey, showPage, turnedPage } from './pages.ts';
import { platformsOf } from './platform-tabs.ts';
import { askForFile, onSaving } from './saving.ts';

/** What the reducer needs to know of the outside. */
export type Surroundings = {
  readonly judge: (target: string) => Judgement;
  /** How far the screen of a state can be scrolled, and how many rows a page has. */
  readonly pageOf: (state: AppState) => { readonly maxScroll: number; readonly rows: number };
};

/** Takes a key: the next state, and what is to be started or ended. */
export function onIntent(before: AppState, intent: Intent, around: Surroundings): Next {
  if (before.over !== null) return stay(before);
  // What was said stands until the next key.
  const state = before.said === null ? before : { ...before, said: null };
  if (intent.kind === 'interrupt') return { state: { ...state, over: 'interrupted' }, effects: [{ kind: 'end' }] };
  if (intent.kind === 'quit') return { state: { ...state, over: 'quit' }, effects: [{ kind: 'end' }] };
  if (state.overlay === 'back') return onBackTo(state, intent);
  if (state.overlay === 'otherwise') return onOtherwise(state, intent);
  if (state.overlay === 'offer') return taken(state, onOffer(state, intent));
  if (state.overlay !== null) return onOverlay(state, intent, around);
  if (state.saving !== null) return onSaving(state, intent, state.saving);
  const giving = givenNow(state);
  if (giving !== null) return taken(state, onGiving(state, intent, giving));
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

/** Scrolls, or turns the page; any other key closes. */
function onOverlay(state: AppState, intent: Intent, around: Surroundings): Next {
  const isTabbed = state.overlay === 'platforms' && (intent.kind === 'left' || intent.kind === 'right');
  if (isTabbed) return stay(turned(state, intent.kind === 'left' ? -1 : 1));
  if (state.view.report !== null && isPage(state.overlay)) {
    if (intent.kind === 'copy' || intent.kind === 'copy-step' || intent.kind === 'save')
      return keep(state, intent.kind);
    const page = pageFor(state, intent);
    if (page !== null) return stay(page);
  }
  return stay(scrolled(state, intent, around.pageOf(state)) ?? showPage(state, null));
}

/** The page behind the verdict that a key leads to; null for a key that leads to none. */
function pageFor(state: AppState, intent: Intent): AppState | null {
  switch (intent.kind) {
    case 'next-page':
    case 'right':
      return turnedPage(state, 1);
    case 'left':
      return turnedPage(state, -1);
    case 'number': {
      const page = pageAt(intent.index);
      return page === undefined ? null : showPage(state, page);
    }
    default: {
      const page = pageOfKey(intent.kind);
      return page === null ? null : showPage(state, page === state.overlay ? null : page);
    }
  }
}

function onSymptom(state: AppState, intent: Intent): Next {
  const { moved, isChosen } = choose(state, intent, state.flows.length);
  const flow = state.flows[moved.focus];
  return stay(isChosen && flow !== undefined ? { ...moved, flow: flow.name, screen: 'target' } : moved);
}

function onSession(state: AppState, intent: Intent, around: Surroundings): Next {
  const { report, isWaiting } = state.view;
  const page = report === null ? null : pageFor(state, intent);
  if (page !== null) return stay(page);
  switch (intent.kind) {
    case 'why':
    case 'evidence':
      return stay({ ...state, overlay: intent.kind, scroll: 0 });
    case 'answer':
      return stay(offerOf(state) === null ? state : { ...state, overlay: 'offer', focus: 0 });
    case 'again':
      return report !== null || state.failed !== null ? begin(state) : stay(state);
    case 'other':
      return state.isReplay ? stay(state) : leave({ ...state, target: '' });
    case 'copy':
    case 'copy-step':
    case 'save':
      return keep(state, intent.kind);
    case 'back':
      return back(state);
    default:
      if (isWaiting) return onWaiting(state, intent, around);
      if (report !== null && intent.kind === 'choose') return stay(withoutOffer(state));
      return openQuestion(state) === null
        ? stay(scrolled(state, intent, around.pageOf(state)) ?? state)
        : onQuestion(state, intent);
  }
}

/** The question that could change the verdict is not wanted. */
function withoutOffer(state: AppState): AppState {
  const offer = offerOf(state);
  return offer === null ? state : { ...state, skipped: [...state.skipped, offer.id] };
}

/** Where a question is taken up again, its walk begins anew. */
function taken(before: AppState, { state, effects }: Next): Next {
  const isAgain = effects.some(({ kind }) => kind === 'take-back');
  if (!isAgain || before.view.report === null) return { state, effects };
  return { state: { ...state, view: fold(state.view, { kind: 'walk-restarted' }), scroll: 0 }, effects };
}

/** Takes the report along: to the clipboard, all of it or what is to be done first, or into a file that is asked for. */
function keep(state: AppState, how: 'copy' | 'copy-step' | 'save'): Next {
  const { report } = state.view;
  if (report === null) return stay(state);
  return how === 'save'
    ? stay(askForFile({ ...state, overlay: null }, report))
    : { state, effects: [{ kind: how, report }] };
}

/** Another platform's remedies. */
function turned(state: AppState, by: number): AppState {
  const { report } = state.view;
  const count = report === null ? 0 : platformsOf(report).length;
  return count === 0 ? state : { ...state, tab: (state.tab + by + count) % count };
}

/** Guided: Enter or the space bar lets the question be measured. */
function onWaiting(state: AppState, intent: Intent, around: Surroundings): Next {
  if (intent.kind !== 'choose' && intent.kind !== 'page-down')
    return stay(scrolled(state, intent, around.pageOf(state)) ?? state);
  return { state: { ...state, view: fold(state.view, { kind: 'going-on' }) }, effects: [{ kind: 'go-on' }] };
}

function onQuestion(state: AppState, intent: Intent): Next {
  const asked = openQuestion(state);
  if (asked === null) return stay(state);
  const { moved, isChosen } = choose(state, intent, asked.choices.length);
  const choice = asked.choices[moved.focus];
  if (!isChosen || choice === undefined) return stay(moved);
  if (choice.input !== undefined) return stay(startGiving(moved, asked.id, choice.id, choice.input));
  return {
    state: { ...moved, answering: asked.id },
    effects: [{ kind: 'answer', id: asked.id, choice: choice.id, input: null }],
  };
}

function stay(state: AppState): Next {
  return { state, effects: [] };
}
