import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { OutcomeOf } from '../../../src/domain/outcome.ts';
import { OUTCOMES } from '../../../src/domain/outcome.ts';
import type { PingEvidence } from '../../../src/evidence/ping.ts';
import type { TextOptions } from '../../../src/report/check/text.ts';
import { echoLine, nameFailure, pingSummary, pingTitle } from '../../../src/report/ping/text.ts';

const PLAIN: TextOptions = { color: false, columns: 80, lang: 'en', ascii: false };
const ADDRESS = '198.51.100.9';

const ANSWERED: PingEvidence = {
  startedAt: '2026-11-22T12:00:00.000Z',
  durationMs: 1900,
  equivalent: 'ping -c 10 -i 0.2 198.51.100.9',
  method: 'raw',
  unavailable: null,
  address: ADDRESS,
  sent: 10,
  received: 9,
  lossPercent: 10,
  lossInterval: { low: 1.79, high: 40.42 },
  duplicates: 1,
  rttMs: { min: 11.2, median: 11.9, avg: 12.04, max: 13.5, stddev: 0.61 },
  jitterMs: 0.4,
  replyTtl: 57,
  errors: [],
  localError: null,
  lost: [3],
  others: [],
};
const SILENT: PingEvidence = {
  ...ANSWERED,
  received: 0,
  lossPercent: 100,
  lossInterval: { low: 72.25, high: 100 },
  duplicates: 0,
  rttMs: null,
  jitterMs: null,
  replyTtl: null,
  lost: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
};
const REFUSED: PingEvidence = {
  ...SILENT,
  sent: 3,
  lost: [0, 1, 2],
  errors: [{ kind: 'prohibited', from: '203.0.113.17', type: 3, code: 13, count: 3 }],
};

function summary(
  ping: PingEvidence,
  outcome: OutcomeOf<'ping'>,
  options: Partial<TextOptions> & { readonly limited?: true } = {},
): string {
  const from = ping.errors[0]?.from ?? null;
  const where = from === null ? null : { hop: null, address: from };
  const reading = { outcome, where, confidence: 'certain' } as const;
  const verdict = { ping, reading, looksRateLimited: options.limited === true };
  return pingSummary('db1.example', verdict, { ...PLAIN, ...options });
}

test.each([
  ['one echo lost', ANSWERED, 'duplicated'],
  ['silence', SILENT, 'silent'],
  ['a refusal', REFUSED, 'prohibited'],
] as const)('%s in English at 80 columns, in Korean at 40', (_, ping, outcome) => {
  expect(summary(ping, outcome)).toMatchSnapshot();
  expect(summary(ping, outcome, { lang: 'ko', columns: 40 })).toMatchSnapshot();
});

test('every outcome has its words, and no line is too wide', () => {
  for (const outcome of OUTCOMES.ping) {
    for (const lang of ['en', 'ko'] as const) {
      for (const ascii of [true, false]) {
        const text = summary(REFUSED, outcome, { lang, ascii, columns: 40 });
        for (const line of text.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(40);
      }
    }
  }
});

test('echoes are told as ping tells them, numbered from 1', () => {
  const answered = { kind: 'echo-answered', sequence: 0, rttMs: 0.12, replyTtl: 61 } as const;
  expect(echoLine(answered, ADDRESS, PLAIN)).toBe('198.51.100.9: icmp_seq=1 ttl=61 time=0.12 ms\n');
  expect(echoLine({ ...answered, replyTtl: null }, ADDRESS, PLAIN)).toBe('198.51.100.9: icmp_seq=1 time=0.12 ms\n');
  const error = { kind: 'host-unreachable', from: 'fe80::1', type: 1, code: 3 } as const;
  expect(echoLine({ kind: 'echo-error', sequence: 4, error }, ADDRESS, PLAIN)).toBe(
    'From fe80::1: icmp_seq=5 host-unreachable (ICMPv6 1/3)\n',
  );
  expect(echoLine({ kind: 'echo-sent', sequence: 0 }, ADDRESS, PLAIN)).toBeNull();
});

test('an address that was typed is not repeated', () => {
  expect(pingTitle('db1.example', ADDRESS, 10, PLAIN)).toBe('10 ICMP echoes to db1.example (198.51.100.9)\n');
  expect(pingTitle(ADDRESS, ADDRESS, 1, PLAIN)).toBe('1 ICMP echo to 198.51.100.9\n');
});

test('loss comes with its interval, and a single one is not called loss', () => {
  const text = summary(ANSWERED, 'answered');
  expect(text).toContain('10 % lost (95 % interval 1.8 – 40.4 %)');
  expect(text).toContain('No answer: icmp_seq 4');
  expect(text.replace(/\s+/gu, ' ')).toContain('1 of 10 echoes got no answer, which may be chance');
});

test('a host that limits its answers is told as that', () => {
  expect(summary(ANSWERED, 'lossy', { limited: true })).toContain('limits its echo answers');
});

test('what could still have been answered when it was ended proves nothing', () => {
  const text = summary({ ...SILENT, lossPercent: null, lossInterval: null, lost: [], cutShort: true }, 'silent');
  expect(text).toContain('10 still open when it ended');
  expect(text).toContain('? It ended early');
  expect(text).not.toContain('does not answer');
});

test('what never left this machine is told with the errno, and no loss is made of it', () => {
  const unsent = { ...SILENT, sent: 0, lost: [], lossPercent: null, lossInterval: null };
  expect(summary({ ...unsent, localError: 'ENETUNREACH' }, 'unavailable')).toBe(
    '? No echo left this machine (ENETUNREACH).\n',
  );
  expect(summary({ ...unsent, localError: 'EPERM' }, 'blocked')).toContain('own firewall refuses to let the echo out');
  const obstacles = [{ code: 'tool-may-not-send', tool: 'ping' }] as const;
  expect(
    summary(
      { ...unsent, method: null, unavailable: { reason: 'not-permitted', obstacles: [...obstacles] } },
      'unavailable',
    ),
  ).toBe('? No echo could be sent. ping has no right to send: it needs root, or\n  CAP_NET_RAW on its file.\n');
});

test('a name without an address is told by its cause', () => {
  const resolve = {
    startedAt: '',
    durationMs: 1,
    equivalent: '',
    host: 'nowhere.example\u001b[2J',
    status: 'not-found',
    addresses: [],
    source: null,
    servers: [],
    hostsFile: [],
  } as const;
  expect(nameFailure(resolve, PLAIN)).toBe('? The name nowhere.example[2J does not exist (NXDOMAIN).\n');
  expect(nameFailure({ ...resolve, cutShort: true }, PLAIN)).toContain('ended early');
});
