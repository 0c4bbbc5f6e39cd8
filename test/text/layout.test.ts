import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { wrap } from '../../src/text/layout.ts';

test('a text is broken at its spaces', () => {
  expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
});

test('Hangul takes two columns a syllable', () => {
  expect(wrap('경로가 끊겼습니다 확인하십시오', 18)).toEqual(['경로가 끊겼습니다', '확인하십시오']);
  expect(wrap('경로가 끊겼습니다', 16)).toEqual(['경로가', '끊겼습니다']);
});

test('a word that is too long is cut, and the rest hangs', () => {
  expect(wrap('at abcdefghij', 6, 2)).toEqual(['at', '  abcd', '  efgh', '  ij']);
});

test('no line is wider than asked, and nothing is lost', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '한', '글') });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), fc.integer({ min: 0, max: 2 }), (words, columns, hang) => {
      const lines = wrap(words, columns, hang);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
    }),
  );
});
