import type { HintName } from '../words/words.ts';

/** What a key that stands for itself means. */
export type Plain =
  | 'interrupt'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'half-up'
  | 'half-down'
  | 'top'
  | 'bottom'
  | 'choose'
  | 'back'
  | 'quit'
  | 'again'
  | 'other'
  | 'why'
  | 'evidence'
  | 'copy'
  | 'copy-step'
  | 'hops'
  | 'tree'
  | 'platforms'
  | 'next-page'
  | 'answer'
  | 'save'
  | 'help'
  | 'erase'
  | 'erase-word'
  | 'clear'
  | 'finish';

/** The parts of Ink's key that are looked at. */
export type Key = {
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly upArrow?: boolean;
  readonly downArrow?: boolean;
  readonly leftArrow?: boolean;
  readonly rightArrow?: boolean;
  readonly pageUp?: boolean;
  readonly pageDown?: boolean;
  readonly home?: boolean;
  readonly end?: boolean;
  readonly tab?: boolean;
  readonly return?: boolean;
  readonly escape?: boolean;
  readonly backspace?: boolean;
  readonly delete?: boolean;
};

export type Special = Exclude<keyof Key, 'ctrl' | 'meta'>;

export type Binding = {
  readonly kind: Plain;
  readonly hint: HintName | null;
  readonly special?: readonly Special[];
  /** They mean it only while no text field is open. */
  readonly letters?: readonly string[];
  /** Letters together with Ctrl. */
  readonly ctrl?: readonly string[];
  /** Letters together with Ctrl that mean it only while no text field is open. */
  readonly ctrlUntyped?: readonly string[];
};

/** Every key: for the handler, for the line at the bottom and for the help. */
const USUAL: readonly Binding[] = [
  { kind: 'up', hint: 'move', special: ['upArrow'], letters: ['k'] },
  { kind: 'down', hint: 'move', special: ['downArrow'], letters: ['j'] },
  { kind: 'left', hint: 'tab', special: ['leftArrow'] },
  { kind: 'right', hint: 'tab', special: ['rightArrow'] },
  { kind: 'next-page', hint: 'pages', special: ['tab'] },
  { kind: 'page-up', hint: 'page', special: ['pageUp'] },
  { kind: 'page-down', hint: 'page', special: ['pageDown'], letters: [' '] },
  { kind: 'top', hint: 'ends', special: ['home'], letters: ['g'] },
  { kind: 'bottom', hint: 'ends', special: ['end'], letters: ['G'] },
  { kind: 'choose', hint: 'choose', special: ['return'], ctrl: ['j'] },
  { kind: 'back', hint: 'back', special: ['escape'], letters: ['b'] },
  { kind: 'why', hint: 'why', letters: ['w'] },
  { kind: 'evidence', hint: 'evidence', letters: ['e'] },
  { kind: 'hops', hint: 'hops', letters: ['h'] },
  { kind: 'tree', hint: 'tree', letters: ['t'] },
  { kind: 'platforms', hint: 'platforms', letters: ['p'] },
  { kind: 'answer', hint: 'answer', letters: ['a'] },
  { kind: 'copy-step', hint: 'copy-step', letters: ['y'] },
  { kind: 'copy', hint: 'copy', letters: ['c'] },
  { kind: 'save', hint: 'save', letters: ['s'] },
  { kind: 'again', hint: 'again', letters: ['r'] },
  { kind: 'other', hint: 'other', letters: ['n'] },
  { kind: 'help', hint: 'help', letters: ['?'] },
  { kind: 'quit', hint: 'quit', letters: ['q'] },
  { kind: 'interrupt', hint: 'interrupt', ctrl: ['c'] },
  // Ink 6 reports the Backspace key as `delete`, Ink 7 as `backspace`.
  { kind: 'erase', hint: null, special: ['delete', 'backspace'], ctrl: ['h'] },
  { kind: 'erase-word', hint: null, ctrl: ['w'] },
  { kind: 'clear', hint: null, ctrl: ['u'] },
  { kind: 'finish', hint: 'finish', ctrl: ['d'] },
];

/** What hands that know vi expect besides (vi(1p): h j k l, G, Control-D, -U, -F, -B). */
const VIM: readonly Binding[] = [
  { kind: 'left', hint: 'tab', letters: ['h'] },
  { kind: 'right', hint: 'tab', letters: ['l'] },
  { kind: 'half-up', hint: 'half', ctrlUntyped: ['u'] },
  { kind: 'half-down', hint: 'half', ctrlUntyped: ['d'] },
  { kind: 'page-up', hint: 'page', ctrlUntyped: ['b'] },
  { kind: 'page-down', hint: 'page', ctrlUntyped: ['f'] },
];

export function bindingsOf(vim: boolean): readonly Binding[] {
  return vim ? [...VIM, ...USUAL] : USUAL;
}

const NAMES: Readonly<Record<Special, { readonly unicode: string; readonly ascii: string }>> = {
  upArrow: { unicode: '↑', ascii: 'Up' },
  downArrow: { unicode: '↓', ascii: 'Down' },
  leftArrow: { unicode: '←', ascii: 'Left' },
  rightArrow: { unicode: '→', ascii: 'Right' },
  pageUp: { unicode: 'PgUp', ascii: 'PgUp' },
  pageDown: { unicode: 'PgDn', ascii: 'PgDn' },
  home: { unicode: 'Home', ascii: 'Home' },
  end: { unicode: 'End', ascii: 'End' },
  tab: { unicode: 'Tab', ascii: 'Tab' },
  return: { unicode: 'Enter', ascii: 'Enter' },
  escape: { unicode: 'Esc', ascii: 'Esc' },
  backspace: { unicode: 'Backspace', ascii: 'Backspace' },
  delete: { unicode: 'Backspace', ascii: 'Backspace' },
};

/** Hints that say of the same keys what they do elsewhere. */
const SAME_KEYS: Readonly<Partial<Record<HintName, HintName>>> = {
  scroll: 'move',
  recent: 'move',
  start: 'choose',
  'go-on': 'choose',
  write: 'choose',
  skip: 'choose',
};

export type KeyNames = { readonly ascii: boolean; readonly typing: boolean; readonly bindings: readonly Binding[] };

/** How the keys of a hint are written: for the help, and for the line at the bottom. */
export function keysOfHint(hint: HintName, { ascii, typing, bindings }: KeyNames): string[] {
  if (hint === 'number') return typing ? [] : ['1-9'];
  const wanted = SAME_KEYS[hint] ?? hint;
  const isShown = hint === 'interrupt' || hint === 'finish';
  const controls = (letters: readonly string[] = []) => letters.map((letter) => `Ctrl-${letter.toUpperCase()}`);
  return bindings
    .filter((binding) => binding.hint === wanted)
    .flatMap(({ special = [], letters = [], ctrl, ctrlUntyped }) => [
      ...special.map((name) => (ascii ? NAMES[name].ascii : NAMES[name].unicode)),
      ...(typing ? [] : letters.map((letter) => (letter === ' ' ? 'Space' : letter))),
      ...(isShown ? controls(ctrl) : []),
      ...(typing ? [] : controls(ctrlUntyped)),
    ]);
}
