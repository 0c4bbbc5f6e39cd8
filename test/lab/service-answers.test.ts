import { expect, test } from 'vitest';
import { issue, newAuthority } from './kit/certificates.ts';
import { chain } from './kit/chain.ts';
import { check, expectDiagnosis, judged, netwhy } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const HEALTHY = { code: 'port-open', verdict: 'healthy', confidence: 'certain' } as const;

const literal = (address: string) => (address.includes(':') ? `[${address}]` : address);

test.each([
  [4, [], 'http', 80],
  [6, ['--flow', 'slow'], 'http', 8080],
  [4, [], 'https', 443],
  [6, ['--flow', 'tls'], 'https', 443],
] as const)('IPv%i %j: an %s service that accepts and never answers', async (family, args, scheme, port) => {
  const net = await chain({ routers: 1, families: [family] });
  await serve(net.server, { kind: 'tcp', host: '::', port });
  const checked = await check(net.client, `${scheme}://${literal(net.target(family))}:${port}/`, ...args);
  expectDiagnosis(checked, { code: 'service-silent', verdict: 'fault', confidence: 'likely' });
  const { diagnosis, evidence } = checked.report;
  expect((evidence.http ?? evidence.tls)?.acknowledged).toBe(true);
  expect(diagnosis.owner).toBe('service');
  expect(diagnosis.alternatives.map(({ code }) => code)).toEqual(['service-slow']);
  // Reading the authorities of this machine takes a while before TLS begins.
  expect((evidence.http ?? evidence.tls)?.durationMs).toBeLessThan(scheme === 'http' ? 5600 : 6500);
});

test.each([
  [4, [], 80],
  [6, ['--flow', 'slow'], 8080],
] as const)('IPv%i %j: the first byte comes after four seconds, or at once', async (family, args, port) => {
  const net = await chain({ routers: 1, families: [family] });
  await serve(net.server, { kind: 'http', host: '::', port, status: 200, delayMs: 4000 });
  await serve(net.server, { kind: 'http', host: '::', port: port + 1, status: 200 });
  const at = (asked: number) => `http://${literal(net.target(family))}:${asked}/`;
  const late = await check(net.client, at(port), ...args);
  expectDiagnosis(late, { code: 'service-slow', verdict: 'degraded', confidence: 'certain' });
  expect(late.report.diagnosis.summary).toMatch(/first byte 4\d{3} ms \((?:9\d|100) %\)/u);
  expectDiagnosis(await check(net.client, at(port + 1), ...args), HEALTHY);
});

test('redirects that come back, and such that do not', async () => {
  const net = await chain({ routers: 1, families: [4] });
  const to = (port: number, location: string) =>
    ({ kind: 'http', host: '::', port, status: 302, headers: { Location: location } }) as const;
  const url = (port: number) => `http://${net.target()}:${port}/`;
  await serve(
    net.server,
    to(8001, url(8001)),
    to(8002, url(8003)),
    to(8003, url(8002)),
    to(8004, url(8010)),
    to(8005, 'javascript:alert(1)'),
    to(8006, 'http://portal.invalid/login'),
    { kind: 'http', host: '::', port: 8010, status: 200 },
  );
  for (const port of [8001, 8002]) {
    const looped = await check(net.client, url(port));
    expectDiagnosis(looped, { code: 'http-error', verdict: 'degraded', confidence: 'certain' });
  }
  for (const port of [8004, 8005]) expectDiagnosis(await check(net.client, url(port)), HEALTHY);
  const elsewhere = await check(net.client, url(8006));
  expectDiagnosis(elsewhere, { code: 'port-open', verdict: 'healthy' });
  expect(elsewhere.report.evidence.http?.redirect).toEqual({ to: 'other-host', followed: 0, loops: null });
});

const OFFER = '250-mail.lab\r\n250 STARTTLS\r\n';

test.each([
  ['smtp', 25, ['220 mail.lab\r\n', OFFER, '220 go\r\n']],
  ['smtp', 587, ['220 mail.lab\r\n', OFFER, '220 go\r\n']],
  ['imap', 143, ['* OK ready\r\n', 'a1 OK go\r\n']],
  ['pop3', 110, ['+OK ready\r\n', '+OK go\r\n']],
  ['ftp', 21, ['220 ready\r\n', '234 go\r\n']],
  ['postgres', 5432, [null, 'S']],
] as const)('%s on port %i is asked for TLS in its own words', async (protocol, port, words) => {
  const net = await chain({ routers: 1, families: [4] });
  const authority = newAuthority();
  const asked = async () => {
    const env = { SSL_CERT_FILE: authority.file };
    return judged(await netwhy(net.client, ['check', `${net.target()}:${port}`, '--flow', 'tls', '--json'], { env }));
  };
  await serve(net.server, {
    kind: 'start-tls',
    host: '0.0.0.0',
    port,
    words,
    ...issue(authority, { names: [`IP:${net.target()}`] }),
  });
  const checked = await asked();
  expectDiagnosis(checked, HEALTHY);
  expect(checked.report.evidence.tls).toMatchObject({ state: 'established', startTls: { protocol, state: 'ready' } });
});

test.each([
  ['never greets', 25, [null, 'x', 'x'], 'service-silent', 'no-greeting'],
  ['greets as another', 143, ['220 ftp\r\n', 'x', 'x'], 'tls-handshake-failed', 'not-spoken'],
  ['offers no TLS', 587, ['220 a\r\n', '250 a\r\n', 'x'], 'tls-handshake-failed', 'not-offered'],
  ['refuses', 5432, [null, 'N', 'x'], 'tls-handshake-failed', 'refused'],
] as const)('a server that %s', async (_, port, words, code, state) => {
  const net = await chain({ routers: 1, families: [4] });
  await serve(net.server, { kind: 'start-tls', host: '0.0.0.0', port, words, ...issue(newAuthority(), {}) });
  const checked = await check(net.client, `${net.target()}:${port}`, '--flow', 'tls');
  expectDiagnosis(checked, { code, verdict: 'fault' });
  expect(checked.report.evidence.tls).toMatchObject({ state: 'not-begun', startTls: { state } });
});

test('an intermediate that has expired is told from the certificate of the server', async () => {
  const net = await chain({ routers: 1, families: [4] });
  const authority = newAuthority();
  const names = [`IP:${net.target()}`];
  await serve(net.server, {
    kind: 'tls',
    host: '::',
    port: 443,
    ...issue(authority, { names, intermediate: 'expired' }),
  });
  await serve(net.server, { kind: 'tls', host: '::', port: 444, ...issue(authority, { names, until: -2 }) });
  const env = { SSL_CERT_FILE: authority.file };
  const stepsAt = async (port: number) => {
    const checked = judged(await netwhy(net.client, ['check', `https://${net.target()}:${port}/`, '--json'], { env }));
    expectDiagnosis(checked, { code: 'tls-certificate-expired', verdict: 'fault', confidence: 'certain' });
    return checked.report.diagnosis;
  };
  const between = await stepsAt(443);
  expect(between.summary).toContain('CN=Lab Intermediate, which the server sends along');
  expect(between.nextSteps[0]?.title).toMatch(/^Serve the server's certificate with/u);
  expect(JSON.stringify(between.nextSteps)).not.toContain('certbot');
  expect(JSON.stringify((await stepsAt(444)).nextSteps)).toContain('certbot renew');
});

test('a proxy of the environment that is not there, that refuses, that lets through, that is passed by', async () => {
  const net = await chain({ routers: 1, families: [4] });
  const text = { base64: Buffer.from('HTTP/1.1 403 Forbidden\r\n\r\n').toString('base64') };
  await serve(
    net.server,
    { kind: 'http', host: '::', port: 80, status: 200 },
    { kind: 'http', host: '::', port: 3128, status: 200 },
    { kind: 'says', host: '::', port: 3129, what: text, when: 'spoken to', after: 'close' },
  );
  const asked = async (env: Readonly<Record<string, string>>) =>
    judged(await netwhy(net.client, ['check', `http://${net.target()}/`, '--json'], { env }));
  const gone = await asked({ http_proxy: `http://user:secret@${net.target()}:3130` });
  expectDiagnosis(gone, { code: 'proxy-fails', verdict: 'degraded', confidence: 'certain' });
  expect(gone.report.evidence.proxy).toMatchObject({ state: 'no-connection', port: 3130, hasPassword: true });
  expect(gone.stdout).not.toMatch(/secret|user/u);
  const refused = await asked({ all_proxy: `http://${net.target()}:3129` });
  expectDiagnosis(refused, { code: 'proxy-fails', verdict: 'degraded' });
  const works = await asked({ http_proxy: `${net.target()}:3128` });
  expectDiagnosis(works, { ...HEALTHY, also: ['proxy-configured'] });
  const broken = await asked({ http_proxy: 'http://[nonsense' });
  expectDiagnosis(broken, { ...HEALTHY, also: ['proxy-configured'] });
  const passedBy = await asked({ http_proxy: 'http://10.9.1.99:3128', NO_PROXY: '10.9.0.0/16' });
  expectDiagnosis(passedBy, HEALTHY);
  expect(passedBy.report.evidence.proxy).toBeUndefined();
});
