import { expect, test } from 'vitest';
import { ALL_CODES } from '../../src/domain/finding-code.ts';
import { SECTIONS } from '../../src/finding/section.ts';
import { textWidth } from '../../src/text/text-width.ts';
import { wrapWholeWords } from '../../src/text/wrap-whole-words.ts';

test('every code is in exactly one section, in the order of precedence', () => {
  expect(SECTIONS.flatMap(({ codes }) => codes)).toEqual(ALL_CODES);
  for (const { codes } of SECTIONS) expect(codes).not.toHaveLength(0);
});

test('a wide character takes two columns', () => {
  expect(textWidth('ping')).toBe(4);
  expect(textWidth('핑 ping')).toBe(7);
});

test('text breaks at spaces, counted in columns, and a long word stands alone', () => {
  expect(wrapWholeWords('가나 다라 마', 5)).toEqual(['가나', '다라', '마']);
  expect(wrapWholeWords('a verylongword b', 6)).toEqual(['a', 'verylongword', 'b']);
  expect(wrapWholeWords('  ', 10)).toEqual([]);
});
