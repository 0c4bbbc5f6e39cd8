import type { RefusedInput } from '../../session/view/session-event.ts';
import { printable } from '../../text/printable.ts';
import { type AppState, type Next, openQuestion } from './app-state.ts';
import type { Intent } from './keys.ts';
import { withoutWord } from './without-word.ts';

/** What a person types or pastes along with a choice. */
export type Giving = {
  /** The question. */
  readonly id: string;
  readonly choice: string;
  readonly input: RefusedInput['input'];
  readonly text: string;
  /** The text was put there for the person: what is typed takes its place. */
  readonly isProposed: boolean;
  /** More was pasted than is taken. */
  readonly isCut: boolean;
  /** It was given as it stands, and something was wrong with it. */
  readonly isTried: boolean;
};

/** Of characters; a table of ten thousand sockets is smaller. */
const LONGEST: Readonly<Record<Giving['input'], number>> = { sockets: 1024 * 1024, vantage: 500 };

export function startGiving(state: AppState, id: string, choice: string, input: Giving['input']): AppState {
  const text = input === 'vantage' ? proposed(state) : '';
  return { ...state, giving: { id, choice, input, text, isProposed: text !== '', isCut: false, isTried: false } };
}

/** Takes a key while something is typed or pasted. A paste ends with Enter on an empty line, or Ctrl-D. */
export function onGiving(state: AppState, intent: Intent, giving: Giving): Next {
  const { text, input } = giving;
  switch (intent.kind) {
    case 'text':
      return typed(
        state,
        giving,
        (giving.isProposed ? '' : text) + (input === 'sockets' ? intent.text : printable(intent.text)),
      );
    case 'erase':
      return typed(state, giving, withoutLast(text));
    case 'erase-word':
      return typed(state, giving, withoutWord(text));
    case 'clear':
      return typed(state, giving, '');
    case 'back':
      return withdraw(state, giving);
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
  const next = {
    ...giving,
    text: text.slice(0, longest),
    isProposed: false,
    isCut: text.length > longest,
    isTried: false,
  };
  return { state: { ...state, giving: next }, effects: [] };
}

function give(state: AppState, giving: Giving): Next {
  if (giving.text.trim() === '') return { state, effects: [] };
  const { id, choice, text: input } = giving;
  const next = { ...state, answering: id, giving: { ...giving, isTried: true } };
  // Behind a verdict the question is not open: it is taken up again with its answer.
  if (openQuestion(state) === null) return { state: next, effects: [{ kind: 'take-back', id, answer: choice, input }] };
  return { state: next, effects: [{ kind: 'answer', id, choice, input }] };
}

/** Nothing is given. A question that waits for it alone has the answer that stood before, and the verdict comes back. */
function withdraw(state: AppState, giving: Giving): Next {
  const asked = openQuestion(state);
  const next = { ...state, giving: null };
  if (asked === null || !giving.isTried) return { state: next, effects: [] };
  const effect = { kind: 'answer', id: asked.id, choice: asked.unattended, input: null } as const;
  return { state: { ...next, answering: asked.id }, effects: [effect] };
}

/** The target is known, and often is where one can log in. */
function proposed({ view }: AppState): string {
  const host = view.report?.target.host ?? view.address;
  return host == null ? '' : `ssh://${host.includes(':') ? `[${host}]` : host}`;
}

/** Without its last character, which may be one of two units. */
function withoutLast(text: string): string {
  return text.slice(0, /[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(-2)) ? -2 : -1);
}
