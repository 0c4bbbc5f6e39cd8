import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

// The target is the machine itself, so its socket table can be read: these run on the server.

test('a service of this machine that is open', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080 });
  expectDiagnosis(await check(net.server, `${net.target()}:8080`), { code: 'port-open', verdict: 'healthy' });
});

test.each([4, 6] as const)('IPv%i: nothing listens on the port', async (family) => {
  const net = await chain({ routers: 1 });
  const target = family === 4 ? `${net.target(4)}:8080` : `[${net.target(6)}]:8080`;
  expectDiagnosis(await check(net.server, target), { code: 'not-listening', verdict: 'fault', confidence: 'certain' });
});

test.each([
  [4, '127.0.0.1'],
  [6, '::1'],
] as const)('IPv%i: the listener is bound to %s', async (family, host) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host, port: 8080 });
  const target = family === 4 ? `${net.target(4)}:8080` : `[${net.target(6)}]:8080`;
  const checked = await check(net.server, target);
  expectDiagnosis(checked, { code: 'listening-on-loopback', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.evidence.sockets?.listening).toContainEqual(
    expect.objectContaining({ protocol: 'tcp', address: host, port: 8080, process: expect.stringContaining('node') }),
  );
});

test('the listener is bound to another address of this machine', async () => {
  const net = await chain({ routers: 1 });
  sh(net.server, 'ip addr add 10.9.1.50/24 dev eth0');
  await serve(net.server, { kind: 'tcp', host: '10.9.1.50', port: 8080 });
  const checked = await check(net.server, `${net.target()}:8080`);
  expectDiagnosis(checked, { code: 'listening-on-other-address', verdict: 'fault', confidence: 'certain' });
  expect(`${checked.report.diagnosis.summary} ${checked.report.diagnosis.explanation}`).toContain('10.9.1.50');
});

test('the listener takes IPv6 only', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 8080, ipv6Only: true });
  expectDiagnosis(await check(net.server, `${net.target()}:8080`), {
    code: 'listening-other-family',
    verdict: 'fault',
    confidence: 'certain',
  });
  expectDiagnosis(await check(net.server, `[${net.target(6)}]:8080`), { code: 'port-open', verdict: 'healthy' });
});

test('the listener takes IPv4 only', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080 });
  expectDiagnosis(await check(net.server, `[${net.target(6)}]:8080`), {
    code: 'listening-other-family',
    verdict: 'fault',
  });
});

test.each(['drop', 'reject with tcp reset', 'reject'])('a firewall in front of a listener: %s', async (verdict) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080 });
  filter(net.server, 'input', `tcp dport 8080 ${verdict}`);
  expectDiagnosis(await check(net.server, `${net.target()}:8080`), {
    code: 'firewall-blocks-port',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test('a program that has stopped accepting', async () => {
  const net = await chain({ routers: 1 });
  const services = await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080, backlog: 1 });
  services.freeze();
  await serve(net.client, { kind: 'clients', host: net.target(), port: 8080, count: 2 });
  const checked = await check(net.server, `${net.target()}:8080`);
  expectDiagnosis(checked, { code: 'accept-queue-full', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.evidence.sockets?.listening).toContainEqual(
    expect.objectContaining({ port: 8080, acceptQueue: 2, backlog: 1 }),
  );
});
