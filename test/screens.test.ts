import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type FindingCode, isFindingCode } from '../src/domain/finding-code.ts';
import type { Language } from '../src/domain/verdict.ts';
import type { Report } from '../src/evidence/report/report.ts';
import { firstScreen } from '../src/report/check/first-screen.ts';
import { textWidth } from '../src/text/text-width.ts';
import { CORPUS, reportIn, reportOf } from './replayed.ts';

// The first screen of a real run of the lab for each code that was recorded, to be read: test/screens/CODE.txt.

/** One recording for each code, that of the shortest name. */
const FILES = new Map<FindingCode, string>();
for (const file of readdirSync(CORPUS).toSorted((a, b) => a.length - b.length || a.localeCompare(b))) {
  const { code } = reportIn(file).diagnosis;
  if (isFindingCode(code) && !FILES.has(code)) FILES.set(code, file);
}

const SCREEN = { columns: 80, ascii: false } as const;
const MOST_ROWS = 24;
const MOST_TITLE = 60;
const MOST_WORDS = 25;
/** Names of nodes, probes and outcomes that are for programs: words joined by hyphens, camelCase. */
const INTERNAL =
  /\b(?:no-vantage|not-permitted|not-answered|on-path|at-target|from-host|not-located|port-trace|hop-echoes|portTrace|hopEchoes)\b/u;

const linesOf = (report: Report, lang: Language) => firstScreen(report, { ...SCREEN, lang }).map(({ text }) => text);

/** Without commands, which are not sentences. */
const prose = (lines: readonly string[]) =>
  lines.filter((line) => !/^\s*(?:[A-Z ]+ +)?\$ |^ +\S+ \\$/u.test(line)).join('\n');

test('there is something to read', () => {
  expect(FILES.size).toBeGreaterThan(30);
});

test.each([...FILES])('%s: what, where, who and the first step are on the first screen', async (code, file) => {
  const report = await reportOf(file);
  const { diagnosis } = report;
  const lines = linesOf(report, 'en');
  const text = lines.join('\n');
  const flat = text.replace(/\s+/gu, ' ');
  expect(lines.length).toBeLessThanOrEqual(MOST_ROWS);
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(80);
  expect(flat).toContain(diagnosis.title);
  if (diagnosis.where?.address != null && report.verdict !== 'healthy') expect(text).toContain(diagnosis.where.address);
  const [step] = diagnosis.nextSteps;
  if (step !== undefined) expect(flat).toContain(step.title.split(' ').slice(0, 5).join(' '));
  expect(code).toBe(diagnosis.code);
  await expect(`${text}\n`).toMatchFileSnapshot(fileURLToPath(new URL(`screens/${code}.txt`, import.meta.url)));
});

test.each([...FILES.values()])(
  '%s: short sentences, a headline of its own, no name for programs, in both languages',
  async (file) => {
    for (const lang of ['en', 'ko'] as const) {
      const report = await reportOf(file, lang);
      expect(textWidth(report.diagnosis.title)).toBeLessThanOrEqual(lang === 'en' ? MOST_TITLE : 80);
      const told = prose(linesOf(report, lang));
      expect(told).not.toMatch(INTERNAL);
      for (const sentence of [
        report.diagnosis.summary,
        ...report.diagnosis.nextSteps.slice(0, 1).map(({ title }) => title),
      ].flatMap(sentences))
        expect(sentence.split(/\s+/u).length, sentence).toBeLessThanOrEqual(MOST_WORDS);
    }
  },
);

function sentences(text: string): readonly string[] {
  return text.split(/(?<=[.!?;:])\s+/u);
}
