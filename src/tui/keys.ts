import type { HintName } from './words.ts';

/** What a key means; the screen decides what comes of it. */
export type Intent =
  | {
      readonly kind:
        | 'interrupt'
        | 'up'
        | 'down'
        | 'choose'
        | 'back'
        | 'quit'
        | 'again'
        | 'other'
        | 'why'
        | 'evidence'
        | 'help'
        | 'erase'
        | 'page-up'
        | 'page-down';
    }
  | { readonly kind: 'number'; readonly index: number }
  | { readonly kind: 'text'; readonly text: string };

/** The parts of Ink's key that are looked at. */
export type Key = {
  readonly ctrl?: boolean;
  readonly upArrow?: boolean;
  readonly downArrow?: boolean;
  readonly pageUp?: boolean;
  readonly pageDown?: boolean;
  readonly return?: boolean;
  readonly escape?: boolean;
  readonly backspace?: boolean;
  readonly delete?: boolean;
};

type Letter = 'back' | 'quit' | 'again' | 'other' | 'why' | 'evidence' | 'help';

/** The letters, for the handler, the hints at the bottom and the help: one table. */
export const LETTERS: Readonly<Record<string, Letter>> = {
  q: 'quit',
  b: 'back',
  r: 'again',
  n: 'other',
  w: 'why',
  e: 'evidence',
  '?': 'help',
};

/** How each hint's keys are written. */
export const HINT_KEYS: Readonly<Record<HintName, string>> = {
  move: '↑↓ 1-9',
  choose: 'Enter',
  back: 'b Esc',
  quit: 'q',
  again: 'r',
  other: 'n',
  why: 'w',
  evidence: 'e',
  help: '?',
  scroll: '↑↓ PgUp PgDn',
};

/** Turns a key press into an intent. While a text field is open, letters are text; a paste arrives as one text. */
export function intentOf(input: string, key: Key, isTyping: boolean): Intent | null {
  if (key.ctrl && input === 'c') return { kind: 'interrupt' };
  if (key.upArrow) return { kind: 'up' };
  if (key.downArrow) return { kind: 'down' };
  if (key.pageUp) return { kind: 'page-up' };
  if (key.pageDown) return { kind: 'page-down' };
  if (key.return) return { kind: 'choose' };
  if (key.escape) return { kind: 'back' };
  // Ink 6 reports the Backspace key as `delete`, Ink 7 as `backspace`.
  if (key.backspace || key.delete) return { kind: 'erase' };
  if (key.ctrl || input === '') return null;
  if (isTyping) return { kind: 'text', text: input };
  if (/^[1-9]$/u.test(input)) return { kind: 'number', index: Number(input) - 1 };
  if (input === 'k') return { kind: 'up' };
  if (input === 'j') return { kind: 'down' };
  if (input === ' ') return { kind: 'page-down' };
  const letter = LETTERS[input.toLowerCase()];
  return letter === undefined ? null : { kind: letter };
}
