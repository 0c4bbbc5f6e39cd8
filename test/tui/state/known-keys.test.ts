import { expect, test } from 'vitest';
import { createKeyFilter } from '../../../src/tui/state/known-keys.ts';

test.each([
  ['letters and control characters', 'q\r\u0003\u007f'],
  ['an arrow', '\u001b[A'],
  ['an arrow in application mode', '\u001bOB'],
  ['page down', '\u001b[6~'],
  ['a lone Escape', '\u001b'],
  ['Escape and a letter', '\u001bq'],
])('%s goes through', (_, chunk) => {
  expect(createKeyFilter()(chunk)).toBe(chunk);
});

test.each([
  ['Ctrl+F1', '\u001b[1;5P'],
  ['Ctrl+Up', '\u001b[1;5A'],
  ['F1', '\u001bOP'],
  ['F5', '\u001b[15~'],
  ['a mouse click', '\u001b[<0;10;20M'],
  ['the window taking focus', '\u001b[I'],
  ['the answer to a question about colours', '\u001b]11;rgb:0000/0000/0000\u0007'],
])('%s is dropped', (_, chunk) => {
  expect(createKeyFilter()(`a${chunk}b`)).toBe('ab');
});

test('of a bracketed paste the text stays', () => {
  expect(createKeyFilter()('\u001b[200~db1:5432\u001b[201~')).toBe('db1:5432');
});

test('a sequence that comes in two reads is dropped all the same', () => {
  const filter = createKeyFilter();
  expect(filter('a\u001b[1;')).toBe('a');
  expect(filter('5Pb')).toBe('b');
});

test('an arrow that comes in two reads is an arrow', () => {
  const filter = createKeyFilter();
  expect(filter('\u001b[') + filter('A')).toBe('\u001b[A');
});

test('a paste that is cut behind the beginning of a sequence does not press Escape', () => {
  const filter = createKeyFilter();
  const text = 'x'.repeat(100);
  expect(filter(`${text}\u001b`)).toBe(text);
  expect(filter('[31mred')).toBe('red');
});

test('a sequence that never ends does not keep what follows', () => {
  const filter = createKeyFilter();
  filter(`\u001b]${'x'.repeat(5000)}`);
  expect(filter('q')).toBe('q');
});

test('in a marked paste nothing is a key: no Enter, no Ctrl-C, no colours', () => {
  const filter = createKeyFilter();
  expect(filter('\u001b[200~one\r\ntwo\u0003\rthr')).toBe('one\u2028two\u2028thr');
  expect(filter('ee\t\u001b[31m3\u001b[A\n\u001b[201')).toBe('ee 3\u2028');
  expect(filter('~\r')).toBe('\r');
});
