import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../src/evidence/report/report.ts';
import { toJson } from '../../src/report/check/json.ts';
import { toMarkdown } from '../../src/report/check/markdown.ts';
import { toText } from '../../src/report/check/text.ts';
import { printable } from '../../src/text/printable.ts';
import { BLACKHOLE, LOOPBACK_KO } from '../report/reports.ts';

/** Everything that a terminal might obey, but for the line feed. */
const CONTROLS = /(?!\n)[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\u061c\ufeff]/u;

/** What attackers write: escape sequences, C1 controls, direction overrides, broken surrogates. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '\u001b[2J',
      '\u009b31m',
      '\u001b]0;x\u0007',
      '\u202e',
      '\u2066',
      '\r',
      '\n',
      '\u0000',
      'a',
      ' ',
    ),
  }),
);

/** The report with every text of it replaced, keys and closed words aside. */
function poisoned(report: Report, poison: string): Report {
  const CLOSED = new Set([
    'schema',
    'verdict',
    'owner',
    'at',
    'code',
    'confidence',
    'severity',
    'reason',
    'risk',
    'outcome',
    'scheme',
  ]);
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return CLOSED.has(key) ? value : `${value}${poison}`;
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  };
  return walk(report, '') as Report;
}

test('no control character of any field reaches a terminal', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom(BLACKHOLE, LOOPBACK_KO), fc.boolean(), (poison, report, ascii) => {
      const text = toText(poisoned(report, poison), { color: false, columns: 80, lang: 'en', ascii });
      expect(text).not.toMatch(CONTROLS);
    }),
  );
});

test('no control character of any field reaches Markdown or JSON', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom(BLACKHOLE, LOOPBACK_KO), (poison, report) => {
      expect(toMarkdown(poisoned(report, poison), 'en')).not.toMatch(CONTROLS);
      expect(toJson(poisoned(report, poison))).not.toMatch(CONTROLS);
    }),
  );
});

test('words, Hangul and accents stay as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '한', 'é', '0', '.', '-') }), (text) => {
      expect(printable(text)).toBe(text);
    }),
  );
});
