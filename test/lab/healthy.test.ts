import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter } from './kit/exec.ts';
import { type Checked, check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;

/** Reachable, exit 0, and nothing beside it that would worry anybody. */
function expectHealthy(checked: Checked): void {
  expectDiagnosis(checked, { code: 'reachable', verdict: 'healthy', confidence: 'certain' });
  expect(checked.report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
}

test.each([
  [4, 0],
  [6, 0],
  [4, 1],
  [6, 1],
  [4, 5],
  [6, 5],
  [4, 12],
] as const)('IPv%i behind %i routers: a host that answers', async (family, routers) => {
  const net = await chain({ routers });
  const checked = await check(net.client, net.target(family));
  expectHealthy(checked);
  expect(checked.report.findings).toHaveLength(1);
  expect(checked.report.evidence.ping?.lossPercent).toBe(0);
});

test('the hops of a healthy path are those that are there', async () => {
  const net = await chain({ routers: 5 });
  const { report } = await check(net.client, net.target());
  const hops = report.evidence.trace?.hops.map((hop) => hop.addresses) ?? [];
  hops.forEach((addresses, index) => {
    expect(addresses.filter((address) => address !== net.hop(index + 1))).toEqual([]);
  });
});

test.each(FAMILIES)('IPv%i: 100 ms of delay is far, not ill', async (family) => {
  const net = await chain({ routers: 1, wires: { 1: { toServer: { delayMs: 50 }, toClient: { delayMs: 50 } } } });
  const checked = await check(net.client, net.target(family));
  expectHealthy(checked);
  expect(checked.report.evidence.ping?.rttMs?.median).toBeGreaterThan(99);
});

test.each(FAMILIES)('IPv%i: a router that never answers is harmless', async (family) => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'output', 'icmp type time-exceeded drop', 'icmpv6 type time-exceeded drop');
  expectHealthy(await check(net.client, net.target(family)));
});

test.each(FAMILIES)('IPv%i: a router that answers once a second is harmless', async (family) => {
  const net = await chain({ routers: 5 });
  filter(
    net.router(3),
    'output',
    'icmp type time-exceeded limit rate over 1/second burst 1 packets drop',
    'icmpv6 type time-exceeded limit rate over 1/second burst 1 packets drop',
  );
  expectHealthy(await check(net.client, net.target(family)));
});

test('three runs in a row stay healthy, though routers tire of answering', async () => {
  const net = await chain({ routers: 5 });
  for (const _ of [1, 2, 3]) expectHealthy(await check(net.client, net.target()));
});

test.each(FAMILIES)('IPv%i: losing ICMP errors only is harmless', async (family) => {
  const net = await chain({ routers: 5 });
  const half = 'numgen inc mod 2 == 0 drop';
  filter(net.router(1), 'forward', `icmp type time-exceeded ${half}`, `icmpv6 type time-exceeded ${half}`);
  expectHealthy(await check(net.client, net.target(family)));
});

test.each(FAMILIES)('IPv%i: an open port is healthy with every echo filtered', async (family) => {
  const net = await chain({ routers: 5 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  filter(net.router(2), 'forward', 'icmp type echo-request drop', 'icmpv6 type echo-request drop');
  const checked = await check(net.client, family === 4 ? `${net.target(4)}:443` : `[${net.target(6)}]:443`);
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', also: ['icmp-filtered'] });
  expect(checked.exitCode).toBe(0);
  expect(checked.report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

test('a single lost echo is not loss', async () => {
  const net = await chain({ routers: 1, wires: { 1: { toServer: { loseEvery: 1000 } } } });
  filter(net.server, 'input', 'icmp type echo-request numgen inc mod 1000 == 2 drop');
  expectHealthy(await check(net.client, net.target()));
});
