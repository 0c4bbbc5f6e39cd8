import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;
const KEEP_NEIGHBOURS = 'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept';

test.each(FAMILIES)('IPv%i: nobody on the link has the address', async (family) => {
  const net = await chain({ routers: 0 });
  expectDiagnosis(await check(net.client, net.absent(family)), {
    code: 'neighbour-unreachable',
    verdict: 'fault',
    confidence: 'certain',
    where: { hop: 1, address: net.absent(family) },
  });
});

test('nobody on the link has the address, and a port was asked for', async () => {
  const net = await chain({ routers: 0 });
  expectDiagnosis(await check(net.client, `${net.absent()}:443`), {
    code: 'neighbour-unreachable',
    verdict: 'fault',
    where: { hop: 1, address: net.absent() },
  });
});

test.each([
  [4, 1],
  [6, 1],
  [4, 5],
  [6, 5],
] as const)('IPv%i: the last of %i routers cannot find the host', async (family, routers) => {
  const net = await chain({ routers });
  expectDiagnosis(await check(net.client, net.absent(family)), {
    code: 'host-unreachable',
    verdict: 'fault',
    confidence: 'certain',
    where: { hop: routers, address: net.hop(routers, family) },
  });
});

test('the last router cannot find the host, and a port was asked for', async () => {
  const net = await chain({ routers: 5 });
  expectDiagnosis(await check(net.client, `${net.absent()}:443`), {
    code: 'host-unreachable',
    verdict: 'fault',
    where: { hop: 5, address: net.hop(5) },
  });
});

test.each([
  [4, '198.51.100.7', '198.51.100.0/24'],
  [6, '2001:db8:5::7', '2001:db8:5::/48'],
] as const)('IPv%i: a router has no route', async (family, stranger, prefix) => {
  const net = await chain({ routers: 5 });
  expectDiagnosis(await check(net.client, stranger), {
    code: 'network-unreachable',
    verdict: 'fault',
    confidence: 'likely',
    where: { hop: 1, address: net.hop(1, family) },
  });
  for (const hop of [1, 2]) sh(net.router(hop), `ip route add ${prefix} via ${net.hop(hop + 1, family)}`);
  expectDiagnosis(await check(net.client, stranger), {
    code: 'network-unreachable',
    verdict: 'fault',
    where: { hop: 3, address: net.hop(3, family) },
  });
});

test.each([
  [4, 'icmp type admin-prohibited'],
  [4, 'icmp type host-prohibited'],
  [4, 'icmp type net-prohibited'],
  [6, 'icmpv6 type admin-prohibited'],
] as const)('IPv%i: a firewall on the way forbids it with %s', async (family, word) => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', `${family === 4 ? 'ip' : 'ip6'} daddr ${net.target(family)} reject with ${word}`);
  expectDiagnosis(await check(net.client, net.target(family)), {
    code: 'admin-prohibited',
    verdict: 'fault',
    confidence: 'certain',
    where: { hop: 3, address: net.hop(3, family) },
  });
});

test('a firewall on the way forbids everything, and a port was asked for', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', `ip daddr ${net.target()} reject with icmp type admin-prohibited`);
  expectDiagnosis(await check(net.client, `${net.target()}:443`), {
    code: 'admin-prohibited',
    verdict: 'fault',
    where: { hop: 3, address: net.hop(3) },
  });
});

test.each([
  [4, 0],
  [6, 0],
  [4, 5],
  [6, 5],
] as const)('IPv%i behind %i routers: echo dropped on the target, TCP 443 open', async (family, routers) => {
  const net = await chain({ routers });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  filter(net.server, 'input', 'icmp type echo-request drop', 'icmpv6 type echo-request drop');
  const host = await check(net.client, net.target(family));
  expectDiagnosis(host, { code: 'icmp-filtered', verdict: 'degraded', confidence: 'certain' });
  expect(host.exitCode).toBe(1);
  const target = family === 4 ? `${net.target(4)}:443` : `[${net.target(6)}]:443`;
  const port = await check(net.client, target);
  expectDiagnosis(port, { code: 'port-open', verdict: 'healthy', confidence: 'certain', also: ['icmp-filtered'] });
  expect(port.exitCode).toBe(0);
  expect(port.report.findings.find(({ code }) => code === 'icmp-filtered')?.severity).toBe('info');
});

test('echo dropped on the target, nothing listens: its resets prove it up', async () => {
  const net = await chain({ routers: 1 });
  filter(net.server, 'input', 'icmp type echo-request drop');
  expectDiagnosis(await check(net.client, net.target()), { code: 'icmp-filtered', verdict: 'degraded' });
});

test('echo and TCP dropped on the target: its port unreachable proves it up', async () => {
  const net = await chain({ routers: 1 });
  filter(net.server, 'input', 'icmp type echo-request drop', 'tcp flags syn drop');
  expectDiagnosis(await check(net.client, net.target()), { code: 'icmp-filtered', verdict: 'degraded' });
});

test('a router that forbids echoes only filters ICMP', async () => {
  const net = await chain({ routers: 5 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  filter(net.router(3), 'forward', 'icmp type echo-request reject with icmp type admin-prohibited');
  const checked = await check(net.client, net.target());
  expectDiagnosis(checked, { code: 'icmp-filtered', verdict: 'degraded' });
  expect(checked.report.diagnosis.where?.address).toBe(net.hop(3));
});

test.each(FAMILIES)('IPv%i: a host on this link that answers for its address and says nothing else', async (family) => {
  const net = await chain({ routers: 0 });
  filter(net.server, 'input', KEEP_NEIGHBOURS, 'drop');
  expectDiagnosis(await check(net.client, net.target(family)), {
    code: 'host-silent',
    verdict: 'fault',
    where: { hop: 1, address: net.target(family) },
  });
});

test.each(['127.0.0.1', '::1', 'localhost'])('this machine answers itself at %s', async (target) => {
  const net = await chain({ routers: 0 });
  expectDiagnosis(await check(net.client, target), { code: 'reachable', verdict: 'healthy' });
});

test.each(FAMILIES)('IPv%i: this machine answers itself at its own address', async (family) => {
  const net = await chain({ routers: 1 });
  expectDiagnosis(await check(net.client, net.own(family)), { code: 'reachable', verdict: 'healthy' });
});
