import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter, run, setNameService, sh } from './kit/exec.ts';
import { check, expectDiagnosis, judged } from './kit/netwhy.ts';
import { PROGRAM } from './kit/program.ts';
import { serve } from './kit/services.ts';
import { withoutTools } from './kit/user.ts';

/** A management network, of which nobody asks. */
const SECOND_LINK =
  'ip link add eth1 type veth peer name eth1p; ip addr add 192.168.99.2/24 dev eth1; ip link set eth1p up; ip link set eth1 up';

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

test.each([
  ['more than it holds wait', 4, { code: 'accept-queue-full', verdict: 'fault', confidence: 'certain' }],
  ['one waits, for which there is room', 1, { code: 'port-open', verdict: 'healthy', confidence: 'certain' }],
] as const)('on loopback, without ss, a program that never accepts: %s', async (_, count, expected) => {
  const net = await chain({ routers: 1 });
  const services = await serve(net.server, { kind: 'tcp', host: '127.0.0.1', port: 8080, backlog: 1 });
  services.freeze();
  await serve(net.server, { kind: 'attempts', host: '127.0.0.1', port: 8080, count });
  const command = [process.execPath, PROGRAM, 'check', '127.0.0.1:8080', '--json'];
  expectDiagnosis(judged(await run(net.server, withoutTools(['ss'], command))), expected);
});

test('the listener is bound to another interface: all addresses of it, and none of the others', async () => {
  const net = await chain({ routers: 1 });
  sh(net.server, SECOND_LINK);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8443, device: 'eth1' });
  const checked = await check(net.server, `${net.target()}:8443`);
  expectDiagnosis(checked, { code: 'listening-on-other-address', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.diagnosis.summary).toContain('eth1');
  const inbound = await check(net.server, `${net.target()}:8443`, '--flow', 'inbound');
  expectDiagnosis(inbound, { code: 'listening-on-other-address', verdict: 'fault', confidence: 'certain' });
});

test('localhost, where the program listens on 127.0.0.1 alone: open, and told that the other family is refused', async () => {
  const net = await chain({ routers: 1 });
  setNameService(net.server, { hosts: ['::1 localhost'] });
  await serve(net.server, { kind: 'tcp', host: '127.0.0.1', port: 3000 });
  const checked = await check(net.server, 'localhost:3000');
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', also: ['listening-other-family'] });
  await serve(net.server, { kind: 'tcp', host: '::1', port: 3000 });
  const both = await check(net.server, 'localhost:3000');
  expectDiagnosis(both, { code: 'port-open', verdict: 'healthy' });
  expect(both.report.findings.map(({ code }) => code)).not.toContain('listening-other-family');
});
