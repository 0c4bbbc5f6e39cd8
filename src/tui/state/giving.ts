import type { RefusedInput } from '../../session/view/session-event.ts';
import { printable } from '../../text/printable.ts';
import { type AppState, type Next, openQuestion } from './app-state.ts';
import type { Intent } from './keys.ts';

/** What a person types or pastes along with a choice. */
export type Giving = {
  readonly choice: string;
  readonly input: RefusedInput['input'];
  readonly text: string;
  /** More was pasted than is taken. */
  readonly isCut: boolean;
  /** It was given as it stands, and something was wrong with it. */
  readonly isTried: boolean;
};

/** Of characters; a table of ten thousand sockets is smaller. */
const LONGEST: Readonly<Record<Giving['input'], number>> = { sockets: 1024 * 1024, vantage: 500 };

export function startGiving(state: AppState, choice: string, input: Giving['input']): AppState {
  return { ...state, giving: { choice, input, text: '', isCut: false, isTried: false } };
}

/** Takes a key while something is typed or pasted. A paste ends with Enter on an empty line, or Ctrl-D. */
export function onGiving(state: AppState, intent: Intent, giving: Giving): Next {
  const { text, input } = giving;
  switch (intent.kind) {
    case 'text':
      return typed(state, giving, text + (input === 'sockets' ? intent.text : printable(intent.text)));
    case 'erase':
      return typed(state, giving, withoutLast(text));
    case 'clear':
      return typed(state, giving, '');
    case 'back':
      return { state: { ...state, giving: null }, effects: [] };
    case 'choose':
      if (input === 'vantage' || text.endsWith('\n')) return give(state, giving);
      return text === '' ? { state, effects: [] } : typed(state, giving, `${text}\n`);
    case 'finish':
      return give(state, giving);
    default:
      return { state, effects: [] };
  }
}

function typed(state: AppState, giving: Giving, text: string): Next {
  const longest = LONGEST[giving.input];
  const next = { ...giving, text: text.slice(0, longest), isCut: text.length > longest, isTried: false };
  return { state: { ...state, giving: next }, effects: [] };
}

function give(state: AppState, giving: Giving): Next {
  const asked = openQuestion(state);
  if (asked === null || giving.text.trim() === '') return { state, effects: [] };
  const { choice, text: input } = giving;
  return {
    state: { ...state, answering: asked.id, giving: { ...giving, isTried: true } },
    effects: [{ kind: 'answer', id: asked.id, choice, input }],
  };
}

/** Without its last character, which may be one of two units. */
function withoutLast(text: string): string {
  return text.slice(0, /[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(-2)) ? -2 : -1);
}
