import { expect, test } from 'vitest';
import { type Chain, chain } from './kit/chain.ts';
import { filter, run, sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;

test.each(FAMILIES)('IPv%i: everything is dropped behind a router', async (family) => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', `${family === 4 ? 'ip' : 'ip6'} daddr ${net.target(family)} drop`);
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, {
    code: 'path-blackhole',
    verdict: 'fault',
    confidence: 'likely',
    where: { hop: 3, address: net.hop(3, family) },
  });
  expect(checked.report.diagnosis.alternatives.length).toBeGreaterThan(0);
});

test('a black hole with a port asked for', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', `ip daddr ${net.target()} drop`);
  expectDiagnosis(await check(net.client, `${net.target()}:443`), {
    code: 'path-blackhole',
    verdict: 'fault',
    where: { hop: 3, address: net.hop(3) },
  });
});

test('a router with a blackhole route: the last hop that answered is the one before', async () => {
  const net = await chain({ routers: 5 });
  sh(net.router(3), 'ip route replace blackhole 10.9.5.0/24');
  expectDiagnosis(await check(net.client, net.target()), {
    code: 'path-blackhole',
    verdict: 'fault',
    where: { hop: 2, address: net.hop(2) },
  });
});

test.each(FAMILIES)('IPv%i: the target drops everything', async (family) => {
  const net = await chain({ routers: 1 });
  filter(net.server, 'input', 'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept', 'drop');
  expectDiagnosis(await check(net.client, net.target(family)), {
    code: 'path-blackhole',
    verdict: 'fault',
    where: { hop: 1, address: net.hop(1, family) },
  });
});

test.each(FAMILIES)('IPv%i: the target has no way back', async (family) => {
  const net = await chain({ routers: 5 });
  sh(net.server, `ip -${family} route del default`);
  expectDiagnosis(await check(net.client, net.target(family)), {
    code: 'path-blackhole',
    verdict: 'fault',
    where: { hop: 5, address: net.hop(5, family) },
  });
});

test('not even the first router answers', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(1), 'prerouting', 'meta l4proto { icmp, tcp, udp } drop');
  const checked = await check(net.client, net.target());
  expectDiagnosis(checked, { code: 'path-blackhole', verdict: 'fault' });
  expect(checked.report.diagnosis.where?.hop).toBe(0);
});

/** Sends what is for the server's link back from a router to the one before it. */
function loopAt(net: Chain, hop: number): void {
  sh(net.router(hop), `ip route replace 10.9.5.0/24 via 10.9.${hop - 1}.2`);
  sh(net.router(hop), `ip route replace fd09:0:0:6::/64 via fd09:0:0:${hop}::2`);
}

// Linux answers an expired IPv6 packet from the interface it came in by: on its way back router 3 has another address
// than before, and what comes again and again begins at hop 4.
test.each([
  [4, 3, ['10.9.2.1', '10.9.3.1']],
  [6, 4, ['fd09:0:0:4::1', 'fd09:0:0:4::2']],
] as const)('IPv%i: two routers send packets back and forth, and both are named', async (family, first, routers) => {
  const net = await chain({ routers: 5 });
  loopAt(net, 4);
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, {
    code: 'routing-loop',
    verdict: 'fault',
    confidence: 'certain',
    where: { hop: first, address: net.hop(first, family) },
  });
  const { summary, explanation } = checked.report.diagnosis;
  for (const router of routers) expect(`${summary} ${explanation}`).toContain(router);
  expect(new Set(checked.report.evidence.trace?.loop)).toEqual(new Set(routers));
});

test('a loop with a port asked for', async () => {
  const net = await chain({ routers: 5 });
  loopAt(net, 4);
  expectDiagnosis(await check(net.client, `${net.target()}:443`), {
    code: 'routing-loop',
    verdict: 'fault',
    where: { hop: 3, address: net.hop(3) },
  });
});

test.each(FAMILIES)('IPv%i: the target loses every fourth echo', async (family) => {
  const net = await chain({ routers: 5, wires: { 2: { toServer: { loseEvery: 4 } } } });
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, { code: 'packet-loss', verdict: 'degraded' });
  const { ping } = checked.report.evidence;
  expect(ping?.lossPercent).toBeGreaterThan(10);
  expect(ping?.lossPercent).toBeLessThan(40);
  // Hops 1 and 2 are in front of the loss.
  const hop = checked.report.diagnosis.where?.hop ?? null;
  if (hop !== null) expect(hop).toBeGreaterThanOrEqual(3);
});

test.each(FAMILIES)('IPv%i: loss of a third at random', async (family) => {
  const net = await chain({ routers: 1, wires: { 1: { toServer: { lossPercent: 33 }, seed: 3 } } });
  expectDiagnosis(await check(net.client, net.target(family)), { code: 'packet-loss', verdict: 'degraded' });
});

test('loss with an open port asked for degrades it', async () => {
  const net = await chain({ routers: 1, wires: { 1: { toServer: { loseEvery: 3 } } } });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 80 });
  expectDiagnosis(await check(net.client, `${net.target()}:80`), { code: 'packet-loss', verdict: 'degraded' });
});

test.each(FAMILIES)('IPv%i: a slow link on the path', async (family) => {
  const net = await chain({
    routers: 5,
    wires: { 2: { toServer: { delayMs: 250 }, toClient: { delayMs: 250 } } },
  });
  // Neighbours that do not know each other yet would take three times as long: that is another fault.
  await run(net.client, ['ping', '-c', '1', '-W', '5', net.target(family)]);
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, {
    code: 'high-latency',
    verdict: 'degraded',
    where: { hop: 3, address: net.hop(3, family) },
  });
  expect(checked.report.evidence.ping?.rttMs?.median).toBeGreaterThan(490);
});

test('a path whose delay is never the same', async () => {
  const net = await chain({
    routers: 1,
    wires: { 1: { toServer: { delayMs: 20, jitterMs: 200 }, toClient: { jitterMs: 100 } } },
  });
  expectDiagnosis(await check(net.client, net.target()), { code: 'high-jitter', verdict: 'degraded' });
});

test.each(FAMILIES)('IPv%i: one echo, two answers', async (family) => {
  const net = await chain({ routers: 1, wires: { 1: { toServer: { duplicatePercent: 100 } } } });
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, { code: 'duplicate-replies', verdict: 'degraded' });
  expect(checked.report.evidence.ping?.lossPercent).toBe(0);
});
