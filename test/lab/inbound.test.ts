import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

/** From the machine that has the service, as its owner would ask. */
const inbound = (namespace: string, target: string, ...options: readonly string[]) =>
  check(namespace, target, '--flow', 'inbound', ...options);

test.each(['own', 'loopback'])('a service that takes everybody is healthy, asked at its %s address', async (which) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 5432 });
  const target = which === 'own' ? net.target() : '127.0.0.1';
  const checked = await inbound(net.server, `${target}:5432`);
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy' });
  expect(checked.exitCode).toBe(0);
});

test.each(['own', 'loopback'])('bound to loopback is found at its %s address', async (which) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '127.0.0.1', port: 5432 });
  const target = which === 'own' ? net.target() : '127.0.0.1';
  expectDiagnosis(await inbound(net.server, `${target}:5432`), {
    code: 'listening-on-loopback',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test('nothing listens', async () => {
  const net = await chain({ routers: 1 });
  expectDiagnosis(await inbound(net.server, '127.0.0.1:5432'), {
    code: 'not-listening',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test.each(['own', 'loopback'])('a listener of IPv6 alone is the other family at an IPv4 %s address', async (which) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 5432, ipv6Only: true });
  const target = which === 'own' ? net.target() : '127.0.0.1';
  expectDiagnosis(await inbound(net.server, `${target}:5432`), { code: 'listening-other-family', verdict: 'fault' });
});

test('a program that does not accept any more', async () => {
  const net = await chain({ routers: 1 });
  const service = await serve(net.server, { kind: 'tcp', host: net.target(), port: 5432, backlog: 1 });
  service.freeze();
  await serve(net.client, { kind: 'clients', host: net.target(), port: 5432, count: 2 });
  expectDiagnosis(await inbound(net.server, `${net.target()}:5432`), { code: 'accept-queue-full', verdict: 'fault' });
});

test('a rule on the machine itself drops what comes to the port', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 5432 });
  filter(net.server, 'input', 'tcp dport 5432 drop');
  expectDiagnosis(await inbound(net.server, `${net.target()}:5432`), {
    code: 'firewall-blocks-port',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test('a rule that spares the machine itself is told by those whom it does not spare', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 5432 });
  filter(net.server, 'input', 'iifname != "lo" tcp dport 5432 drop');
  const target = `${net.target()}:5432`;
  expectDiagnosis(await inbound(net.server, target), { code: 'port-open', verdict: 'healthy' });
  const told = await inbound(net.server, target, '--answer', 'others=near');
  expectDiagnosis(told, { code: 'firewall-blocks-port', verdict: 'fault', confidence: 'likely' });
  expect(told.report.diagnosis.summary).toContain('this machine itself gets in');
  expect(told.report.diagnosis.summary).not.toContain('from here the port does not');
});

test('from another machine, with the table of the one that has the service, the firewall is found', async () => {
  const net = await chain({ routers: 2 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 5432 });
  filter(net.server, 'input', 'tcp dport 5432 reject with tcp reset');
  const target = `${net.target()}:5432`;
  expectDiagnosis(await inbound(net.client, target), { code: 'port-closed', verdict: 'fault' });
  const file = join(mkdtempSync(join(tmpdir(), 'netwhy-inbound-')), 'pasted');
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  writeFileSync(file, sh(net.server, 'ss -ltn'));
  const seen = await inbound(net.client, target, '--sockets', file);
  expectDiagnosis(seen, { code: 'firewall-blocks-port', verdict: 'fault', confidence: 'likely' });
});
