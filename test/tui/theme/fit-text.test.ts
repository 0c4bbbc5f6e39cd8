import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { wrap } from '../../../src/text/layout.ts';
import { fitText } from '../../../src/tui/theme/fit-text.ts';

const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '한', '글', '中', '…', '1') });

test('lines break at spaces and hang', () => {
  expect(wrap('Is the host reachable from here?', 14, 2)).toEqual(['Is the host', '  reachable', '  from here?']);
});

test('a wide character takes two columns', () => {
  expect(wrap('이름이 주소로', 8)).toEqual(['이름이', '주소로']);
  expect(fitText('이름이', 5, { ascii: false })).toBe('이름…');
});

test('a word that fits on no line is cut', () => {
  expect(wrap('a 123456789 b', 4)).toEqual(['a', '1234', '5678', '9 b']);
});

test('no line is wider than the window, and no character is lost', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 6, max: 40 }), fc.integer({ min: 0, max: 4 }), (text, columns, hang) => {
      const lines = wrap(text, columns, hang);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});

test('a cut text is never wider than its room and keeps the end that is asked for', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 20 }), fc.boolean(), (text, columns, keepEnd) => {
      expect(stringWidth(fitText(text, columns, { ascii: false, keepEnd }))).toBeLessThanOrEqual(columns);
    }),
  );
  expect(fitText('abcdef', 4, { ascii: true })).toBe('abc~');
  expect(fitText('abcdef', 4, { ascii: true, keepEnd: true })).toBe('~def');
});
