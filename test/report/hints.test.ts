import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { OBSTACLE_CODES, type Obstacle } from '../../src/domain/obstacle.ts';
import type { Language } from '../../src/domain/verdict.ts';
import { parseReport } from '../../src/evidence/report/parse.ts';
import type { Report } from '../../src/evidence/report/report.ts';
import { toMarkdown } from '../../src/report/check/markdown.ts';
import { toText } from '../../src/report/check/text.ts';
import { redact } from '../../src/report/redact/redact.ts';
import { CORPUS, reportIn, wordedAgain } from '../replayed.ts';

const LANGUAGES: readonly Language[] = ['en', 'ko'];

const OBSTACLES: readonly Obstacle[] = OBSTACLE_CODES.map((code) => ({
  code,
  tool: 'ping',
  place: 'ssh://zqann@zqdb1.zqcorp.internal:2222',
  said: 'zq says this',
  command: 'ss -ltunp',
  setting: '1 0',
  count: 4,
  port: 5432,
  protocol: 'tcp',
}));

/** A run that could send no echo, with everything that can be in the way of one and of the sockets. */
async function hindered(lang: Language): Promise<Report> {
  const recorded = reportIn('port-port-filtered-ipv4.json');
  const { ping } = recorded.evidence;
  if (ping === undefined) throw new Error('the recording has no echoes');
  const unavailable = { reason: 'not-permitted', obstacles: [...OBSTACLES] } as const;
  const nothing = {
    sent: 0,
    received: 0,
    lost: [],
    lossPercent: null,
    lossInterval: null,
    rttMs: null,
    jitterMs: null,
  };
  const { startedAt, durationMs, equivalent } = ping;
  return wordedAgain(
    {
      ...recorded,
      evidence: {
        ...recorded.evidence,
        ping: { ...ping, ...nothing, method: null, unavailable },
        sockets: {
          ...{ startedAt, durationMs, equivalent },
          host: 'local',
          listening: [],
          ownsTarget: null,
          gaps: [...OBSTACLES],
        },
      },
    },
    lang,
  );
}

function linesOf(report: Report, lang: Language): string {
  const options = { color: false, columns: 4000, lang, ascii: false, verbose: true };
  return `${toText(report, options)}\n${toMarkdown(report, lang)}`;
}

test('a Korean report has no English sentence for what could not be measured', async () => {
  const [english, korean] = await Promise.all(LANGUAGES.map(async (lang) => linesOf(await hindered(lang), lang)));
  expect(english).toContain('This user may open no raw socket');
  expect(english).toContain('belongs to another user');
  for (const said of english?.match(/[A-Z][a-z]+(?: [a-z'-]+){5,}/g) ?? []) expect(korean).not.toContain(said);
  expect(korean).toContain('raw 소켓을 열 권한이 없습니다');
  expect(korean).toContain('다른 사용자의 것이라 root만');
});

test('what it names is gone from a redacted report, in words as in the evidence', async () => {
  for (const lang of LANGUAGES) {
    const redacted = redact(await hindered(lang));
    expect(`${linesOf(redacted, lang)}${JSON.stringify(redacted)}`).not.toMatch(/.{0,40}zq.{0,40}/i);
  }
});

test('a report of before there were codes is read with its sentence', async () => {
  const recorded = JSON.parse(await readFile(`${CORPUS}host-host-unreachable-ipv4.json`, 'utf8'));
  const hint = 'ICMP needs root.';
  recorded.evidence.ping.unavailable = { reason: 'not-permitted', hint };
  const parsed = parseReport(recorded);
  expect(parsed).toMatchObject({
    kind: 'ok',
    report: { evidence: { ping: { unavailable: { hint, obstacles: [] } } } },
  });
});
