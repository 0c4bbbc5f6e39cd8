import { expect, test } from 'vitest';
import { type Chain, chain, type Family, TO_CLIENT } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { type Checked, check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const NARROW = 1300;
const FULL = 1500;

/** Both ends of a link of the chain take `bytes` from now on. Link k is the one behind router k. */
function narrow(net: Chain, link: number, bytes = NARROW): void {
  const last = net.routers.length;
  sh(link === 0 ? net.client : net.router(link), `ip link set ${link === 0 ? TO_CLIENT : 'eth1'} mtu ${bytes}`);
  sh(link === last ? net.server : net.router(link + 1), `ip link set ${TO_CLIENT} mtu ${bytes}`);
}

/** The router says nothing of what does not fit. */
function keepQuiet(net: Chain, hop: number): void {
  filter(
    net.router(hop),
    'output',
    'icmp type destination-unreachable icmp code 4 drop',
    'icmpv6 type packet-too-big drop',
  );
}

function expectHealthyPath({ report }: Checked): void {
  expect(report.evidence.mtu).toMatchObject({ pathMtu: FULL, blackhole: false, reportedBy: null });
  expect(report.findings.map(({ code }) => code).filter((code) => code.startsWith('path-mtu'))).toEqual([]);
  expect(report.ruledOut.map(({ code }) => code)).toContain('path-mtu-blackhole');
}

const PATHS: readonly (readonly [Family, number, number])[] = [
  [4, 1, 1],
  [6, 1, 1],
  [4, 5, 1],
  [6, 5, 1],
  [4, 5, 3],
  [6, 5, 3],
  [4, 5, 5],
  [6, 5, 5],
  [4, 12, 1],
  [6, 12, 1],
  [4, 12, 7],
  [6, 12, 7],
  [4, 12, 12],
  [6, 12, 12],
];

test.each(PATHS)(
  'IPv%i behind %i routers: the narrow link behind router %i is reported',
  async (family, routers, hop) => {
    const net = await chain({ routers, families: [family] });
    narrow(net, hop);
    const checked = await check(net.client, net.target(family));
    expectDiagnosis(checked, {
      code: 'reachable',
      verdict: 'healthy',
      confidence: 'certain',
      also: ['path-mtu-reduced'],
    });
    expect(checked.report.evidence.mtu).toMatchObject({
      fullSize: FULL,
      pathMtu: NARROW,
      blackhole: false,
      reportedBy: net.hop(hop, family),
    });
    const finding = checked.report.findings.find(({ code }) => code === 'path-mtu-reduced');
    expect(finding).toMatchObject({ severity: 'info', where: { address: net.hop(hop, family) } });
    // What is reported is not waited for.
    expect(checked.report.evidence.mtu?.durationMs).toBeLessThan(1000);
  },
);

test.each(PATHS)('IPv%i behind %i routers: router %i does not report its narrow link', async (family, routers, hop) => {
  const net = await chain({ routers, families: [family] });
  narrow(net, hop);
  keepQuiet(net, hop);
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, {
    code: 'path-mtu-blackhole',
    verdict: 'degraded',
    // Behind the last router there is only the target itself, which could also refuse large echoes.
    confidence: hop === routers ? 'likely' : 'certain',
    where: { hop, address: net.hop(hop, family) },
  });
  expect(checked.report.evidence.mtu).toMatchObject({
    fullSize: FULL,
    pathMtu: NARROW,
    blackhole: true,
    reportedBy: null,
  });
  const others = checked.report.diagnosis.alternatives.map(({ code }) => code);
  expect(others).toEqual(hop === routers ? ['icmp-filtered'] : []);
});

test.each([4, 6] as const)('IPv%i: an open port does not hide that large packets vanish', async (family) => {
  const net = await chain({ routers: 5 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  narrow(net, 2);
  keepQuiet(net, 2);
  const checked = await check(net.client, family === 4 ? `${net.target(4)}:443` : `[${net.target(6)}]:443`);
  expectDiagnosis(checked, {
    code: 'path-mtu-blackhole',
    verdict: 'degraded',
    confidence: 'certain',
    where: { hop: 2, address: net.hop(2, family) },
  });
});

test.each([4, 6] as const)('IPv%i: the first link carries less than this machine believes', async (family) => {
  const net = await chain({ routers: 5 });
  sh(net.router(1), `ip link set ${TO_CLIENT} mtu ${NARROW}`);
  expectDiagnosis(await check(net.client, net.target(family)), {
    code: 'path-mtu-blackhole',
    verdict: 'degraded',
    confidence: 'certain',
    where: { hop: 0, address: net.own(family) },
  });
});

test('a neighbour on the link with smaller frames', async () => {
  const net = await chain({ routers: 0 });
  sh(net.client, `ip link set ${TO_CLIENT} mtu 9000`);
  expectDiagnosis(await check(net.client, net.target()), {
    code: 'path-mtu-blackhole',
    verdict: 'degraded',
    confidence: 'likely',
    where: { hop: 0, address: net.own() },
  });
});

test.each([4, 6] as const)(
  'IPv%i: of two narrow links the narrower one is reported by its own router',
  async (family) => {
    const net = await chain({ routers: 5 });
    narrow(net, 2, 1400);
    narrow(net, 4);
    const { report } = await check(net.client, net.target(family));
    expect(report.verdict).toBe('healthy');
    expect(report.evidence.mtu).toMatchObject({ pathMtu: NARROW, reportedBy: net.hop(4, family) });
  },
);

test.each([4, 6] as const)('IPv%i: a reported link before one that is not', async (family) => {
  const net = await chain({ routers: 5 });
  narrow(net, 2, 1400);
  narrow(net, 4);
  keepQuiet(net, 4);
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, {
    code: 'path-mtu-blackhole',
    verdict: 'degraded',
    confidence: 'certain',
    where: { hop: 4, address: net.hop(4, family) },
  });
  expect(checked.report.evidence.mtu).toMatchObject({ pathMtu: NARROW, reportedBy: net.hop(2, family) });
});

test.each([4, 6] as const)(
  'IPv%i: a black hole whose next router never names itself is placed no less',
  async (family) => {
    const net = await chain({ routers: 5 });
    narrow(net, 3);
    keepQuiet(net, 3);
    filter(net.router(4), 'output', 'icmp type time-exceeded drop', 'icmpv6 type time-exceeded drop');
    expectDiagnosis(await check(net.client, net.target(family)), {
      code: 'path-mtu-blackhole',
      verdict: 'degraded',
      confidence: 'likely',
      where: { hop: 3, address: net.hop(3, family) },
    });
  },
);

test.each([
  [4, 0],
  [6, 0],
  [4, 1],
  [6, 1],
  [4, 5],
  [6, 5],
] as const)('IPv%i behind %i routers: where everything passes one echo says so', async (family, routers) => {
  const net = await chain({ routers });
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, { code: 'reachable', verdict: 'healthy', confidence: 'certain' });
  expectHealthyPath(checked);
  expect(checked.report.evidence.mtu?.sizes).toEqual([{ bytes: FULL, sent: 1, answered: 1 }]);
});

test('an interface that is narrow itself is no finding', async () => {
  const net = await chain({ routers: 1 });
  narrow(net, 0, 1280);
  const { report } = await check(net.client, net.target(6));
  expect(report.evidence.mtu).toMatchObject({ fullSize: 1280, pathMtu: 1280, blackhole: false });
  expect(report.findings).toHaveLength(1);
});

test('a report that the kernel remembers does not hide the narrow link from the next run', async () => {
  const net = await chain({ routers: 1 });
  narrow(net, 1);
  for (const _ of [1, 2]) {
    const { report } = await check(net.client, net.target());
    expect(report.findings.map(({ code }) => code)).toContain('path-mtu-reduced');
  }
});

test.each([
  [4, 3],
  [4, 4],
  [6, 5],
  [4, 6],
] as const)('IPv%i: a path that loses a fifth of all packets is no black hole (seed %i)', async (family, seed) => {
  const net = await chain({
    routers: 1,
    wires: { 1: { toServer: { lossPercent: 20 }, toClient: { lossPercent: 20 }, strikes: 'ip', seed } },
  });
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, { code: 'packet-loss', verdict: 'degraded' });
  expect(checked.report.findings.map(({ code }) => code)).not.toContain('path-mtu-blackhole');
});

test('a black hole that also loses packets is still found, beside the loss', async () => {
  const net = await chain({ routers: 5, wires: { 1: { toServer: { lossPercent: 20 }, seed: 3 } } });
  narrow(net, 4);
  keepQuiet(net, 4);
  const checked = await check(net.client, net.target());
  expectDiagnosis(checked, { code: 'packet-loss', verdict: 'degraded', also: ['path-mtu-blackhole'] });
});

test('a target that refuses large echoes looks the same, and is no more than likely', async () => {
  const net = await chain({ routers: 2 });
  filter(net.server, 'input', 'icmp type echo-request meta length > 1028 drop');
  const checked = await check(net.client, net.target());
  expectDiagnosis(checked, {
    code: 'path-mtu-blackhole',
    verdict: 'degraded',
    confidence: 'likely',
    where: { hop: 2, address: net.hop(2) },
  });
  expect(checked.report.evidence.mtu?.pathMtu).toBe(1024);
});

test.each([4, 6] as const)('IPv%i: the flow for transfers that hang names the black hole', async (family) => {
  const net = await chain({ routers: 5 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  narrow(net, 3);
  keepQuiet(net, 3);
  const target = family === 4 ? `${net.target(4)}:443` : `[${net.target(6)}]:443`;
  const checked = await check(net.client, target, '--flow', 'mtu');
  expectDiagnosis(checked, {
    code: 'path-mtu-blackhole',
    verdict: 'degraded',
    confidence: 'certain',
    where: { hop: 3, address: net.hop(3, family) },
  });
  expect(checked.report.steps.map(({ id, answer }) => [id, answer])).toContainEqual(['size', 'no']);
});

test('the flow for transfers that hang finds nothing where everything passes', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  const checked = await check(net.client, `${net.target()}:443`, '--flow', 'mtu');
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
});
