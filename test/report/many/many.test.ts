import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ManyReport } from '../../../src/evidence/report/many.ts';
import { FORMATS } from '../../../src/report/formats/format.ts';
import { printedMany } from '../../../src/report/many/print.ts';
import { redactAll } from '../../../src/report/redact/redact.ts';
import { tagsOf } from '../formats/tags.ts';
import { BLACKHOLE, HEALTHY } from '../reports.ts';

const FACE = { color: false, columns: 80, lang: 'en', ascii: false, verbose: false } as const;

function many(text: string): ManyReport {
  const target = { ...BLACKHOLE.target, input: text, name: text };
  const member = { input: text, from: 'local' };
  return {
    schema: 'netwhy.reports/v1',
    version: '0.1.0',
    startedAt: HEALTHY.startedAt,
    durationMs: 9,
    verdict: 'fault',
    reports: [HEALTHY, { ...BLACKHOLE, target }, { ...BLACKHOLE, from: 'ssh://app2', target }],
    groups: [
      {
        kind: 'hop',
        at: '10.9.2.1',
        codes: ['path-blackhole'],
        owner: 'unknown',
        verdict: 'fault',
        members: [member, { ...member, from: 'ssh://app2' }],
      },
    ],
    badLines: [{ file: text, line: 3, message: text }],
    notBegun: [],
  };
}

test('lines, causes, the matrix of vantages, and what could not be read', () => {
  expect(printedMany(many('db1:5432'), 'text', FACE)).toMatchSnapshot();
  expect(printedMany(many('db1:5432'), 'brief', FACE)).toMatchSnapshot();
});

test('JSON has all reports and groups', () => {
  expect(JSON.parse(printedMany(many('a'), 'json', FACE))).toMatchObject({ reports: [{}, {}, {}], groups: [{}] });
});

test.each(FORMATS)('%s of several is sound whatever a list holds', (format) => {
  const nasty = fc.constantFrom('\u001b[31m', '\u202e', '\n', '|', '"', '<img src=x>', '`', '\\', 'a', '\u009b2J');
  fc.assert(
    fc.property(fc.array(nasty, { maxLength: 6 }), (parts) => {
      const out = printedMany(many(parts.join('')), format, FACE);
      expect([...out].filter((sign) => /[\p{Cc}\u202a-\u202e]/u.test(sign) && sign !== '\n')).toEqual([]);
      if (format === 'html' || format === 'junit') expect(tagsOf(out)).not.toContain('img');
    }),
    { numRuns: 30 },
  );
});

test('what is the same in two redacted reports has one stand-in, and two targets have two', () => {
  const other = { ...HEALTHY, target: { ...HEALTHY.target, host: 'web.internal', input: 'web.internal:443' } };
  const [a, b, c] = redactAll([HEALTHY, BLACKHOLE, other]);
  expect(a?.target.host).toBe(b?.target.host);
  expect(a?.target.host).not.toBe(c?.target.host);
  expect(JSON.stringify([a, b, c])).not.toContain('internal');
});
