import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLoop, seemsToLoop } from '../../src/probe/trace-loop.ts';

/** One letter per hop, a star for silence. */
function pathOf(text: string): readonly (string | null)[] {
  return [...text].map((letter) => (letter === '*' ? null : letter));
}

test.each([
  ['ABAB', 0, 'AB'],
  ['RABAB', 1, 'AB'],
  ['RABABA', 1, 'AB'],
  ['RSABCABC', 2, 'ABC'],
  ['ABCDABCD', 0, 'ABCD'],
  ['RAAAA', 1, 'A'],
  ['A*A*A', 0, 'A'],
  ['RABA*A', 1, 'AB'],
  ['A*CA*CA', 0, 'AC'],
  ['*ABAB', 1, 'AB'],
])('%s loops from place %i over %s', (path, start, addresses) => {
  expect(findLoop(pathOf(path), null)).toMatchObject({ start, addresses: [...addresses] });
});

test.each([
  '',
  'A',
  '****',
  'ABCDEF',
  'AA',
  'AAB',
  'AAA',
  'ABA',
  'ABAC',
  'ABCAB',
  'ABCABD',
  'A*A*',
  'AABB',
  'ABCDABC',
  'AABBCC',
])('%s is no proven loop', (path) => {
  expect(findLoop(pathOf(path), null)).toBeNull();
});

test('a path on which every router appears once is never a loop', () => {
  const paths = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 30 });
  const withGaps = paths.chain((path) =>
    fc
      .array(fc.boolean(), { minLength: path.length, maxLength: path.length })
      .map((gaps) => path.map((hop, index) => (gaps[index] === true ? null : hop))),
  );
  fc.assert(fc.property(withGaps, (path) => findLoop(path, 'A') === null && !seemsToLoop(path)));
});

test('an address that comes twice is reason to look more carefully', () => {
  expect(seemsToLoop(pathOf('ABA'))).toBe(true);
  expect(seemsToLoop(pathOf('A**B'))).toBe(false);
});

test('a router that is known to send errors needs to come three times in a row', () => {
  expect(findLoop(pathOf('RAAA'), 'A')).toMatchObject({ start: 1, addresses: ['A'] });
  expect(findLoop(pathOf('RAAA'), 'R')).toBeNull();
  expect(findLoop(pathOf('RAA'), 'A')).toBeNull();
});
