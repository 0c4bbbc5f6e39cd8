import { expect, test } from 'vitest';
import { type Intent, intentsOf } from '../../../src/tui/state/keys.ts';
import { bindingsOf, type Key, keysOfHint } from '../../../src/tui/theme/key-bindings.ts';
import type { HintName } from '../../../src/tui/words/words.ts';
import { wordsOf } from '../../../src/tui/words/words-of.ts';

const bindings = bindingsOf(false);
const intents = (input: string, key: Key = {}, typing = false, vim = false): Intent[] => [
  ...intentsOf(input, key, () => typing, bindingsOf(vim)),
];

test.each([
  ['k', {}, 'up'],
  ['j', {}, 'down'],
  ['', { upArrow: true }, 'up'],
  ['', { downArrow: true }, 'down'],
  ['', { pageUp: true }, 'page-up'],
  ['', { pageDown: true }, 'page-down'],
  [' ', {}, 'page-down'],
  ['\r', { return: true }, 'choose'],
  ['\n', {}, 'choose'],
  ['', { escape: true, meta: true }, 'back'],
  ['b', {}, 'back'],
  ['q', {}, 'quit'],
  ['Q', {}, 'quit'],
  ['r', {}, 'again'],
  ['n', {}, 'other'],
  ['w', {}, 'why'],
  ['e', {}, 'evidence'],
  ['?', {}, 'help'],
  ['c', { ctrl: true }, 'interrupt'],
] as const)('the key %j %j means %s', (input, key, kind) => {
  expect(intents(input, key)).toEqual([{ kind }]);
});

test('a number means the choice with that number; zero is none', () => {
  expect(intents('3')).toEqual([{ kind: 'number', index: 2 }]);
  expect(intents('0')).toEqual([]);
});

test('while a text field is open letters are text, and Escape, Enter, Backspace, Ctrl-U and Ctrl-C still mean something', () => {
  expect(intents('q', {}, true)).toEqual([{ kind: 'text', text: 'q' }]);
  expect(intents('', { escape: true, meta: true }, true)).toEqual([{ kind: 'back' }]);
  expect(intents('\r', { return: true }, true)).toEqual([{ kind: 'choose' }]);
  expect(intents('', { delete: true }, true)).toEqual([{ kind: 'erase' }]);
  expect(intents('', { backspace: true }, true)).toEqual([{ kind: 'erase' }]);
  expect(intents('u', { ctrl: true }, true)).toEqual([{ kind: 'clear' }]);
  expect(intents('c', { ctrl: true }, true)).toEqual([{ kind: 'interrupt' }]);
});

test('several key presses in one read are several intents', () => {
  expect(intents('jjk').map(({ kind }) => kind)).toEqual(['down', 'down', 'up']);
  expect(intents('\u007f\u007f', {}, true).map(({ kind }) => kind)).toEqual(['erase', 'erase']);
  expect(intents('db1\r', {}, true)).toEqual([{ kind: 'text', text: 'db1' }, { kind: 'choose' }]);
});

test('Enter among the keys of one read is Enter, and what follows it counts as well', () => {
  expect(intents('\rq').map(({ kind }) => kind)).toEqual(['choose', 'quit']);
  expect(intents('\r\r').map(({ kind }) => kind)).toEqual(['choose', 'choose']);
  expect(intents('jj\rb').map(({ kind }) => kind)).toEqual(['down', 'down', 'choose', 'back']);
});

test('Enter pressed twice behind a paste ends it, though both come in one read', () => {
  const pasting = intentsOf(
    '\r\r',
    {},
    () => true,
    bindingsOf(false),
    () => true,
  );
  expect([...pasting]).toEqual([{ kind: 'choose' }, { kind: 'choose' }]);
});

test('Alt and a letter, which is Escape and a letter in one read, means nothing', () => {
  expect(intents('q', { meta: true })).toEqual([]);
  expect(intents('q', { meta: true }, true)).toEqual([]);
});

test('what follows a key that opens a text field is text', () => {
  let typing = false;
  const taken: Intent[] = [];
  for (const intent of intentsOf('1db1:22', {}, () => typing, bindingsOf(false))) {
    taken.push(intent);
    typing = true;
  }
  expect(taken).toEqual([
    { kind: 'number', index: 0 },
    { kind: 'text', text: 'db1:22' },
  ]);
});

test('Ctrl-C counts wherever it is in what was read', () => {
  expect(intents('abc\u0003', {}, true)).toEqual([{ kind: 'interrupt' }]);
  expect(intents(`${'x'.repeat(100_000)}\u0003`)).toEqual([{ kind: 'interrupt' }]);
});

test('of a paste of several lines only the first is taken, and it is not sent off', () => {
  expect(intents('db1\nquit\nrm -rf', {}, true)).toEqual([{ kind: 'text', text: 'db1' }]);
});

test('a paste where no text is wanted does nothing', () => {
  expect(intents('The quick brown fox quits.')).toEqual([]);
});

test('every hint of the help has words in both languages and keys to press', () => {
  for (const name of Object.keys(wordsOf('en').hints) as HintName[]) {
    expect(wordsOf('ko').hints[name]).not.toBe('');
    expect(keysOfHint(name, { ascii: false, typing: false, bindings: bindingsOf(true) })).not.toEqual([]);
  }
});

test('keys are written in ASCII where the locale is, and without letters while they are text', () => {
  expect(keysOfHint('move', { ascii: false, typing: false, bindings })).toEqual(['↑', 'k', '↓', 'j']);
  expect(keysOfHint('move', { ascii: true, typing: false, bindings })).toEqual(['Up', 'k', 'Down', 'j']);
  expect(keysOfHint('back', { ascii: false, typing: true, bindings })).toEqual(['Esc']);
  expect(keysOfHint('quit', { ascii: false, typing: true, bindings })).toEqual([]);
});

test.each([
  ['h', {}, 'left'],
  ['l', {}, 'right'],
  ['d', { ctrl: true }, 'half-down'],
  ['u', { ctrl: true }, 'half-up'],
  ['f', { ctrl: true }, 'page-down'],
  ['b', { ctrl: true }, 'page-up'],
] as const)('with the keys of vim %j %j means %s, and without them nothing that they would not', (input, key, kind) => {
  expect(intents(input, key, false, true)).toEqual([{ kind }]);
  expect(intents(input, key)).not.toContainEqual({ kind });
});

test('g and G lead to both ends, with Caps Lock or without', () => {
  expect(intents('g', {})).toEqual([{ kind: 'top' }]);
  expect(intents('G', {})).toEqual([{ kind: 'bottom' }]);
});

test('the keys of vim leave a text field alone', () => {
  expect(intents('u', { ctrl: true }, true, true)).toEqual([{ kind: 'clear' }]);
  expect(intents('d', { ctrl: true }, true, true)).toEqual([{ kind: 'finish' }]);
  expect(intents('g', {}, true, true)).toEqual([{ kind: 'text', text: 'g' }]);
});
