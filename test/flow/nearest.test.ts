import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '../../src/flow/nearest.ts';

const NAMES = ['reachability', 'name', 'ping', 'port-open', 'port-closed', 'host-unreachable', 'ok'];

test.each([
  ['reachabilty', 'reachability'],
  ['nmae', 'name'],
  ['PING', 'ping'],
  ['port-close', 'port-closed'],
  ['unreachable-host', null],
  ['host-unreachabel', 'host-unreachable'],
  ['o', 'ok'],
  ['database', null],
  ['', null],
])('for %j the nearest name is %j', (word, expected) => {
  expect(nearest(word, NAMES)).toBe(expected);
});

test('of two that are as near the first is taken', () => {
  expect(nearest('port-ope', ['port-open', 'port-oped'])).toBe('port-open');
});

test('a name is nearest to itself, and one swapped pair of letters still finds it', () => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/u);
  fc.assert(
    fc.property(word, fc.nat(), (name, at) => {
      expect(nearest(name, ['zzzzzzzzzzzzzzzzzzzzzzzz', name])).toBe(name);
      const index = at % (name.length - 1);
      const swapped = name.slice(0, index) + name.charAt(index + 1) + name.charAt(index) + name.slice(index + 2);
      expect(nearest(swapped, [name])).toBe(name);
    }),
  );
});

test('a word of any length is answered at once', () => {
  expect(nearest('x'.repeat(1_000_000), ['x'.repeat(999_999), ...NAMES])).toBeNull();
});
