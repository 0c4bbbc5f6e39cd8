import { expect, test } from 'vitest';
import { chain, TO_CLIENT } from './kit/chain.ts';
import { filter, run, sh } from './kit/exec.ts';
import { type Checked, check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;
const PORT = 443;

const at = (address: string): string => (address.includes(':') ? `[${address}]:${PORT}` : `${address}:${PORT}`);

/** Walks the flow, and shows that its hops were asked for. */
async function slow(...args: Parameters<typeof check>): Promise<Checked> {
  const [client, target, ...rest] = args;
  const checked = await check(client, target, '--flow', 'slow', ...rest);
  expect(checked.report.flow).toBe('slow');
  return checked;
}

function answerTo({ report }: Checked, id: string): string | undefined {
  return report.steps.find((step) => step.id === id)?.answer;
}

test.each(FAMILIES)('IPv%i: loss is placed before the port is asked, and the service is degraded', async (family) => {
  const net = await chain({ routers: 5, wires: { 2: { toServer: { lossPercent: 20 }, seed: 1 } } });
  await serve(net.server, { kind: 'tcp', host: '::', port: PORT });
  const checked = await slow(net.client, at(net.target(family)));
  expectDiagnosis(checked, {
    code: 'packet-loss',
    verdict: 'degraded',
    where: { hop: 3, address: net.hop(3, family) },
  });
  expect(answerTo(checked, 'loss-hops')).toBe('yes');
  expect(answerTo(checked, 'port-lossy')).toBe('yes');
});

test('loss on the way to a port that is closed: the service is broken, not slow', async () => {
  const net = await chain({ routers: 1, families: [4], wires: { 1: { toServer: { lossPercent: 25 }, seed: 1 } } });
  expectDiagnosis(await slow(net.client, at(net.target())), {
    code: 'port-closed',
    verdict: 'fault',
    also: ['packet-loss'],
  });
});

test.each(FAMILIES)('IPv%i: half a second of delay, and no port', async (family) => {
  const net = await chain({ routers: 5, wires: { 3: { toServer: { delayMs: 250 }, toClient: { delayMs: 250 } } } });
  // Neighbours that do not know each other yet would take three times as long: that is another fault.
  await run(net.client, ['ping', '-c', '1', '-W', '5', net.target(family)]);
  const checked = await slow(net.client, net.target(family));
  expectDiagnosis(checked, {
    code: 'high-latency',
    verdict: 'degraded',
    where: { hop: 4, address: net.hop(4, family) },
  });
  expect(answerTo(checked, 'slow-hops')).toBe('yes');
});

test('a queue on the way that makes the delay uneven', async () => {
  const net = await chain({ routers: 5, families: [4], wires: { 2: { toServer: { jitterMs: 240 }, seed: 1 } } });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: PORT });
  expectDiagnosis(await slow(net.client, at(net.target())), {
    code: 'high-jitter',
    verdict: 'degraded',
    where: { hop: 3, address: net.hop(3) },
  });
});

test('two answers to one echo', async () => {
  const net = await chain({ routers: 1, families: [4], wires: { 1: { toServer: { duplicatePercent: 50 }, seed: 1 } } });
  expectDiagnosis(await slow(net.client, net.target()), { code: 'duplicate-replies', verdict: 'degraded' });
});

test('it crawls because large packets vanish', async () => {
  const net = await chain({ routers: 5, families: [4] });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: PORT });
  sh(net.router(3), 'ip link set eth1 mtu 1300');
  sh(net.router(4), `ip link set ${TO_CLIENT} mtu 1300`);
  filter(net.router(3), 'output', 'icmp type destination-unreachable icmp code 4 drop');
  expectDiagnosis(await slow(net.client, at(net.target())), {
    code: 'path-mtu-blackhole',
    verdict: 'degraded',
    where: { hop: 3, address: net.hop(3) },
  });
});

test.each(FAMILIES)(
  'IPv%i: a quick path with a router that limits its errors is called neither slow nor lossy',
  async (family) => {
    const net = await chain({ routers: 12, families: [family] });
    await serve(net.server, { kind: 'tcp', host: '::', port: PORT });
    const expired = family === 4 ? 'icmp type time-exceeded' : 'icmpv6 type time-exceeded';
    filter(net.router(6), 'output', `${expired} limit rate over 1/second burst 1 packets drop`);
    const checked = await slow(net.client, at(net.target(family)));
    expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
    expect(checked.report.findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code)).toEqual([]);
  },
);

test('a host that is not there is told as such, however slow it seemed', async () => {
  const net = await chain({ routers: 1, families: [4] });
  sh(net.server, `ip addr flush dev ${TO_CLIENT}`);
  expectDiagnosis(await slow(net.client, net.target()), {
    code: 'host-unreachable',
    verdict: 'fault',
    where: { hop: 1, address: net.hop(1) },
  });
});
