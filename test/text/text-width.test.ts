import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { textWidth } from '../../src/text/text-width.ts';

test.each([
  ['', 0],
  ['eth0', 4],
  ['✓ — ·', 5],
  ['연결할 수 없습니다', 18],
  ['e\u0301', 1],
  ['한', 2],
  ['👍🏽', 2],
  ['👩‍👩‍👧', 2],
  ['🇰🇷', 2],
  ['a\u200bb', 2],
])('%j takes %i columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

const LATIN_TO_CYRILLIC = [0x20, 0x52f] as const;
const SIGNS = [0x2000, 0x2bff] as const;
const IDEOGRAPHS = [0x3000, 0x9fff] as const;
const HANGUL = [0xac00, 0xd7a3] as const;

test('letters, signs and emoji are as wide as the library that Ink draws with takes them for', () => {
  const piece = fc.oneof(
    fc.constantFrom('a', ' ', '✓', '…', '가', '中', 'é', 'e\u0301', '👍🏽', '👩‍👩‍👧', '│', '▅', '→', 'ｱ', 'Ω', '、'),
    ...[LATIN_TO_CYRILLIC, SIGNS, IDEOGRAPHS, HANGUL].map(([min, max]) =>
      fc
        .integer({ min, max })
        .map((code) => String.fromCodePoint(code))
        .filter((character) => /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{P}\p{S}]/u.test(character)),
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      expect(textWidth(pieces.join(''))).toBe(stringWidth(pieces.join('')));
    }),
    { numRuns: 3000 },
  );
});
