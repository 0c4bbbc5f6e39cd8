import { readdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { Language } from '../../../src/domain/verdict.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import { toBrief } from '../../../src/report/check/brief.ts';
import { commandLines } from '../../../src/report/check/command-lines.ts';
import { firstScreen } from '../../../src/report/check/first-screen.ts';
import { toTicket } from '../../../src/report/check/ticket.ts';
import { printable } from '../../../src/text/printable.ts';
import { textWidth } from '../../../src/text/text-width.ts';
import { CORPUS, reportOf } from '../../replayed.ts';

// The first screen of every fault that was recorded in the lab, in both languages.

const recordings = readdirSync(CORPUS).filter((file) => file.endsWith('.json'));
const LANGUAGES: readonly Language[] = ['en', 'ko'];
const reports = new Map<string, Report>();

beforeAll(async () => {
  for (const lang of LANGUAGES)
    for (const file of recordings) reports.set(`${lang} ${file}`, await reportOf(file, lang));
}, 180_000);

function reportFor(file: string, lang: Language): Report {
  const report = reports.get(`${lang} ${file}`);
  if (report === undefined) throw new Error(`${file} was not replayed`);
  return report;
}

const screen = (file: string, lang: Language) =>
  firstScreen(reportFor(file, lang), { columns: 80, lang, ascii: false }).map(({ text }) => text);

test.each(recordings)('%s: 24 lines of 80 columns hold what, where, who and what to do now', (file) => {
  for (const lang of LANGUAGES) {
    const { verdict, diagnosis } = reportFor(file, lang);
    const lines = screen(file, lang);
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.filter((line) => textWidth(line) > 80)).toEqual([]);
    const text = lines.join('').replaceAll(' ', '');
    expect(text).toContain(diagnosis.title.replaceAll(' ', ''));
    if (verdict === 'healthy') continue;
    expect(text).toContain(diagnosis.nextSteps[0]?.title.replaceAll(' ', ''));
    expect(lines.some((line) => line.startsWith(lang === 'en' ? 'WHO ' : '담당 '))).toBe(true);
    if (diagnosis.where?.address != null) expect(text).toContain(diagnosis.where.address);
  }
});

test.each(recordings)('%s: what could look the same is on the first screen, unless it is certain', (file) => {
  const { diagnosis } = reportFor(file, 'en');
  const lines = screen(file, 'en');
  expect(lines.some((line) => line.startsWith('ALSO FITS'))).toBe(diagnosis.alternatives.length > 0);
});

test.each(recordings)('%s: no sentence of the first screen is longer than a breath', (file) => {
  const { diagnosis } = reportFor(file, 'en');
  const texts = [diagnosis.summary, ...diagnosis.nextSteps.slice(0, 3).map(({ title }) => title)];
  const sentences = texts.flatMap((text) => text.split(/(?<=[.;:])\s+/u));
  const words = (sentence: string) => sentence.split(/\s+/u).filter((word) => /\p{L}/u.test(word)).length;
  expect(sentences.filter((sentence) => words(sentence) > 25)).toEqual([]);
});

/** Words that only the program has: outcomes of readings, with their hyphens. */
const INTERNAL = /\b(on-path|at-target|answered-for|no-vantage|not-answered|local-error|from-host)\b/u;

test.each(recordings)('%s: no internal name is on the first screen', (file) => {
  for (const lang of LANGUAGES) expect(screen(file, lang).filter((line) => INTERNAL.test(line))).toEqual([]);
});

test('a broken command is one command to a shell, and is never broken inside of quotes', () => {
  const command = "sudo nft insert rule inet filter input ip saddr 192.0.2.1/32 'a b c' accept";
  const lines = commandLines(command, 30, 2);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.slice(0, -1).every((line) => line.endsWith(' \\'))).toBe(true);
  expect(lines.map((line) => line.replace(/ \\$/u, '').trim()).join(' ')).toBe(command);
  expect(lines.some((line) => line.includes("'a b c'"))).toBe(true);
  expect(commandLines('ls', 30, 2)).toEqual(['ls']);
});

test('an alert is three lines, and a ticket has both addresses, the times with their zone and the commands', () => {
  const file = recordings.find((name) => name.startsWith('port-port-filtered'));
  if (file === undefined) throw new Error('the corpus has no filtered port');
  for (const lang of LANGUAGES) {
    const report = reportFor(file, lang);
    expect(toBrief(report, lang, false).trimEnd().split('\n')).toHaveLength(3);
    const ticket = toTicket(report, lang, false);
    for (const fact of [report.evidence.route?.source, report.target.address, 'UTC', report.evidence.ping?.equivalent])
      expect(ticket).toContain(fact);
  }
});

test('a hostile banner, name or process is only shown', () => {
  const report = reportFor(recordings[0] ?? '', 'en');
  const bad = 'x\u001b]52;c;Zm9v\u0007\u202e\nFAKE: ok\r\u009b31m';
  const step = {
    title: bad,
    at: 'target',
    platform: 'any',
    check: bad,
    command: null,
    risk: 'none',
    undo: null,
  } as const;
  const poisoned: Report = {
    ...report,
    target: { ...report.target, input: bad, host: bad },
    diagnosis: { ...report.diagnosis, title: bad, summary: bad, owner: 'target', nextSteps: [step] },
  };
  const screens = firstScreen(poisoned, { columns: 80, lang: 'en', ascii: false }).map(({ text }) => text);
  const outputs = [screens.join('\n'), toBrief(poisoned, 'en', false), toTicket(poisoned, 'en', false)];
  for (const line of outputs.join('\n').split('\n')) expect(line).toBe(printable(line));
  expect(toBrief(poisoned, 'en', false).trimEnd().split('\n')).toHaveLength(3);
});
