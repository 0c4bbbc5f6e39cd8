import type { Binding, Key, Plain } from '../theme/key-bindings.ts';

/** What a key means; the screen decides what comes of it. */
export type Intent =
  | { readonly kind: Plain }
  | { readonly kind: 'number'; readonly index: number }
  | { readonly kind: 'text'; readonly text: string };

/** More characters than this at once are a paste, and no keys. */
const LONGEST_BURST = 8;
const CTRL_C = '\u0003';
/** Control characters that may stand between others when a terminal hands over several key presses at once. */
const IN_A_BURST: Readonly<Record<string, Plain>> = {
  '\r': 'choose',
  '\n': 'choose',
  '\t': 'next-page',
  '\u007f': 'erase',
  '\b': 'erase',
  '\u0015': 'clear',
};

/**
 * The intents of what one read brought: a key, several presses, or a paste. `isTyping` tells whether a text field is
 * open, and is asked again after each intent, as a key may open or close it. Of a paste only the first line counts;
 * a slow line hands over what was pressed one after the other, Enter and all, in one read.
 */
export function* intentsOf(
  input: string,
  key: Key,
  isTyping: () => boolean,
  bindings: readonly Binding[],
  isPasting: () => boolean = () => false,
): Generator<Intent> {
  const isControl = (letters: readonly string[] = []) => key.ctrl === true && letters.includes(input);
  const kind = bindings.find(
    ({ special = [], ctrl, ctrlUntyped }) =>
      special.some((name) => key[name]) || isControl(ctrl) || (isControl(ctrlUntyped) && !isTyping()),
  )?.kind;
  if (kind !== undefined) yield { kind };
  else if (input.includes(CTRL_C)) yield { kind: 'interrupt' };
  else if (key.ctrl || key.meta) return;
  else if (isPasting()) yield* intentsOfPaste(input);
  else yield* intentsOfText(isBurst(input, isTyping()) ? input : firstLine(input), isTyping, bindings);
}

/** Everything is text, but an erasing key. */
function* intentsOfPaste(input: string): Generator<Intent> {
  const kind = IN_A_BURST[input];
  if (kind === 'erase' || kind === 'clear') yield { kind };
  else if (/^\r{1,8}$/u.test(input)) for (const _ of input) yield { kind: 'choose' };
  else yield { kind: 'text', text: input.replace(/\r\n?|\u2028/gu, '\n') };
}

function* intentsOfText(input: string, isTyping: () => boolean, bindings: readonly Binding[]): Generator<Intent> {
  for (const part of input.replaceAll('\r\n', '\r').split(/(\p{Cc})/u)) {
    const kind = IN_A_BURST[part];
    if (kind !== undefined) yield { kind };
    else if (part !== '' && !/\p{Cc}/u.test(part)) yield* intentsOfLetters(part, isTyping, bindings);
  }
}

function* intentsOfLetters(text: string, isTyping: () => boolean, bindings: readonly Binding[]): Generator<Intent> {
  let rest = text;
  if (!isTyping() && text.length > LONGEST_BURST) return;
  for (const letter of text) {
    if (isTyping()) {
      yield { kind: 'text', text: rest };
      return;
    }
    rest = rest.slice(letter.length);
    const intent = intentOfLetter(letter, bindings);
    if (intent !== null) yield intent;
  }
}

function intentOfLetter(letter: string, bindings: readonly Binding[]): Intent | null {
  if (/^[1-9]$/u.test(letter)) return { kind: 'number', index: Number(letter) - 1 };
  const bound = (wanted: string) => bindings.find(({ letters = [] }) => letters.includes(wanted))?.kind;
  // A capital that means nothing of its own is the letter with Caps Lock on.
  const kind = bound(letter) ?? bound(letter.toLowerCase());
  return kind === undefined ? null : { kind };
}

/** Few enough to be presses of keys, where no text is wanted. */
function isBurst(input: string, isTyping: boolean): boolean {
  return !isTyping && input.length <= LONGEST_BURST && !input.includes('\u2028');
}

/** Lines after the first would be taken for keys; a break at the end alone is the Enter key. */
function firstLine(input: string): string {
  const lines = input.replace(/\u2028+$/u, '').split(/\r\n|[\r\n\u2028]/u);
  const isSeveral = lines.slice(1).some((line) => line !== '');
  return isSeveral || input.endsWith('\u2028') ? (lines[0] ?? '') : input;
}
