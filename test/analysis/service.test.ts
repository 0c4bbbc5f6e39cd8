import { expect, test } from 'vitest';
import { alternativesTo, confidenceOf } from '../../src/analysis/codes/alternatives.ts';
import { observe } from '../../src/analysis/codes/observe.ts';
import { CODE_RULES } from '../../src/analysis/codes/table.ts';
import { verdictOf } from '../../src/analysis/codes/verdict.ts';
import type { Context } from '../../src/analysis/context.ts';
import { factsOf } from '../../src/analysis/facts/facts.ts';
import { readService } from '../../src/analysis/service.ts';
import { readTls } from '../../src/analysis/tls.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import type { HttpEvidence } from '../../src/evidence/http.ts';
import type { Evidence } from '../../src/evidence/kinds.ts';
import type { TlsEvidence } from '../../src/evidence/tls.ts';
import { CERTIFICATE, HTTP, NO_TLS, TLS } from './service-evidence.ts';

const CONTEXT: Context = {
  target: { input: 'https://www.example/', scheme: 'https', host: 'www.example', literal: null, port: 443 },
  address: '192.0.2.7',
  families: [4, 6],
  thresholds: DEFAULT_THRESHOLDS,
  deadlineS: 15,
};

const silent = { ...NO_TLS, state: 'silent' as const, receivedBytes: 0 };
const SMTP = { protocol: 'smtp', said: null, greetingMs: null } as const;
const expired = { ...TLS, certificates: [{ ...CERTIFICATE, validTo: '2026-05-01T00:00:00.000Z' }] };

test.each<readonly [Partial<TlsEvidence> | undefined, string]>([
  [undefined, 'not-asked'],
  [{ ...NO_TLS, state: null }, 'unavailable'],
  [TLS, 'ok'],
  [silent, 'silent'],
  [{ ...silent, acknowledged: true }, 'silent'],
  [{ ...silent, acknowledged: false }, 'unacknowledged'],
  [{ ...silent, receivedBytes: 90 }, 'stalled'],
  [{ ...NO_TLS, state: 'not-begun', startTls: { ...SMTP, state: 'refused' } }, 'failed'],
  [{ ...NO_TLS, state: 'not-begun', startTls: { ...SMTP, state: 'no-greeting' } }, 'silent'],
  [{ ...NO_TLS, state: 'alert', alert: { code: 70, name: 'protocol_version' } }, 'failed'],
  [{ ...NO_TLS, state: 'not-tls', said: 'SSH-2.0' }, 'failed'],
  [{ ...NO_TLS, state: 'closed' }, 'failed'],
  [{ ...NO_TLS, state: 'no-connection', error: 'ECONNREFUSED' }, 'failed'],
  [{ afterwards: 'alert', alert: { code: 116, name: 'certificate_required' } }, 'failed'],
  [{ afterwards: 'closed' }, 'ok'],
  [{ certificates: [] }, 'ok'],
])('a handshake %j reads as %s', (change, outcome) => {
  expect(readTls(change === undefined ? undefined : { ...TLS, ...change }).outcome).toBe(outcome);
});

test.each<readonly [TlsEvidence | undefined, Partial<HttpEvidence> | undefined, string]>([
  [undefined, undefined, 'not-asked'],
  [TLS, HTTP, 'ok'],
  [undefined, HTTP, 'ok'],
  [undefined, { status: 302 }, 'ok'],
  [undefined, { status: 404 }, 'ok'],
  [undefined, { status: 503 }, 'error'],
  [undefined, { state: 'not-http', status: null }, 'error'],
  [undefined, { state: 'silent', status: null, receivedBytes: 0 }, 'silent'],
  [undefined, { state: 'silent', status: null, receivedBytes: 0, acknowledged: false }, 'unacknowledged'],
  [undefined, { state: 'silent', status: null, receivedBytes: 20 }, 'error'],
  [undefined, { firstByteMs: 3001 }, 'slow'],
  [undefined, { firstByteMs: 2999 }, 'ok'],
  [undefined, { status: 500, firstByteMs: 4000 }, 'error'],
  [{ ...TLS, firstByteMs: 4000 }, HTTP, 'slow'],
  [undefined, { status: 301, redirect: { to: 'same-url', followed: 0, loops: true } }, 'error'],
  [undefined, { status: 301, redirect: { to: 'unusable', followed: 0, loops: null } }, 'ok'],
  [undefined, { state: 'closed', status: null, receivedBytes: 0 }, 'dropped'],
  [undefined, { state: 'closed', status: null, receivedBytes: 12 }, 'error'],
  [TLS, { state: 'reset', status: null, receivedBytes: 0 }, 'error'],
  [TLS, { state: 'http2-only', status: null }, 'unavailable'],
  [silent, undefined, 'silent'],
  [{ ...silent, receivedBytes: 90 }, undefined, 'handshake-stalled'],
  [expired, HTTP, 'expired'],
  [{ ...TLS, trusted: false, trustError: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, undefined, 'untrusted'],
])('the service %#', (tls, change, outcome) => {
  const http = change === undefined ? undefined : { ...HTTP, ...change };
  expect(readService({ ...(tls && { tls }), ...(http && { http }) }, DEFAULT_THRESHOLDS).outcome).toBe(outcome);
});

test('a path that loses large packets is a fault where the service stalls on it, and degraded where it does not', () => {
  expect(verdictOf('path-mtu-blackhole', { tls: silent }, CONTEXT)).toBe('fault');
  expect(verdictOf('path-mtu-blackhole', { http: { ...HTTP, state: 'silent', status: null } }, CONTEXT)).toBe('fault');
  expect(verdictOf('path-mtu-blackhole', { tls: TLS, http: HTTP }, CONTEXT)).toBe('degraded');
  expect(verdictOf('path-mtu-blackhole', {}, CONTEXT)).toBe('degraded');
  expect(verdictOf('packet-loss', { tls: silent }, CONTEXT)).toBe('degraded');
});

test.each([
  ['nothing', null, 'likely'],
  ['the same', 'Mon, 01 Jun 2026 00:00:00 GMT', 'certain'],
  ['that the certificate is still good', 'Thu, 30 Apr 2026 00:00:00 GMT', 'possible'],
  ['nonsense', 'yesterday', 'likely'],
] as const)("a certificate has expired, and the server's clock says %s", (_, date, confidence) => {
  const http = {
    ...HTTP,
    headers: { server: null, via: null, date, contentType: null, location: null, retryAfter: null },
  };
  expect(confidenceOf(alternativesTo('tls-certificate-expired', { tls: expired, http }, CONTEXT))).toBe(confidence);
});

test('what is found is not ruled out, and what was not asked is neither', () => {
  const found: Evidence = { tls: TLS, http: HTTP };
  for (const code of ['tls-handshake-failed', 'tls-untrusted', 'tls-name-mismatch', 'http-error'] as const) {
    expect(CODE_RULES[code].judge(found, CONTEXT)).toBe('ruled-out');
    expect(CODE_RULES[code].judge({}, CONTEXT)).toBeNull();
    expect(CODE_RULES[code].judge({ tls: { ...NO_TLS, state: null } }, CONTEXT)).toBe('not-permitted');
  }
  expect(CODE_RULES['tls-untrusted'].judge({ tls: silent }, CONTEXT)).toBe('not-answered');
  expect(CODE_RULES['tls-handshake-failed'].judge({ tls: { ...silent, cutShort: true } }, CONTEXT)).toBeNull();
});

test('an answer of the kind 4xx is told beside, one of 5xx as a warning', () => {
  const codes = (status: number) => observe({ tls: TLS, http: { ...HTTP, status } }, CONTEXT);
  expect(codes(200)).toEqual([]);
  expect(codes(404)).toEqual([{ code: 'http-error', severity: 'info' }]);
  expect(codes(500)).toEqual([{ code: 'http-error', severity: 'warning' }]);
});

test('the facts are those of the certificate that the finding is about', () => {
  const tls: TlsEvidence = {
    ...TLS,
    trustError: 'CERT_HAS_EXPIRED',
    certificates: [CERTIFICATE, { ...CERTIFICATE, subject: 'CN=Between', validTo: '2026-05-30T00:00:00.000Z' }],
  };
  const facts = factsOf('tls-certificate-expired', null, { tls }, CONTEXT, 'en');
  expect(facts['cert-subject']).toBe('CN=Between');
  expect(facts['cert-days']).toBe('2');
  expect(factsOf('port-open', null, { tls }, CONTEXT, 'en')['cert-subject']).toBe('CN=www.example');
});
