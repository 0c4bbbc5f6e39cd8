import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TraceEvidence } from '../../../src/evidence/trace.ts';
import type { TraceOptions } from '../../../src/probe/trace/options.ts';
import { trace } from '../../../src/probe/trace/trace.ts';
import { createFakeClock } from '../../fake/clock.ts';
import type { FakeNetwork, FakeNetworkOptions, FakeRouter } from '../../fake/network.ts';
import { createFakeNetwork } from '../../fake/network.ts';

const TARGET = '10.0.99.9';
const hosts = [{ address: TARGET, openPorts: [443] }];

type Run = { readonly evidence: TraceEvidence; readonly network: FakeNetwork };

async function run(network: Omit<FakeNetworkOptions, 'clock'>, options: Partial<TraceOptions> = {}): Promise<Run> {
  const clock = createFakeClock();
  const prober = createFakeNetwork({ ...network, clock });
  const { signal } = new AbortController();
  const traced = trace(
    { address: TARGET, knownErrorFrom: null, ...options },
    { prober, unavailable: null, clock },
    signal,
    () => undefined,
  );
  return { evidence: await clock.run(traced), network: prober };
}

function routers(count: number, change: { readonly [hop: number]: Partial<FakeRouter> } = {}): readonly FakeRouter[] {
  return Array.from({ length: count }, (_, index) => ({ address: `10.0.${index + 1}.1`, ...change[index + 1] }));
}

function addressesOf({ hops }: TraceEvidence): readonly string[] {
  return hops.map(({ addresses }) => addresses.join() || '*');
}

const WHOLE_PATH = [...routers(7).map(({ address }) => address), TARGET];

test('by UDP the port unreachable of the target is the end of the path', async () => {
  const { evidence } = await run({ routers: routers(7), hosts }, { protocol: 'udp' });
  expect(evidence).toMatchObject({
    protocol: 'udp',
    port: 33434,
    outcome: 'reached',
    stopReason: 'target',
    targetAnswer: { kind: 'port-unreachable', ttl: 8, replyTtl: 57 },
    equivalent: 'traceroute -U -p 33434 -n 10.0.99.9',
  });
  expect(addressesOf(evidence)).toEqual(WHOLE_PATH);
  expect(evidence.hops[7]?.error).toBeNull();
});

test.each([
  [443, 'reply'],
  [444, 'reset'],
] as const)('by TCP to port %i the %s of the target is the end of the path', async (port, kind) => {
  const { evidence } = await run({ routers: routers(7), hosts }, { protocol: 'tcp', port });
  expect(evidence).toMatchObject({
    protocol: 'tcp',
    port,
    outcome: 'reached',
    targetAnswer: { kind, ttl: 8, replyTtl: 57 },
    equivalent: `traceroute -T -p ${port} -n 10.0.99.9`,
  });
  expect(addressesOf(evidence)).toEqual(WHOLE_PATH);
});

test('a port unreachable of another machine is an error, not the target', async () => {
  const refuses = { kind: 'port-unreachable', type: 3, code: 3 } as const;
  const { evidence } = await run({ routers: routers(5, { 3: { refuses } }), hosts }, { protocol: 'udp' });
  expect(evidence).toMatchObject({ outcome: 'unreachable', stopReason: 'error' });
  expect(evidence.targetAnswer).toBeUndefined();
});

test.each(['udp', 'tcp'] as const)(
  'by %s one flow is kept, and every datagram is told apart by its length and by its payload',
  async (protocol) => {
    const { network } = await run({ routers: routers(12), hosts }, { protocol, port: 444, sourcePort: 61_234 });
    const probes = network.sent.map(({ probe }) => probe);
    expect(new Set(probes.map((probe) => ('port' in probe ? `${probe.sourcePort} ${probe.port}` : '')))).toEqual(
      new Set(['61234 444']),
    );
    const lengths = probes.map((probe) => (probe.kind === 'udp' ? probe.payload.length : null));
    const marks = probes.map((probe) => (probe.kind === 'udp' ? probe.payload.at(-1) : null));
    if (protocol === 'udp') expect([new Set(lengths).size, new Set(marks).size]).toEqual(Array(2).fill(probes.length));
    expect(marks).not.toContain(0);
  },
);

test('a router that drops SYNs ends the trace by TCP, and not the one by ICMP', async () => {
  const path = { routers: routers(7, { 3: { toSyns: 'drop' as const } }), hosts };
  const byTcp = await run(path, { protocol: 'tcp', port: 443 });
  expect(byTcp.evidence).toMatchObject({ outcome: 'stopped', stopReason: 'silent-hops' });
  expect(addressesOf(byTcp.evidence).slice(0, 4)).toEqual(['10.0.1.1', '10.0.2.1', '10.0.3.1', '*']);
  expect((await run(path)).evidence).toMatchObject({ outcome: 'reached', stopReason: 'target' });
});

test('an engine that cannot send SYNs says so', async () => {
  const unavailable = { reason: 'not-supported', obstacles: [{ code: 'engine-left-out' }] } as const;
  const { evidence } = await run({ hosts, lacks: { syn: unavailable } }, { protocol: 'tcp', port: 443 });
  expect(evidence).toMatchObject({ method: null, unavailable, hops: [] });
  expect(evidence.stopReason).toBeUndefined();
});

test.each([
  ['refused', { routers: routers(3), hosts, localError: () => 'EPERM' }, {}],
  ['max-hops', { routers: routers(40), hosts }, { maxHops: 12 }],
  ['error', { routers: routers(3, { 2: { refuses: { kind: 'prohibited', type: 3, code: 13 } } }), hosts }, {}],
  ['loop', { routers: routers(4), loopsBackTo: 2 }, {}],
  ['silent-hops', { routers: routers(3, { 2: { drops: true } }), hosts }, {}],
  [
    'time',
    { routers: routers(40).map((router) => ({ ...router, rttMs: 90 })), hosts },
    { longestMs: 200, maxHops: 40 },
  ],
] as const)('the reason of the stop: %s', async (reason, network, options) => {
  expect((await run(network, options)).evidence.stopReason).toBe(reason);
});

test('a target that answers the first TTL behind a gateway is not read as one hop', async () => {
  expect((await run({ hosts }, { gateway: '10.0.0.254' })).evidence.oddities).toEqual(['target-at-first-hop']);
  expect((await run({ hosts })).evidence.oddities).toBeUndefined();
  expect((await run({ hosts }, { gateway: TARGET })).evidence.oddities).toBeUndefined();
});

test('one address at hop after hop is told, and twice in a row is not', async () => {
  const same = (count: number) => routers(5).map((router, index) => (index < count ? { address: '10.0.1.1' } : router));
  expect((await run({ routers: same(5), hosts })).evidence).toMatchObject({
    outcome: 'reached',
    oddities: ['one-address'],
  });
  expect((await run({ routers: same(2), hosts })).evidence.oddities).toBeUndefined();
  expect((await run({ routers: routers(2), loopsBackTo: 1 })).evidence.oddities).toEqual(['one-address']);
});

test('Time Exceeded of the target itself is told', async () => {
  const path = [...routers(2), { address: TARGET }, { address: '10.0.50.1' }];
  expect((await run({ routers: path, hosts })).evidence.oddities).toEqual(['expired-at-target']);
});

test('what a router tells of MPLS stays with its hop', async () => {
  const mpls = [{ label: 24003, trafficClass: 0, bottom: true, ttl: 1 }];
  const { evidence } = await run({ routers: routers(3, { 2: { mpls } }), hosts });
  expect(evidence.hops.map((hop) => hop.mpls)).toEqual([undefined, mpls, undefined, undefined]);
});

const balanced = (probe: { readonly kind: string }): string => {
  const flow = 'flow' in probe ? Number(probe.flow) : 'sourcePort' in probe ? Number(probe.sourcePort) : 0;
  return `10.0.3.${1 + (flow % 3)}`;
};

test.each(['icmp', 'udp', 'tcp'] as const)(
  'by %s several flows show the routers between which load is balanced',
  async (protocol) => {
    const path = { routers: routers(6, { 3: { addressFor: balanced } }), hosts };
    const { evidence, network } = await run(path, { protocol, port: 444, flows: 6 });
    expect(evidence).toMatchObject({ flows: 6, outcome: 'reached' });
    expect([...(evidence.hops[2]?.addresses ?? [])].sort()).toEqual(['10.0.3.1', '10.0.3.2', '10.0.3.3']);
    expect(evidence.hops[1]?.addresses).toHaveLength(1);
    expect(network.errorsAskedOf('10.0.2.1')).toBeLessThanOrEqual(6);
    const one = await run(path, { protocol, port: 444 });
    expect(one.evidence.hops[2]?.addresses).toHaveLength(1);
    expect(one.evidence.flows).toBeUndefined();
  },
);

test('a trace by ICMP and one by TCP beside it ask no router for more than six errors together', async () => {
  const shapes = fc.record({
    count: fc.integer({ min: 1, max: 14 }),
    at: fc.integer({ min: 1, max: 14 }),
    does: fc.constantFrom<Partial<FakeRouter>>(
      {},
      { toSyns: 'drop' },
      { toSyns: 'reset' },
      { silent: true },
      { drops: true },
    ),
    rttMs: fc.constantFrom(1, 60),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ count, at, does, rttMs }) => {
      const clock = createFakeClock();
      const path = routers(count, { [at]: does }).map((router) => ({ ...router, rttMs }));
      const prober = createFakeNetwork({ routers: path, hosts: [{ address: TARGET, dropsSyns: true }], clock });
      const ports = { prober, unavailable: null, clock };
      const { signal } = new AbortController();
      const options = { address: TARGET, knownErrorFrom: null };
      const both = [
        trace(options, ports, signal, () => undefined),
        trace({ ...options, protocol: 'tcp', port: 443 }, ports, signal, () => undefined),
      ];
      const traced = await clock.run(Promise.all(both));
      for (const { address } of path) expect(prober.errorsAskedOf(address)).toBeLessThanOrEqual(6);
      for (const { durationMs } of traced) expect(durationMs).toBeLessThan(3000);
    }),
    { numRuns: 150 },
  );
});
