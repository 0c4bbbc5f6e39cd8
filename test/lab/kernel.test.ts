import { expect, test } from 'vitest';
import { hintOf } from '../../src/evidence/obstacles/describe.ts';
import { type Chain, type ChainOptions, chain, type Family } from './kit/chain.ts';
import { filter, run, sh } from './kit/exec.ts';
import { expectDiagnosis, reportOf } from './kit/netwhy.ts';
import { allowPing, ORDINARY_USER } from './kit/ordinary-user.ts';
import { PROGRAM } from './kit/program.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;

/** A chain of which the client's ordinary user may send echoes. */
async function network(options: ChainOptions): Promise<Chain> {
  const net = await chain(options);
  allowPing(net.client);
  return net;
}

/** `netwhy check` as a user without any right, by the kernel engine alone. */
async function check(net: Chain, target: string) {
  const program = [process.execPath, PROGRAM, 'check', target, '--json', '--engine', 'kernel'];
  const finished = await run(net.client, [...ORDINARY_USER, ...program]);
  return { ...finished, report: reportOf(finished) };
}

function at(net: Chain, port: number, family: Family): string {
  return family === 4 ? `${net.target(4)}:${port}` : `[${net.target(6)}]:${port}`;
}

test.each(FAMILIES)('IPv%i: an ordinary user finds a host reachable, a port open and one closed', async (family) => {
  const net = await network({ routers: 2 });
  await serve(net.server, { kind: 'tcp', host: net.target(family), port: 80 });
  expectDiagnosis(await check(net, net.target(family)), {
    code: 'reachable',
    verdict: 'healthy',
    confidence: 'certain',
  });
  expectDiagnosis(await check(net, at(net, 80, family)), { code: 'port-open', verdict: 'healthy' });
  const closed = await check(net, at(net, 81, family));
  expectDiagnosis(closed, { code: 'port-closed', verdict: 'fault', confidence: 'certain' });
  expect(closed.report.evidence.connect?.icmpSeen).toBe(true);
});

test.each(FAMILIES)('IPv%i: a rule of this machine that resets may be the reason for a refusal', async (family) => {
  const net = await network({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: net.target(family), port: 80 });
  filter(net.client, 'output', 'tcp dport 80 reject with tcp reset');
  const { report } = await check(net, at(net, 80, family));
  expect(report.diagnosis).toMatchObject({ code: 'port-closed', confidence: 'likely' });
  expect(report.diagnosis.alternatives.map(({ code }) => code)).toContain('local-firewall');
  expect(report.evidence.connect?.resetFromAfar).toBe(false);
});

test.each(FAMILIES)('IPv%i: an ordinary user is told who rejects the port, and with what', async (family) => {
  const net = await network({ routers: 2 });
  const type = family === 4 ? 'icmp type port-unreachable' : 'icmpv6 type port-unreachable';
  filter(net.router(2), 'forward', `meta nfproto ipv${family} tcp dport 443 reject with ${type}`);
  expectDiagnosis(await check(net, at(net, 443, family)), {
    code: 'port-rejected',
    verdict: 'fault',
    where: { hop: 2, address: net.hop(2, family) },
  });
});

test.each(FAMILIES)('IPv%i: an ordinary user finds where a path ends, and a loop', async (family) => {
  const net = await network({ routers: 3 });
  const daddr = `${family === 4 ? 'ip' : 'ip6'} daddr ${net.target(family)}`;
  filter(net.router(2), 'forward', `${daddr} drop`);
  expectDiagnosis(await check(net, net.target(family)), {
    code: 'path-blackhole',
    verdict: 'fault',
    where: { hop: 2, address: net.hop(2, family) },
  });
  sh(net.router(2), 'nft flush ruleset');
  const [prefix, back] = family === 4 ? ['10.9.3.0/24', '10.9.1.2'] : ['fd09:0:0:4::/64', 'fd09:0:0:2::2'];
  sh(net.router(2), `ip -${family} route replace ${prefix} via ${back}`);
  expectDiagnosis(await check(net, net.target(family)), { code: 'routing-loop', verdict: 'fault' });
});

test.each(FAMILIES)(
  "IPv%i: an ordinary user finds what this machine's own firewall drops without a word",
  async (family) => {
    const net = await network({ routers: 1 });
    filter(net.client, 'output', 'tcp dport 5432 drop');
    expectDiagnosis(await check(net, at(net, 5432, family)), {
      code: 'local-firewall',
      verdict: 'fault',
      confidence: 'certain',
    });
    sh(net.client, 'nft flush ruleset');
    const to = net.target(family);
    filter(
      net.client,
      'output',
      family === 4 ? `ip daddr ${to} icmp type echo-request drop` : `ip6 daddr ${to} icmpv6 type echo-request drop`,
    );
    const checked = await check(net, to);
    expect(checked.report.evidence.ping).toMatchObject({ method: 'kernel', sent: 0, localError: 'EPERM' });
  },
);

test.each(FAMILIES)('IPv%i: a neighbour that is slow to be found is no firewall', async (family) => {
  const net = await network({ routers: 0 });
  expectDiagnosis(await check(net, family === 4 ? `${net.absent(4)}:80` : `[${net.absent(6)}]:80`), {
    code: 'neighbour-unreachable',
    verdict: 'fault',
  });
});

test('without echo, a router without a route is still found, and silence decides nothing', async () => {
  const net = await chain({ routers: 2 });
  const lost = await check(net, '203.0.113.9');
  expectDiagnosis(lost, { code: 'network-unreachable', verdict: 'fault' });
  expect(hintOf(lost.report.evidence.ping?.unavailable, 'en')).toContain('net.ipv4.ping_group_range');
  filter(net.router(2), 'forward', 'drop');
  expectDiagnosis(await check(net, net.target()), { code: 'not-permitted', verdict: 'inconclusive' });
});
