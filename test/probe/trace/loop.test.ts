import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLoop, type LoopContext, seemsToLoop } from '../../../src/probe/trace/loop.ts';

const CONTEXT: LoopContext = { address: 'T', expiredFrom: null, maxHops: 30 };

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
  expect(findLoop(pathOf(path), CONTEXT)).toMatchObject({ start, addresses: [...addresses] });
});

test.each([
  '',
  'A',
  '****',
  'ABCDEF',
  'AA',
  'AAB',
  'AAA',
  'T*T*T',
  'RTTTTTTTTTTTT',
  'ABA',
  'ABAC',
  'ABCAB',
  'ABCABD',
  'A*A*',
  'AABB',
  'ABCDABC',
  'AABBCC',
])('%s is no proven loop', (path) => {
  expect(findLoop(pathOf(path), CONTEXT)).toBeNull();
});

test('a path on which every router appears once is never a loop', () => {
  const paths = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 30 });
  const withGaps = paths.chain((path) =>
    fc
      .array(fc.boolean(), { minLength: path.length, maxLength: path.length })
      .map((gaps) => path.map((hop, index) => (gaps[index] === true ? null : hop))),
  );
  fc.assert(
    fc.property(withGaps, (path) => findLoop(path, { ...CONTEXT, expiredFrom: 'A' }) === null && !seemsToLoop(path)),
  );
});

test('an address that comes twice is reason to look more carefully', () => {
  expect(seemsToLoop(pathOf('ABA'))).toBe(true);
  expect(seemsToLoop(pathOf('A**B'))).toBe(false);
});

test('a row of one address needs less where packets with the full TTL are known to run out', () => {
  for (const address of ['A', 'T']) {
    const row = { ...CONTEXT, expiredFrom: address };
    expect(findLoop(pathOf(`R${address.repeat(3)}`), row)).toMatchObject({ start: 1, addresses: [address] });
    expect(findLoop(pathOf(`R${address.repeat(2)}`), row)).toBeNull();
  }
  expect(findLoop(pathOf('RAAA'), { ...CONTEXT, expiredFrom: 'R' })).toBeNull();
});

test('a row of the address of the target is a loop once it reaches the highest TTL', () => {
  expect(findLoop(pathOf(`R${'T'.repeat(29)}`), CONTEXT)).toMatchObject({ start: 1, addresses: ['T'] });
  expect(findLoop(pathOf(`R${'T'.repeat(28)}`), CONTEXT)).toBeNull();
});
