import { expect, test } from 'vitest';
import { type Chain, chain } from './kit/chain.ts';
import { icmpCounter } from './kit/counters.ts';
import { filter, run } from './kit/exec.ts';
import { type Checked, check, expectDiagnosis } from './kit/netwhy.ts';

const FAMILIES = [4, 6] as const;
/** Both families, each with its names for the same ICMP messages (nft). */
const SAID = {
  4: { reply: 'icmp type echo-reply', expired: 'icmp type time-exceeded' },
  6: { reply: 'icmpv6 type echo-reply', expired: 'icmpv6 type time-exceeded' },
} as const;

/** Routers, the first hop behind the faulty link, and how much the link loses. */
const LOSSES = [
  { routers: 1, hop: 1, percent: 30 },
  { routers: 1, hop: 2, percent: 10 },
  { routers: 5, hop: 1, percent: 10 },
  { routers: 5, hop: 3, percent: 10 },
  { routers: 5, hop: 6, percent: 20 },
  { routers: 12, hop: 1, percent: 30 },
  { routers: 12, hop: 7, percent: 10 },
  { routers: 12, hop: 13, percent: 30 },
] as const;

test.each(FAMILIES.flatMap((family) => LOSSES.map((loss) => ({ family, ...loss }))))(
  'IPv$family, $routers routers: $percent % are lost from hop $hop on',
  async ({ family, routers, hop, percent }) => {
    const net = await chain({
      routers,
      families: [family],
      wires: { [hop - 1]: { toServer: { lossPercent: percent }, seed: 1 } },
    });
    const checked = await check(net.client, net.target(family));
    expectDiagnosis(checked, {
      code: 'packet-loss',
      verdict: 'degraded',
      where: { hop, address: net.hop(hop, family) },
    });
    expect(checked.report.diagnosis.summary).toContain(`hop ${hop} (${net.hop(hop, family)})`);
  },
);

test('loss on the way back only shows at the same hop', async () => {
  const net = await chain({ routers: 5, wires: { 3: { toClient: { lossPercent: 20 }, seed: 2 } } });
  expectDiagnosis(await check(net.client, net.target()), {
    code: 'packet-loss',
    verdict: 'degraded',
    where: { hop: 4, address: net.hop(4) },
  });
});

test('a router that loses what it forwards answers for itself: the next hop is the first to lose', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'meta l4proto icmp numgen random mod 100 < 15 drop');
  expectDiagnosis(await check(net.client, net.target()), {
    code: 'packet-loss',
    verdict: 'degraded',
    where: { hop: 4, address: net.hop(4) },
  });
});

test('loss that hits every n-th packet, whoever it is for', async () => {
  const net = await chain({ routers: 5, wires: { 2: { toServer: { loseEvery: 4 } } } });
  expectDiagnosis(await check(net.client, net.target()), {
    code: 'packet-loss',
    verdict: 'degraded',
    where: { hop: 3, address: net.hop(3) },
  });
});

test.each(FAMILIES)('IPv%i: a router in front of the loss limits the echoes that it answers itself', async (family) => {
  const net = await chain({
    routers: 5,
    families: [family],
    wires: { 4: { toServer: { lossPercent: 20 }, seed: 1 } },
  });
  filter(net.router(2), 'output', `${SAID[family].reply} limit rate over 5/second burst 5 packets drop`);
  expectDiagnosis(await check(net.client, net.target(family)), {
    code: 'packet-loss',
    verdict: 'degraded',
    where: { hop: 5, address: net.hop(5, family) },
    also: ['hop-loss-harmless'],
  });
});

test.each(FAMILIES)('IPv%i: where a router answers nothing, the loss is somewhere in between', async (family) => {
  const net = await chain({
    routers: 5,
    families: [family],
    wires: { 2: { toServer: { lossPercent: 20 }, seed: 1 } },
  });
  filter(net.router(3), 'output', `${SAID[family].reply} drop`);
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, { code: 'packet-loss', verdict: 'degraded', where: null });
  expect(checked.report.diagnosis.summary).toContain('one of the hops 3 to 4');
});

test('on the own link there is no hop to choose', async () => {
  const net = await chain({ routers: 0, wires: { 0: { toServer: { lossPercent: 20 }, seed: 1 } } });
  expectDiagnosis(await check(net.client, net.target()), {
    code: 'packet-loss',
    verdict: 'degraded',
    where: { hop: 1, address: net.target() },
  });
});

test('no router is asked for more than six errors', async () => {
  const net = await chain({ routers: 5, families: [4], wires: { 1: { toServer: { lossPercent: 30 }, seed: 3 } } });
  expectDiagnosis(await check(net.client, net.target()), { code: 'packet-loss', verdict: 'degraded' });
  for (const router of net.routers) expect(icmpCounter(router, 'OutTimeExcds')).toBeLessThanOrEqual(6);
});

test('a target that limits its echo answers is told as a possible loss, at the target', async () => {
  const net = await chain({ routers: 5 });
  filter(net.server, 'output', 'icmp type echo-reply limit rate over 10/second burst 8 packets drop');
  const checked = await check(net.client, net.target());
  expectDiagnosis(checked, {
    code: 'packet-loss',
    verdict: 'degraded',
    confidence: 'possible',
    where: { hop: 6, address: net.target() },
  });
  expect(checked.report.diagnosis.alternatives.map(({ code }) => code)).toContain('hop-loss-harmless');
});

/** Ways in which a router answers less for itself than it forwards. */
const LIMITS = {
  'limits its errors': (net: Chain, family: 4 | 6) =>
    filter(net.router(3), 'output', `${SAID[family].expired} limit rate over 1/second burst 1 packets drop`),
  'sends no errors': (net: Chain, family: 4 | 6) => filter(net.router(3), 'output', `${SAID[family].expired} drop`),
  'limits the echoes that it answers': (net: Chain, family: 4 | 6) =>
    filter(net.router(3), 'output', `${SAID[family].reply} limit rate over 1/second burst 1 packets drop`),
} as const;

test.each(FAMILIES.flatMap((family) => Object.entries(LIMITS).map(([how, limit]) => ({ family, how, limit }))))(
  'IPv$family: a router that $how makes no path lossy',
  async ({ family, limit }) => {
    const net = await chain({ routers: 5, families: [family] });
    limit(net, family);
    const checked = await check(net.client, net.target(family));
    expectDiagnosis(checked, { code: 'reachable', verdict: 'healthy' });
    expectNoComplaint(checked);
  },
);

function expectNoComplaint({ report }: Checked): void {
  const found = report.findings.map(({ code }) => code);
  for (const code of ['packet-loss', 'high-latency', 'high-jitter'] as const) expect(found).not.toContain(code);
}

const PLACES = [
  { routers: 1, hop: 1 },
  { routers: 1, hop: 2 },
  { routers: 12, hop: 1 },
  { routers: 12, hop: 7 },
  { routers: 12, hop: 13 },
] as const;

test.each(FAMILIES.flatMap((family) => PLACES.map((place) => ({ family, ...place }))))(
  'IPv$family, $routers routers: half a second of delay from hop $hop on',
  async ({ family, routers, hop }) => {
    const net = await chain({
      routers,
      families: [family],
      wires: { [hop - 1]: { toServer: { delayMs: 250 }, toClient: { delayMs: 250 } } },
    });
    // Neighbours that do not know each other yet would take three times as long: that is another fault.
    await run(net.client, ['ping', '-c', '1', '-W', '5', net.target(family)]);
    expectDiagnosis(await check(net.client, net.target(family)), {
      code: 'high-latency',
      verdict: 'degraded',
      where: { hop, address: net.hop(hop, family) },
    });
  },
);

test.each(FAMILIES.flatMap((family) => [1, 3, 6].map((hop) => ({ family, hop }))))(
  'IPv$family: the delay is uneven from hop $hop on',
  async ({ family, hop }) => {
    const net = await chain({
      routers: 5,
      families: [family],
      wires: { [hop - 1]: { toServer: { jitterMs: 240 }, seed: 1 } },
    });
    expectDiagnosis(await check(net.client, net.target(family)), {
      code: 'high-jitter',
      verdict: 'degraded',
      where: { hop, address: net.hop(hop, family) },
    });
  },
);
