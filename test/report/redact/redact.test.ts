import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTls } from '../../../src/analysis/tls.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/domain/reading.ts';
import { parseReport } from '../../../src/evidence/report/parse.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import { loadFlow } from '../../../src/flow/file/load-flow.ts';
import { toJson } from '../../../src/report/check/json.ts';
import { redact } from '../../../src/report/redact/redact.ts';
import { replay } from '../../../src/session/replay/replay.ts';
import { diagnose } from '../../../src/session/report/diagnose.ts';
import { CERTIFICATE, HTTP, TLS } from '../../analysis/service-evidence.ts';
import { readPart } from '../../flow/read-part.ts';
import { BLACKHOLE, HEALTHY, INCONCLUSIVE, LOOPBACK_KO } from '../reports.ts';

const withTitle = (title: string, report: Report = BLACKHOLE): Report => ({
  ...report,
  diagnosis: { ...report.diagnosis, title },
});

const titleOf = (title: string, report: Report = BLACKHOLE) => redact(withTitle(title, report)).diagnosis.title;

test.each([
  ['a fault', BLACKHOLE, /10\.9\.|db\.internal/],
  ['IPv6', INCONCLUSIVE, /2001:db8:40/],
  ['programs', LOOPBACK_KO, /10\.9\.|db\.internal|postgres/],
])('%s: no address and no name is left anywhere', (_, report, secret) => {
  expect(toJson(report)).toMatch(secret);
  expect(toJson(redact(report))).not.toMatch(secret);
});

test('the same thing has the same stand-in wherever it is meant', () => {
  const redacted = redact(BLACKHOLE);
  const address = redacted.target.address ?? '';
  expect(address).toMatch(/^192\.0\.2\.\d+$/);
  expect(redacted.evidence.trace?.address).toBe(address);
  expect(redacted.evidence.ping?.equivalent).toBe(`ping -c 3 -i 0.1 -W 1 ${address}`);
  expect(redacted.diagnosis.summary).toContain(`no port of ${address} answered`);
  expect(redacted.diagnosis.title).toBe(
    `Nothing past ${redacted.diagnosis.where?.address} answers on the way to host-1.example`,
  );
  expect(redacted.target.input).toBe('host-1.example:5432');
  expect(redacted.evidence.resolve?.host).toBe('host-1.example');
});

test('everything that is no name and no address stays', () => {
  const blind = (report: Report) =>
    toJson(report).replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
      /\d\.\d|internal|example|eth0|if-1/.test(text) ? '"…"' : text,
    );
  expect(blind(redact(BLACKHOLE))).toBe(blind(BLACKHOLE));
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', '0.0.0.0'],
  ['[::1]:80', '[::1]:80'],
  ['[::]', '[::]'],
  ['224.0.0.251', '224.0.0.251'],
  ['169.254.7.7', '169.254.0.1'],
  ['fe80::abcd%eth0 and fe80:0::abcd', 'fe80::1%if-1 and fe80::1'],
  ['fe80::abcd%lo', 'fe80::1%lo'],
  ['::ffff:8.8.4.4 is 8.8.4.4', '::ffff:192.0.2.1 is 192.0.2.1'],
  ['2a00:1450::8a.', '2001:db8::1.'],
  ['at 2a00:1450::8a: gone', 'at 2001:db8::1: gone'],
  ['[2a00:1450::8A]:443', '[2001:db8::1]:443'],
  ['8.8.8.8:53', '192.0.2.1:53'],
  ['8.8.8.8/32', '192.0.2.1/32'],
  ['8.8.8.8에서', '192.0.2.1에서'],
  ['12:00:30 and 1.2.3', '12:00:30 and 1.2.3'],
])('%s becomes %s', (text, expected) => {
  // Without evidence nothing else has taken the first stand-ins.
  const bare: Report = {
    ...HEALTHY,
    target: { ...HEALTHY.target, address: null, family: null },
    evidence: {},
    diagnosis: { ...HEALTHY.diagnosis, summary: '', explanation: '' },
    findings: [],
  };
  expect(titleOf(text, bare)).toBe(expected);
});

test.each([
  ['DB.Internal is down', 'host-1.example is down'],
  ['db.internal은(는) 응답하지 않습니다', 'host-1.example은(는) 응답하지 않습니다'],
  ['db.internal.', 'host-1.example.'],
  ['mydb.internal2', 'mydb.internal2'],
])('the host in %j is found', (text, expected) => {
  expect(titleOf(text)).toBe(expected);
});

test('a host whose name is a word of the report changes no such word', () => {
  const report: Report = { ...BLACKHOLE, target: { ...BLACKHOLE.target, input: 'fault', host: 'fault' } };
  const redacted = redact(report);
  expect(redacted.verdict).toBe('fault');
  expect(redacted.target).toMatchObject({ input: 'host-1.example:5432', host: 'host-1.example' });
});

test('what a URL carries beside the host is left out', () => {
  const input = 'https://me:secret@db.internal:5432/private?token=abc#x';
  const report: Report = { ...BLACKHOLE, target: { ...BLACKHOLE.target, scheme: 'https', input } };
  expect(redact(report).target.input).toBe('https://host-1.example:5432');
});

test('a name that was typed in another spelling is not shown as typed', () => {
  const target = { ...BLACKHOLE.target, input: 'bücher.example:80', host: 'xn--bcher-kva.example', port: 80 };
  expect(redact({ ...BLACKHOLE, target }).target.input).toBe('host-1.example:80');
});

test('users, hosts and containers of a vantage are hidden', () => {
  expect(redact({ ...BLACKHOLE, from: 'ssh://alice@bastion:2222' }).from).toBe('ssh://user-1@host-2.example:2222');
});

test('a short program name is hidden where it is a program, and nowhere else', () => {
  const listener = LOOPBACK_KO.evidence.sockets?.listening?.[0];
  const sockets = LOOPBACK_KO.evidence.sockets;
  if (listener === undefined || sockets === undefined) throw new Error('the report has no sockets');
  const report = withTitle('a (pid 811) holds a port', {
    ...LOOPBACK_KO,
    evidence: { sockets: { ...sockets, listening: [{ ...listener, process: 'a' }] } },
  });
  const redacted = redact(report);
  expect(redacted.diagnosis.title).toBe('process-1 (pid 811) holds a port');
  expect(redacted.evidence.sockets?.listening?.[0]?.process).toBe('process-1');
});

test('a redacted report is a report, and a thousand addresses keep a thousand stand-ins', () => {
  const addresses = Array.from({ length: 1000 }, (_, index) => `10.1.${index >> 8}.${index & 255}`);
  const recorded = BLACKHOLE.evidence.resolve;
  if (recorded === undefined) throw new Error('the report has no resolve');
  const redacted = redact({ ...BLACKHOLE, evidence: { resolve: { ...recorded, addresses } } });
  expect(new Set(redacted.evidence.resolve?.addresses).size).toBe(1000);
  expect(parseReport(JSON.parse(toJson(redacted))).kind).toBe('ok');
});

test('any address becomes another of its family', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.oneof(fc.ipV4(), fc.ipV6()), { minLength: 1, maxLength: 20 }), (addresses) => {
      const found = titleOf(addresses.join(' ')).split(' ');
      expect(found.map((address) => address.includes(':'))).toEqual(addresses.map((address) => address.includes(':')));
    }),
  );
});

/** What a walk over the evidence of a report concludes. */
async function conclude({ target, evidence, startedAt, durationMs }: Report) {
  const file = 'flows/reachability.yaml';
  const loaded = loadFlow(readFileSync(file, 'utf8'), file, { readPart });
  if (loaded.kind !== 'ok') throw new Error('the flow cannot be loaded');
  const { input, scheme, host, port, address } = target;
  const context = {
    target: { input, scheme, host, literal: null, port },
    address,
    families: [4, 6] as const,
    thresholds: DEFAULT_THRESHOLDS,
    deadlineS: 15,
  };
  const recorded = { startedAt, durationMs, context, evidence, answers: new Map<string, string>() };
  const { code, verdict, ruledOut } = diagnose(loaded.flow, await replay(loaded.flow, recorded, 'en', () => undefined));
  return { code, verdict, ruledOut };
}

test.each([
  ['port-open', HEALTHY],
  ['path-blackhole', BLACKHOLE],
])('a replay of a redacted report still concludes %s', async (code, report) => {
  const concluded = await conclude(report);
  expect(concluded.code).toBe(code);
  expect(await conclude(redact(report))).toEqual(concluded);
});

const SERVICE: Report = {
  ...HEALTHY,
  target: { ...HEALTHY.target, input: 'https://www.apps.corp/login?token=abc', scheme: 'https', host: 'www.apps.corp' },
  evidence: {
    tls: {
      ...TLS,
      serverName: 'www.apps.corp',
      trustStore: '/home/alice/ca.pem',
      certificates: [
        {
          ...CERTIFICATE,
          subject: 'CN=Payroll, O=Acme',
          issuer: 'CN=Acme Root',
          commonName: 'Payroll',
          names: ['*.apps.corp', 'hidden'],
          addresses: ['10.9.3.2'],
        },
      ],
    },
    http: {
      ...HTTP,
      path: '/login?token=abc',
      equivalent: "curl 'https://www.apps.corp:443/login?token=abc'",
      headers: {
        server: null,
        via: null,
        date: null,
        contentType: null,
        location: 'https://sso.corp/alice',
        retryAfter: null,
      },
    },
  },
};

test('nothing of a certificate, of a path or of a redirect is left, and a wildcard covers what it covered', () => {
  const redacted = redact({
    ...SERVICE,
    diagnosis: { ...SERVICE.diagnosis, title: 'CN=Payroll, O=Acme at www.apps.corp' },
  });
  expect(toJson(redacted)).not.toMatch(/corp|token|alice|Acme|Payroll|hidden|10\.9\./u);
  const { tls } = redacted.evidence;
  expect(tls?.certificates[0]?.names[0]).toMatch(/^\*\.host-\d+\.example$/u);
  expect(tls?.serverName).toMatch(/^host-\d+\.host-\d+\.example$/u);
  expect(readTls(tls).outcome).toBe(readTls(SERVICE.evidence.tls).outcome);
  expect(parseReport(JSON.parse(toJson(redacted))).kind).toBe('ok');
});
