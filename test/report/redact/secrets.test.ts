import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Language } from '../../../src/domain/verdict.ts';
import { mapTexts } from '../../../src/evidence/report/map-texts.ts';
import { parseReport } from '../../../src/evidence/report/parse.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import type { Secret } from '../../../src/evidence/secret.ts';
import { toJson } from '../../../src/report/check/json.ts';
import { FORMATS } from '../../../src/report/formats/format.ts';
import { printed } from '../../../src/report/formats/print.ts';
import { redact } from '../../../src/report/redact/redact.ts';
import { HTTP, TLS } from '../../analysis/service-evidence.ts';
import { CORPUS, reportIn, wordedAgain } from '../../replayed.ts';

// Every text of a recorded report that may be secret is made one of these, the same one where the same thing is meant; the
// report is put into words anew, redacted, and searched in every format.

/** What no redacted report may hold: the mark of the planted names, and their networks. */
const PLANTED = /.{0,40}(?:zq|10\.77\.|2a0a:77:).{0,40}/iu;

const LANGUAGES: readonly Language[] = ['en', 'ko'];

function planted(index: number, secret: Secret): string {
  switch (secret) {
    case 'address':
      return `10.77.${index >> 8}.${index & 255}`;
    case 'host':
      return `zqhost${index}.zqcorp.internal`;
    case 'vantage':
      return `ssh://zquser${index}@zqbastion${index}:2222`;
    case 'interface':
      return `zqif${index}`;
    case 'process':
      return `zqproc${index}`;
    case 'file':
      return `/home/zqalice/zq${index}.pem`;
    case 'owner':
      return `CN=ZQ Payroll ${index}, O=ZQ Corp, Inc. ${index}, C=ZQ`;
    case 'flow':
      return `/home/zqalice/flows/zq${index}.yaml`;
    case 'text':
      return `It's "zq$words" of ${index} \\ \`zq\`\u0007`;
    case 'path':
      return `/zqpath${index}/?zqtoken=${index}`;
    case 'url':
      return `https://zquser${index}:zqpass${index}@zqsso${index}.internal:8443/zqback/${index}`;
    case 'target':
    case 'sentence':
    case 'none':
      throw new Error('made of the others');
  }
}

/** The recording with every secret of its schema replaced by a planted one, its commands included. */
function withPlanted(report: Report): Report {
  const names = new Map<string, string>();
  const made = mapTexts(report, (text, secret) => {
    if (secret === 'none' || secret === 'sentence' || secret === 'target') return text;
    if (
      text === '/' ||
      text === 'local' ||
      text === '127.0.0.1' ||
      text === '::1' ||
      text === '0.0.0.0' ||
      text === '::'
    )
      return text;
    const key = secret === 'host' && /^[0-9.]+$|:/.test(text) ? 'address' : secret;
    const isSix = key === 'address' && text.includes(':');
    const name = names.get(text) ?? (isSix ? `2a0a:77::${names.size + 1}` : planted(names.size + 1, key));
    names.set(text, name);
    return name;
  });
  const longestFirst = [...names].toSorted(([a], [b]) => b.length - a.length);
  const mentioned = mapTexts(made, (text, secret) =>
    secret === 'sentence' ? longestFirst.reduce((rest, [from, to]) => rest.replaceAll(from, to), text) : text,
  );
  const { host, port, scheme } = mentioned.target;
  const input = `${scheme}://${host.includes(':') ? `[${host}]` : host}${port === null ? '' : `:${port}`}`;
  return {
    ...mentioned,
    flow: report.flow,
    target: { ...mentioned.target, input: scheme.startsWith('http') ? `${input}/zqprivate?zq=1` : input },
  };
}

/** With whatever a service may say, where the recording has a service at all or any port. */
function withService(report: Report): Report {
  if (report.target.port === null) return report;
  const { host } = report.target;
  const headers = {
    server: 'Internal/9',
    via: 'a proxy',
    date: 'not a date',
    contentType: 'text/plain',
    location: 'https://elsewhere.internal/there',
    retryAfter: 'next week',
  };
  const unavailable = {
    reason: 'not-installed',
    obstacles: [
      { code: 'vantage-ended', tool: 'ssh', place: 'ssh://someone@there', said: '/home/someone/node: not found' },
    ],
    hint: 'someone has no /home/someone/node',
  } satisfies NonNullable<Report['evidence']['http']>['unavailable'];
  return {
    ...report,
    evidence: {
      ...report.evidence,
      tls: { ...TLS, serverName: host, said: '220 banner', trustStore: '/home/someone/ca.pem', ...report.evidence.tls },
      http: {
        ...HTTP,
        path: '/private?x=1',
        status: 503,
        reason: 'Down for someone',
        headers,
        unavailable,
        said: 'hello from',
        ...report.evidence.http,
      },
    },
  };
}

function formats(report: Report, lang: Language): readonly (readonly [string, string])[] {
  const text = { color: false, columns: 80, lang, ascii: false };
  return [
    ['verbose text', printed(report, 'text', { ...text, verbose: true })],
    ...FORMATS.map((format) => [format, printed(report, format, text)] as const),
  ];
}

const recordings = readdirSync(CORPUS).filter((file) => file.endsWith('.json') && !file.endsWith('-ipv4.json'));

test('there is something to search', () => {
  expect(recordings.length).toBeGreaterThan(30);
});

test.each(recordings)('%s: nothing that was planted is left in any format', async (file) => {
  const recorded = withPlanted(withService(reportIn(file)));
  for (const lang of LANGUAGES) {
    const report = await wordedAgain(recorded, lang);
    expect(toJson(report)).toMatch(PLANTED);
    const redacted = redact({
      ...report,
      comparison: {
        others: [
          {
            from: 'ssh://zqbob@zqelsewhere',
            verdict: 'healthy',
            code: 'port-open',
            confidence: 'certain',
            summary: 'zqbob at zqelsewhere reached 10.77.99.1',
            where: null,
            address: '10.77.99.1',
          },
        ],
        meanings: ['From ssh://zqbob@zqelsewhere it works.'],
      },
    });
    expect(parseReport(JSON.parse(toJson(redacted))).kind).toBe('ok');
    for (const [format, text] of formats(redacted, lang))
      expect([format, PLANTED.exec(text)?.[0]]).toEqual([format, undefined]);
  }
});

test('a path to a flow and words that no schema knows are hidden as well', () => {
  const report = { ...withPlanted(reportIn('name-resolver-failure.json')), flow: '/home/zqalice/zq.yaml', extra: 'zq' };
  expect(toJson(redact(report))).not.toMatch(PLANTED);
  expect(redact(report)).toMatchObject({ flow: 'flow-1', extra: 'text-1' });
});

test('the same thing has the same stand-in in the evidence, in sentences and in commands', () => {
  const recorded = reportIn('service-http-error-ipv4.json');
  const { http, route } = recorded.evidence;
  if (http === undefined || route === undefined) throw new Error('the recording has no HTTP');
  const redacted = redact({
    ...recorded,
    diagnosis: {
      ...recorded.diagnosis,
      summary: 'wg-acme brought "503 Gone fishing" of Acme/1.0',
      explanation: 'Acme/1.0',
    },
    evidence: {
      route: { ...route, interface: 'wg-acme', equivalent: 'ip route get 10.9.3.2 oif wg-acme' },
      http: {
        ...http,
        reason: 'Gone fishing',
        headers: {
          server: 'Acme/1.0',
          via: null,
          date: 'Sun, 22 Nov 2026 12:00:00 GMT',
          contentType: null,
          location: 'https://bob:hunter2@sso.acme/cb',
          retryAfter: '120',
        },
      },
    },
  });
  const { headers, reason } = redacted.evidence.http ?? {};
  const device = redacted.evidence.route?.interface;
  expect(device).toBe('if-1');
  expect(redacted.diagnosis.summary).toBe(`${device} brought "503 ${reason}" of ${headers?.server}`);
  expect(redacted.diagnosis.explanation).toBe(headers?.server);
  expect(redacted.evidence.route?.equivalent).toMatch(/oif if-1$/);
  expect(headers).toMatchObject({ date: 'Sun, 22 Nov 2026 12:00:00 GMT', retryAfter: '120' });
  expect(headers?.location).toMatch(/^https:\/\/host-\d+\.example\/$/);
});
