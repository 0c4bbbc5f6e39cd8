import { textWidth } from '../../text/text-width.ts';
import { type AppState, givenNow, isTyping, openQuestion } from '../state/app-state.ts';
import { isPage } from '../state/pages.ts';
import { keysOfHint } from '../theme/key-bindings.ts';
import { fitRow, type Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import type { HintName } from '../words/words.ts';

const BETWEEN = '  ';
/** Of their keys the letters go without saying. */
const MOVES: readonly HintName[] = ['move', 'scroll', 'page', 'tab', 'recent', 'ends'];
/** They are there however narrow the window is. */
const ALWAYS: readonly HintName[] = ['help', 'quit', 'interrupt'];

/** The keys that mean something now, in one line: the most useful first, as many as there is room for. */
export function hintRow(state: AppState, { words, ascii, plain, bindings }: Theme, columns: number): Row {
  const typing = isTyping(state);
  const hints = hintsOf(state).map((name) => {
    const keys = keysOfHint(name, { ascii, typing, bindings });
    const shown = MOVES.includes(name) ? keys.filter((key) => !/^(?:[A-Za-z]|Ctrl-.)$/u.test(key)) : keys;
    return { name, text: plain(`${shown.join('/')} ${words.hints[name]}`) };
  });
  const width = (texts: readonly string[]) => textWidth(texts.join(BETWEEN));
  const always = hints.filter(({ name }) => ALWAYS.includes(name));
  const kept = new Set(always);
  for (const hint of hints) {
    const wouldBe = hints.filter((other) => kept.has(other) || other === hint);
    if (width(wouldBe.map(({ text }) => text)) <= columns) kept.add(hint);
  }
  const texts = hints.filter((hint) => kept.has(hint)).map(({ text }) => text);
  return fitRow([{ text: texts.join(BETWEEN), tone: 'dim' }], columns, ascii);
}

function hintsOf(state: AppState): readonly HintName[] {
  if (state.overlay === 'back' || state.overlay === 'otherwise') return ['choose', 'back', 'move', 'number', 'quit'];
  if (state.overlay === 'offer') return ['choose', 'back', 'move', 'number', 'quit'];
  if (isPage(state.overlay) && state.view.report !== null) {
    const tab: readonly HintName[] = state.overlay === 'platforms' ? ['tab'] : [];
    return ['scroll', ...tab, 'pages', 'back', 'copy-step', 'copy', 'save', 'help', 'quit'];
  }
  if (state.overlay !== null) return ['scroll', 'back', 'page', 'quit'];
  if (state.saving !== null) return ['write', 'back', 'interrupt'];
  const giving = givenNow(state);
  if (giving !== null) return [giving.input === 'sockets' ? 'finish' : 'choose', 'back', 'interrupt'];
  switch (state.screen) {
    case 'symptom':
      return ['move', 'choose', 'number', 'help', 'quit'];
    case 'target':
      return ['start', ...(state.recents.length > 0 ? (['recent'] as const) : []), 'back', 'interrupt'];
    case 'session':
      return hintsOfSession(state);
  }
}

function hintsOfSession(state: AppState): readonly HintName[] {
  const { view, isReplay } = state;
  if (state.failed !== null) return ['again', 'back', 'help', 'quit'];
  if (view.report !== null) {
    const other: readonly HintName[] = isReplay ? [] : ['other'];
    const pages = ['why', 'evidence', 'hops', 'tree', 'platforms'] as const;
    return [...pages, 'copy-step', 'again', 'save', ...other, 'back', 'copy', 'pages', 'help', 'quit'];
  }
  if (view.isWaiting) return ['go-on', 'why', 'back', 'help', 'quit'];
  if (openQuestion(state) !== null) return ['move', 'choose', 'number', 'why', 'back', 'help', 'quit'];
  return ['why', 'back', 'help', 'quit'];
}
