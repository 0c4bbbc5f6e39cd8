import { expect, test } from 'vitest';
import type { HttpRequest, ServiceClient, TlsRequest } from '../../src/domain/ports.ts';
import type { HttpEvidence } from '../../src/evidence/http.ts';
import type { ProbeEvent } from '../../src/evidence/probe-event.ts';
import type { TlsEvidence } from '../../src/evidence/tls.ts';
import { http } from '../../src/probe/http.ts';
import { tls } from '../../src/probe/tls.ts';
import { HTTP, TLS } from '../analysis/service-evidence.ts';
import { createFakeClock } from '../fake/clock.ts';

const RUNNING = new AbortController().signal;

/** Without what the probe itself adds. */
function attemptOf<E extends TlsEvidence | HttpEvidence>(
  evidence: E,
): Omit<E, 'startedAt' | 'durationMs' | 'equivalent'> {
  const { startedAt: _, durationMs: __, equivalent: ___, ...attempt } = evidence;
  return attempt;
}

function client() {
  const asked: (TlsRequest | HttpRequest)[] = [];
  const service: ServiceClient = {
    handshake: async (request) => {
      asked.push(request);
      return attemptOf(TLS);
    },
    throughProxy: async () => null,
    get: async (request) => {
      asked.push(request);
      return { attempt: attemptOf(HTTP), location: null, cookies: [] };
    },
  };
  return { asked, ports: { service, serviceUnavailable: null, clock: createFakeClock() } };
}

const TLS_OPTIONS = {
  address: '192.0.2.7',
  port: 443,
  name: 'www.example.',
  isHttp: true,
  startTls: null,
  timeoutMs: 4000,
};
const HTTP_OPTIONS = {
  address: '192.0.2.7',
  port: 8443,
  scheme: 'https',
  host: 'www.example',
  isLiteral: false,
  path: '/a?b',
  timeoutMs: 6000,
} as const;

test('the name is sent without its final dot, and HTTP is offered where it is to be spoken', async () => {
  const { asked, ports } = client();
  const events: ProbeEvent[] = [];
  const found = await tls(TLS_OPTIONS, ports, RUNNING, (event) => events.push(event));
  expect(asked).toEqual([
    {
      address: '192.0.2.7',
      port: 443,
      serverName: 'www.example',
      protocols: ['h2', 'http/1.1'],
      startTls: null,
      segmentBytes: null,
      timeoutMs: 4000,
    },
  ]);
  expect(found.equivalent).toBe(
    'openssl s_client -connect 192.0.2.7:443 -servername www.example -verify_hostname www.example -alpn h2,http/1.1 -showcerts </dev/null',
  );
  expect(events).toEqual([{ kind: 'service-answer', protocol: 'tls', answer: 'TLSv1.3', isGood: true, ms: 3 }]);
});

test('of an address no name is sent', async () => {
  const { asked, ports } = client();
  const options = { ...TLS_OPTIONS, address: 'fe80::1%eth0', name: null, isHttp: false };
  const found = await tls(options, ports, RUNNING, () => undefined);
  expect(asked).toMatchObject([{ serverName: null, protocols: [] }]);
  expect(found.equivalent).toBe(
    "openssl s_client -connect '[fe80::1%eth0]:443' -noservername -verify_ip fe80::1 -showcerts </dev/null",
  );
});

test('a port that speaks first is asked for TLS in its own words', async () => {
  const { asked, ports } = client();
  const found = await tls({ ...TLS_OPTIONS, isHttp: false, startTls: 'smtp' }, ports, RUNNING, () => undefined);
  expect(asked).toMatchObject([{ startTls: 'smtp' }]);
  expect(found.equivalent).toContain('s_client -connect 192.0.2.7:443 -starttls smtp -servername www.example');
});

test('a request names the host and its port, and goes to the address that was chosen', async () => {
  const { asked, ports } = client();
  const found = await http(HTTP_OPTIONS, ports, RUNNING, () => undefined);
  expect(asked).toMatchObject([{ tls: { serverName: 'www.example' }, host: 'www.example:8443', path: '/a?b' }]);
  expect(found.equivalent).toBe(
    "curl -sS -o /dev/null -D - --http1.1 --noproxy '*' --resolve www.example:8443:192.0.2.7 'https://www.example:8443/a?b'",
  );
  await http(
    { ...HTTP_OPTIONS, scheme: 'http', port: 80, host: '2001:db8::7', isLiteral: true },
    ports,
    RUNNING,
    () => {},
  );
  expect(asked[1]).toMatchObject({ tls: null, host: '[2001:db8::7]' });
});

test('where nothing can be asked, that is what is told', async () => {
  const serviceUnavailable = { reason: 'not-supported', obstacles: [{ code: 'engine-left-out' }] } as const;
  const ports = { service: null, serviceUnavailable, clock: createFakeClock() };
  expect(await tls(TLS_OPTIONS, ports, RUNNING, () => undefined)).toMatchObject({
    state: null,
    unavailable: serviceUnavailable,
    certificates: [],
  });
  expect(await http(HTTP_OPTIONS, ports, RUNNING, () => undefined)).toMatchObject({
    state: null,
    unavailable: serviceUnavailable,
  });
});
