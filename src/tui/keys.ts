import type { HintName } from './words.ts';

type Plain =
  | 'interrupt'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'choose'
  | 'back'
  | 'quit'
  | 'again'
  | 'other'
  | 'why'
  | 'evidence'
  | 'help'
  | 'erase'
  | 'clear';

/** What a key means; the screen decides what comes of it. */
export type Intent =
  | { readonly kind: Plain }
  | { readonly kind: 'number'; readonly index: number }
  | { readonly kind: 'text'; readonly text: string };

/** The parts of Ink's key that are looked at. */
export type Key = {
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly upArrow?: boolean;
  readonly downArrow?: boolean;
  readonly pageUp?: boolean;
  readonly pageDown?: boolean;
  readonly return?: boolean;
  readonly escape?: boolean;
  readonly backspace?: boolean;
  readonly delete?: boolean;
};

type Special = Exclude<keyof Key, 'ctrl' | 'meta'>;

type Binding = {
  readonly kind: Plain;
  readonly hint: HintName | null;
  readonly special: readonly Special[];
  /** They mean it only while no text field is open. */
  readonly letters: readonly string[];
  /** Letters together with Ctrl. */
  readonly ctrl: readonly string[];
};

/** Every key: for the handler, for the line at the bottom and for the help. */
const BINDINGS: readonly Binding[] = [
  { kind: 'up', hint: 'move', special: ['upArrow'], letters: ['k'], ctrl: [] },
  { kind: 'down', hint: 'move', special: ['downArrow'], letters: ['j'], ctrl: [] },
  { kind: 'page-up', hint: 'page', special: ['pageUp'], letters: [], ctrl: [] },
  { kind: 'page-down', hint: 'page', special: ['pageDown'], letters: [' '], ctrl: [] },
  { kind: 'choose', hint: 'choose', special: ['return'], letters: [], ctrl: ['j'] },
  { kind: 'back', hint: 'back', special: ['escape'], letters: ['b'], ctrl: [] },
  { kind: 'why', hint: 'why', special: [], letters: ['w'], ctrl: [] },
  { kind: 'evidence', hint: 'evidence', special: [], letters: ['e'], ctrl: [] },
  { kind: 'again', hint: 'again', special: [], letters: ['r'], ctrl: [] },
  { kind: 'other', hint: 'other', special: [], letters: ['n'], ctrl: [] },
  { kind: 'help', hint: 'help', special: [], letters: ['?'], ctrl: [] },
  { kind: 'quit', hint: 'quit', special: [], letters: ['q'], ctrl: [] },
  { kind: 'interrupt', hint: 'interrupt', special: [], letters: [], ctrl: ['c'] },
  // Ink 6 reports the Backspace key as `delete`, Ink 7 as `backspace`.
  { kind: 'erase', hint: null, special: ['delete', 'backspace'], letters: [], ctrl: ['h'] },
  { kind: 'clear', hint: null, special: [], letters: [], ctrl: ['u'] },
];

const NAMES: Readonly<Record<Special, { readonly unicode: string; readonly ascii: string }>> = {
  upArrow: { unicode: '↑', ascii: 'Up' },
  downArrow: { unicode: '↓', ascii: 'Down' },
  pageUp: { unicode: 'PgUp', ascii: 'PgUp' },
  pageDown: { unicode: 'PgDn', ascii: 'PgDn' },
  return: { unicode: 'Enter', ascii: 'Enter' },
  escape: { unicode: 'Esc', ascii: 'Esc' },
  backspace: { unicode: 'Backspace', ascii: 'Backspace' },
  delete: { unicode: 'Backspace', ascii: 'Backspace' },
};

/** Hints that say of the same keys what they do elsewhere. */
const SAME_KEYS: Readonly<Partial<Record<HintName, HintName>>> = { scroll: 'move', start: 'choose' };

/** More characters than this at once are a paste, and no keys. */
const LONGEST_BURST = 8;
const CTRL_C = '\u0003';
/** Control characters that may stand between others when a terminal hands over several key presses at once. */
const IN_A_BURST: Readonly<Record<string, Plain>> = {
  '\r': 'choose',
  '\n': 'choose',
  '\u007f': 'erase',
  '\b': 'erase',
  '\u0015': 'clear',
};

/**
 * The intents of what one read brought: a key, several presses, or a paste. `isTyping` tells whether a text field is
 * open, and is asked again after each intent, as a key may open or close it. Of a paste only the first line counts.
 */
export function* intentsOf(input: string, key: Key, isTyping: () => boolean): Generator<Intent> {
  const kind = BINDINGS.find(
    ({ special, ctrl }) => special.some((name) => key[name]) || (key.ctrl && ctrl.includes(input)),
  )?.kind;
  if (kind !== undefined) yield { kind };
  else if (input.includes(CTRL_C)) yield { kind: 'interrupt' };
  else if (!key.ctrl && !key.meta) yield* intentsOfText(firstLine(input), isTyping);
}

/** How the keys of a hint are written: all of them for the help, the first of each for the line at the bottom. */
export function keysOfHint(hint: HintName, options: { readonly ascii: boolean; readonly typing: boolean }): string[] {
  if (hint === 'number') return options.typing ? [] : ['1-9'];
  const wanted = SAME_KEYS[hint] ?? hint;
  return BINDINGS.filter((binding) => binding.hint === wanted).flatMap(({ special, letters, ctrl }) => [
    ...special.map((name) => (options.ascii ? NAMES[name].ascii : NAMES[name].unicode)),
    ...(options.typing ? [] : letters.map((letter) => (letter === ' ' ? 'Space' : letter))),
    ...(hint === 'interrupt' ? ctrl.map((letter) => `Ctrl-${letter.toUpperCase()}`) : []),
  ]);
}

function* intentsOfText(input: string, isTyping: () => boolean): Generator<Intent> {
  for (const part of input.replaceAll('\r\n', '\r').split(/(\p{Cc})/u)) {
    const kind = IN_A_BURST[part];
    if (kind !== undefined) yield { kind };
    else if (part !== '' && !/\p{Cc}/u.test(part)) yield* intentsOfLetters(part, isTyping);
  }
}

function* intentsOfLetters(text: string, isTyping: () => boolean): Generator<Intent> {
  let rest = text;
  if (!isTyping() && text.length > LONGEST_BURST) return;
  for (const letter of text) {
    if (isTyping()) {
      yield { kind: 'text', text: rest };
      return;
    }
    rest = rest.slice(letter.length);
    const intent = intentOfLetter(letter);
    if (intent !== null) yield intent;
  }
}

function intentOfLetter(letter: string): Intent | null {
  if (/^[1-9]$/u.test(letter)) return { kind: 'number', index: Number(letter) - 1 };
  const kind = BINDINGS.find(({ letters }) => letters.includes(letter.toLowerCase()))?.kind;
  return kind === undefined ? null : { kind };
}

/** Lines after the first would be taken for keys; a break at the end alone is the Enter key. */
function firstLine(input: string): string {
  const lines = input.split(/\r\n|\r|\n/u);
  const isSeveral = lines.slice(1).some((line) => line !== '');
  return isSeveral ? (lines[0] ?? '') : input;
}
