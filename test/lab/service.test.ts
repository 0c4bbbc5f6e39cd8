import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FindingCode } from '../../src/domain/finding-code.ts';
import type { Confidence } from '../../src/domain/verdict.ts';
import type { HttpEvidence } from '../../src/evidence/http.ts';
import type { TlsEvidence } from '../../src/evidence/tls.ts';
import { type Authority, type CertificateSpec, issue, newAuthority } from './kit/certificates.ts';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { type Checked, expectDiagnosis, judged, netwhy } from './kit/netwhy.ts';
import { type Service, serve, type TlsService } from './kit/services.ts';
import { startSshd } from './kit/sshd.ts';

const FAMILIES = [4, 6] as const;
const NAME = 'web.apps.lab';
const NAMED: CertificateSpec = { names: [`DNS:${NAME}`] };

/** A chain whose client knows the server by name, in one family. */
async function named(family: Family, options: { readonly delayMs?: number; readonly routers?: number } = {}) {
  const { routers = 1, delayMs } = options;
  const address = family === 4 ? `10.9.${routers}.1` : `fd09:0:0:${routers + 1}::1`;
  return chain({
    routers,
    families: [family],
    names: { hosts: [`${address} ${NAME}`] },
    ...(delayMs !== undefined && {
      wires: { 0: { toServer: { delayMs: delayMs / 2 }, toClient: { delayMs: delayMs / 2 } } },
    }),
  });
}

type TlsOptions = Partial<Omit<TlsService, 'kind' | 'host' | 'port' | 'key' | 'cert'>>;

async function serveTls(net: Chain, authority: Authority, spec: CertificateSpec, how: TlsOptions = {}): Promise<void> {
  await serve(net.server, { kind: 'tls', host: '::', port: 443, ...issue(authority, spec), ...how });
}

/** As a user who was given the authority would run it. */
async function checked(net: Chain, target: string, authority: Authority | null, ...args: readonly string[]) {
  const env = authority === null ? {} : { SSL_CERT_FILE: authority.file };
  return judged(await netwhy(net.client, ['check', target, '--json', ...args], { env }));
}

function literal(net: Chain, family: Family): string {
  return family === 4 ? net.target(4) : `[${net.target(6)}]`;
}

/** The link behind a router takes only small packets from now on, and the router says nothing of it. */
function loseLarge(net: Chain, hop: number): void {
  sh(net.router(hop), 'ip link set eth1 mtu 1300');
  sh(net.router(hop + 1), 'ip link set eth0 mtu 1300');
  for (const router of [hop, hop + 1]) {
    filter(
      net.router(router),
      'output',
      'icmp type destination-unreachable icmp code 4 drop',
      'icmpv6 type packet-too-big drop',
    );
  }
}

function codesOf({ report }: Checked): readonly string[] {
  return report.findings.map(({ code }) => code);
}

const HEALTHY = { code: 'port-open', verdict: 'healthy', confidence: 'certain' } as const;

test.each(FAMILIES)('IPv%i: a service whose certificate is in order is healthy', async (family) => {
  const net = await named(family);
  const authority = newAuthority();
  await serveTls(net, authority, NAMED);
  const found = await checked(net, `https://${NAME}/some/page?x=1`, authority);
  expectDiagnosis(found, HEALTHY);
  expect(codesOf(found)).toEqual(['port-open']);
  const { tls, http } = found.report.evidence;
  expect(tls).toMatchObject({
    state: 'established',
    protocol: 'TLSv1.3',
    serverName: NAME,
    trusted: true,
    chainLength: 1,
  });
  expect(http).toMatchObject({ state: 'answered', status: 200, path: '/some/page?x=1', headers: { server: 'lab' } });
  expect(found.report.ruledOut.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['tls-handshake-failed', 'tls-certificate-expired', 'tls-untrusted', 'http-error']),
  );
  expect(found.report.durationMs).toBeLessThan(2500);
});

test.each<readonly [string, CertificateSpec, TlsOptions]>([
  ['only TLS 1.2', NAMED, { maxVersion: 'TLSv1.2' }],
  ['a wildcard', { names: ['DNS:*.apps.lab'] }, {}],
  ['an intermediate that is sent', { ...NAMED, intermediate: 'sent' }, {}],
  ['spare certificates that lead nowhere', NAMED, { padding: 20 }],
  ['a redirect', NAMED, { status: 301 }],
])('a healthy service with %s', async (_, spec, how) => {
  const net = await named(4);
  const authority = newAuthority();
  await serveTls(net, authority, spec, how);
  const found = await checked(net, `https://${NAME}/`, authority);
  expectDiagnosis(found, HEALTHY);
  expect(codesOf(found)).toEqual(['port-open']);
});

test.each(FAMILIES)('IPv%i: a healthy service that is asked for by its address', async (family) => {
  const net = await named(family);
  const authority = newAuthority();
  await serveTls(net, authority, { names: [`IP:${net.target(family)}`] });
  const found = await checked(net, `https://${literal(net, family)}/`, authority);
  expectDiagnosis(found, HEALTHY);
  expect(found.report.evidence.tls).toMatchObject({ serverName: null, trusted: true });
});

test.each(FAMILIES)('IPv%i: a healthy service a hundred milliseconds away', async (family) => {
  const net = await named(family, { delayMs: 100 });
  const authority = newAuthority();
  await serveTls(net, authority, { ...NAMED, intermediate: 'sent' });
  expectDiagnosis(await checked(net, `https://${NAME}/`, authority), HEALTHY);
});

test('the authority may be given to Node alone', async () => {
  const net = await named(4);
  const authority = newAuthority();
  await serveTls(net, authority, NAMED);
  const env = { NODE_EXTRA_CA_CERTS: authority.file };
  const found = judged(await netwhy(net.client, ['check', `https://${NAME}/`, '--json'], { env }));
  expectDiagnosis(found, HEALTHY);
});

test('a plain port is asked for no TLS, and the service itself by no proxy of the environment', async () => {
  const net = await named(4);
  await serveTls(net, newAuthority(), { names: ['DNS:other.lab'] });
  const plain = await checked(net, `${NAME}:443`, null);
  expectDiagnosis(plain, HEALTHY);
  expect(plain.report.evidence.tls).toBeUndefined();
  await serve(net.server, { kind: 'http', host: '::', port: 80, status: 200 });
  const env = {
    http_proxy: 'http://10.9.0.99:3128',
    HTTP_PROXY: 'http://10.9.0.99:3128',
    ALL_PROXY: 'socks5://10.9.0.99',
  };
  const web = judged(await netwhy(net.client, ['check', `http://${NAME}/`, '--json'], { env }));
  expectDiagnosis(web, { code: 'proxy-fails', verdict: 'degraded', confidence: 'certain' });
  expect(web.report.evidence.http?.status).toBe(200);
});

/** What is wrong with a certificate, and what is concluded. */
const CERTIFICATES = [
  ['has expired', { ...NAMED, until: -2 }, {}, 'tls-certificate-expired', 'certain', []],
  ['is of the future', { ...NAMED, from: 2 }, {}, 'tls-certificate-not-yet-valid', 'certain', []],
  [
    'is of the future by a clock that the server does not share',
    { ...NAMED, from: 2 },
    { skewMs: 4 * 86_400_000 },
    'tls-certificate-not-yet-valid',
    'possible',
    [],
  ],
  [
    'is for another name',
    { names: ['DNS:other.apps.lab', 'DNS:*.web.apps.lab'] },
    {},
    'tls-name-mismatch',
    'certain',
    [],
  ],
  ['has the name only as its common name', { commonName: NAME }, {}, 'tls-name-mismatch', 'likely', []],
  ['has signed itself', { ...NAMED, selfSigned: true }, {}, 'tls-untrusted', 'certain', []],
  ['comes without its intermediate', { ...NAMED, intermediate: 'missing' }, {}, 'tls-untrusted', 'certain', []],
  [
    'comes with an intermediate that has expired',
    { ...NAMED, intermediate: 'expired' },
    {},
    'tls-certificate-expired',
    'certain',
    [],
  ],
  [
    'has signed itself and expired',
    { ...NAMED, selfSigned: true, until: -2 },
    {},
    'tls-untrusted',
    'certain',
    ['tls-certificate-expired'],
  ],
  [
    'is wrong in every way',
    { names: ['DNS:other'], selfSigned: true, until: -2 },
    {},
    'tls-name-mismatch',
    'certain',
    ['tls-untrusted', 'tls-certificate-expired'],
  ],
] as const satisfies readonly (readonly [
  string,
  CertificateSpec,
  TlsOptions,
  FindingCode,
  Confidence,
  readonly FindingCode[],
])[];

test.each(CERTIFICATES.flatMap((row) => FAMILIES.map((family) => [family, ...row] as const)))(
  'IPv%i: the certificate %s',
  async (family, _, spec, how, code, confidence, also) => {
    const net = await named(family);
    const authority = newAuthority();
    await serveTls(net, authority, spec, how);
    const found = await checked(net, `https://${NAME}/`, authority);
    expectDiagnosis(found, { code, verdict: 'fault', confidence });
    expect(codesOf(found).toSorted()).toEqual([code, ...also].toSorted());
  },
);

test('nobody told this machine of the authority', async () => {
  const net = await named(4);
  await serveTls(net, newAuthority(), NAMED);
  const found = await checked(net, `https://${NAME}/`, newAuthority());
  expectDiagnosis(found, { code: 'tls-untrusted', verdict: 'fault', confidence: 'certain' });
});

const says = (text: string) => ({ base64: Buffer.from(text, 'latin1').toString('base64') });
const HANDSHAKE = '\x16\x03\x03\x02\x00';

/** What stands on the port where TLS should. */
const NO_TLS: readonly (readonly [string, Service | TlsOptions, Partial<TlsEvidence>, Confidence])[] = [
  [
    'demands a certificate of its clients',
    { requestCert: true },
    { state: 'established', afterwards: 'alert', alert: { code: 116, name: 'certificate_required' } },
    'certain',
  ],
  [
    'demands one by TLS 1.2',
    { requestCert: true, maxVersion: 'TLSv1.2' },
    { state: 'alert', alert: { code: 40, name: 'handshake_failure' } },
    'certain',
  ],
  [
    'speaks nothing newer than TLS 1.1',
    { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' },
    { state: 'alert', alert: { code: 70, name: 'protocol_version' } },
    'certain',
  ],
  [
    'speaks plain HTTP',
    { kind: 'http', host: '::', port: 443, status: 200 },
    { state: 'not-tls', said: 'HTTP/1.1 400 Bad Request' },
    'certain',
  ],
  [
    'greets by SSH',
    { kind: 'says', host: '::', port: 443, what: says('SSH-2.0-OpenSSH_9.2\r\n'), when: 'at once', after: 'hold' },
    { state: 'not-tls', said: 'SSH-2.0-OpenSSH_9.2' },
    'certain',
  ],
  [
    'hides what it says behind controls',
    {
      kind: 'says',
      host: '::',
      port: 443,
      what: says('\x1b]0;owned\x07\x1b[2Jhello\r\n'),
      when: 'at once',
      after: 'hold',
    },
    { state: 'not-tls', said: ']0;owned[2Jhello' },
    'certain',
  ],
  [
    'ends the connection on the greeting',
    { kind: 'says', host: '::', port: 443, what: says(''), when: 'spoken to', after: 'close' },
    { state: 'closed', receivedBytes: 0 },
    'likely',
  ],
  [
    'resets the connection on the greeting',
    { kind: 'says', host: '::', port: 443, what: says(''), when: 'spoken to', after: 'reset' },
    { state: 'reset', receivedBytes: 0 },
    'likely',
  ],
  ['hangs in its first words', { cutAfter: 90 }, { state: 'silent', receivedBytes: 90 }, 'likely'],
  [
    'says a handshake that is none',
    {
      kind: 'says',
      host: '::',
      port: 443,
      what: says(`${HANDSHAKE}${'\x02\xff'.repeat(256)}`),
      when: 'spoken to',
      after: 'hold',
    },
    { state: 'unusable' },
    'likely',
  ],
  [
    'sends a mountain of certificates',
    { padding: 2000 },
    { state: 'unusable', error: 'ERR_SSL_EXCESSIVE_MESSAGE_SIZE' },
    'likely',
  ],
];

test.each(NO_TLS.flatMap((row) => FAMILIES.map((family) => [family, ...row] as const)))(
  'IPv%i: what should speak TLS %s',
  async (family, _, service, seen, confidence) => {
    const net = await named(family);
    const authority = newAuthority();
    if ('kind' in service) await serve(net.server, service);
    else await serveTls(net, authority, NAMED, service);
    const found = await checked(net, `https://${NAME}/`, authority);
    expectDiagnosis(found, { code: 'tls-handshake-failed', verdict: 'fault', confidence });
    expect(found.report.evidence.tls).toMatchObject(seen);
    expect(found.report.evidence.http).toBeUndefined();
    expect(found.report.durationMs).toBeLessThan(10_000);
  },
);

test('a port that drops every connection keeps its code', async () => {
  const net = await named(4);
  await serve(net.server, { kind: 'tcp', host: '::', port: 443, does: 'close' });
  expectDiagnosis(await checked(net, `https://${NAME}/`, null), { code: 'connection-dropped', verdict: 'degraded' });
});

test.each(FAMILIES)('IPv%i: a handshake stalls where large packets vanish', async (family) => {
  const net = await named(family, { routers: 3 });
  const authority = newAuthority();
  await serveTls(net, authority, { ...NAMED, intermediate: 'sent' });
  loseLarge(net, 2);
  for (const args of [[], ['--flow', 'tls']]) {
    const found = await checked(net, `https://${NAME}/`, authority, ...args);
    expectDiagnosis(found, { code: 'path-mtu-blackhole', verdict: 'fault', also: ['tls-handshake-failed'] });
    expect(found.report.evidence.tls).toMatchObject({ state: 'silent', receivedBytes: 0 });
  }
});

test.each(FAMILIES)('IPv%i: a small answer passes where large packets vanish', async (family) => {
  const net = await named(family, { routers: 3 });
  await serve(net.server, { kind: 'http', host: '::', port: 80, status: 200 });
  loseLarge(net, 2);
  const found = await checked(net, `http://${NAME}/`, null);
  expectDiagnosis(found, { code: 'path-mtu-blackhole', verdict: 'degraded' });
  expect(found.report.evidence.http?.status).toBe(200);
});

test.each([
  [4, 500, 'http-error', 'degraded', 'warning'],
  [6, 503, 'http-error', 'degraded', 'warning'],
  [4, 404, 'port-open', 'healthy', 'info'],
  [6, 401, 'port-open', 'healthy', 'info'],
] as const)('IPv%i: the answer %i', async (family, status, code, verdict, severity) => {
  const net = await named(family);
  const authority = newAuthority();
  await serveTls(net, authority, NAMED, { status });
  await serve(net.server, { kind: 'http', host: '::', port: 8080, status });
  for (const target of [`https://${NAME}/`, `http://${NAME}:8080/path`]) {
    const found = await checked(net, target, authority);
    expectDiagnosis(found, { code, verdict, confidence: 'certain' });
    expect(found.report.findings.find((finding) => finding.code === 'http-error')).toMatchObject({ severity });
    expect(found.report.evidence.http).toMatchObject({ state: 'answered', status });
  }
});

const NO_HTTP: readonly (readonly [string, Service, Partial<HttpEvidence>, FindingCode])[] = [
  [
    'never ends its headers',
    { kind: 'says', host: '::', port: 80, what: 'endless', when: 'spoken to', after: 'hold' },
    { state: 'unusable', error: 'HEAD_TOO_LONG' },
    'http-error',
  ],
  [
    'says something else',
    { kind: 'says', host: '::', port: 80, what: says('220 mail.lab ESMTP\r\n'), when: 'spoken to', after: 'hold' },
    { state: 'not-http', said: '220 mail.lab ESMTP' },
    'http-error',
  ],
  [
    'speaks TLS',
    {
      kind: 'says',
      host: '::',
      port: 80,
      what: says('\x15\x03\x01\x00\x02\x02\x46'),
      when: 'spoken to',
      after: 'close',
    },
    { state: 'not-http', said: 'TLS' },
    'http-error',
  ],
  [
    'ends the connection on the request',
    { kind: 'says', host: '::', port: 80, what: says(''), when: 'spoken to', after: 'close' },
    { state: 'closed', receivedBytes: 0 },
    'connection-dropped',
  ],
];

test.each(NO_HTTP.flatMap((row) => FAMILIES.map((family) => [family, ...row] as const)))(
  'IPv%i: what should speak HTTP %s',
  async (family, _, service, seen, code) => {
    const net = await named(family);
    await serve(net.server, service);
    const found = await checked(net, `http://${NAME}/`, null);
    expectDiagnosis(found, { code, verdict: 'degraded' });
    expect(found.report.evidence.http).toMatchObject(seen);
  },
);

test.each(FAMILIES)('IPv%i: the flow tls asks any port for TLS', async (family) => {
  const net = await named(family);
  const authority = newAuthority();
  await serve(net.server, { kind: 'tls', host: '::', port: 636, ...issue(authority, NAMED) });
  await serve(net.server, { kind: 'tls', host: '::', port: 637, ...issue(authority, { ...NAMED, until: -2 }) });
  const good = await checked(net, `${NAME}:636`, authority, '--flow', 'tls');
  expectDiagnosis(good, HEALTHY);
  expect(good.report.evidence.http).toBeUndefined();
  const bad = await checked(net, `${NAME}:637`, authority, '--flow', 'tls');
  // No request was made, so that no other clock is known.
  expectDiagnosis(bad, { code: 'tls-certificate-expired', verdict: 'fault', confidence: 'likely' });
  expect(bad.report.diagnosis.alternatives.map(({ code }) => code)).toEqual(['port-open']);
  const closed = await checked(net, `${NAME}:638`, authority, '--flow', 'tls');
  expectDiagnosis(closed, { code: 'port-closed', verdict: 'fault' });
});

test('without echoes a handshake that stalls is the path where small segments pass and usual ones do not', async () => {
  const net = await named(4, { routers: 3 });
  const authority = newAuthority();
  await serveTls(net, authority, { ...NAMED, intermediate: 'sent' });
  loseLarge(net, 2);
  const found = await checked(net, `https://${NAME}/`, authority, '--engine', 'sockets');
  expectDiagnosis(found, {
    code: 'path-mtu-blackhole',
    verdict: 'fault',
    confidence: 'likely',
    also: ['tls-handshake-failed'],
  });
});

test('a name with an address in a family that this machine has not', async () => {
  const net = await chain({ routers: 1, families: [4], names: { hosts: [`2001:db8::7 ${NAME}`, `10.9.1.1 ${NAME}`] } });
  const authority = newAuthority();
  await serveTls(net, authority, { ...NAMED, until: -2 });
  const found = await checked(net, `https://${NAME}/`, authority);
  expectDiagnosis(found, { code: 'tls-certificate-expired', verdict: 'fault', confidence: 'certain' });
});

test('from another machine TLS and HTTP are not spoken, and that is told', async () => {
  const net = await chain({ routers: 2 });
  await startSshd(net.client, net.router(1), net.hop(1));
  const authority = newAuthority();
  await serveTls(net, authority, { names: ['DNS:other.lab'] });
  const target = `https://${net.target()}/`;
  const found = await checked(net, target, authority, '--from', 'ssh://far');
  expectDiagnosis(found, { code: 'port-open', verdict: 'healthy' });
  expect(found.report.evidence.tls).toMatchObject({ state: null, unavailable: { reason: 'not-supported' } });
  for (const code of ['tls-name-mismatch', 'tls-handshake-failed', 'http-error'] as const) {
    expect(found.report.notChecked).toContainEqual({ code, reason: 'not-permitted' });
  }
  const both = await checked(net, target, authority, '--from', 'local', '--from', 'ssh://far');
  expectDiagnosis(both, { code: 'tls-name-mismatch', verdict: 'fault' });
  expect(both.report.comparison?.meanings[0]).toMatch(/was not looked at/u);
});

test('what a certificate says cannot control the terminal', async () => {
  const net = await named(4);
  const authority = newAuthority();
  await serveTls(net, authority, { ...NAMED, commonName: 'a\u001b]0;owned\u0007\u001b[2J\u202eb', selfSigned: true });
  for (const args of [[], ['--markdown'], ['--json']]) {
    const { stdout } = await netwhy(net.client, ['check', `https://${NAME}/`, ...args]);
    expect(stdout).toContain('tls-untrusted');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

test('the flow tls needs a port', async () => {
  const net = await named(4);
  const { exitCode, stderr } = await netwhy(net.client, ['check', NAME, '--flow', 'tls']);
  expect([exitCode, stderr]).toEqual([64, expect.stringContaining(`${NAME}:443`)]);
});

test('a report is replayed to the same verdict, with its names replaced as well', async () => {
  const net = await named(4);
  const authority = newAuthority();
  await serveTls(net, authority, { names: ['DNS:*.apps.lab'], commonName: 'secret.corp', until: -2 });
  const redacted = await checked(net, `https://${NAME}/secret?token=1`, authority, '--redact');
  expectDiagnosis(redacted, { code: 'tls-certificate-expired', verdict: 'fault', confidence: 'certain' });
  expect(redacted.stdout).not.toMatch(/apps|secret|token|10\.9\./u);
  const file = join(authority.folder, 'report.json');
  writeFileSync(file, redacted.stdout);
  const again = await netwhy(net.client, ['replay', file, '--json']);
  expect(JSON.parse(again.stdout)).toMatchObject({ verdict: 'fault', diagnosis: { code: 'tls-certificate-expired' } });
  expect(JSON.parse(again.stdout).findings).toHaveLength(redacted.report.findings.length);
});
