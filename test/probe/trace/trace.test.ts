import { expect, test } from 'vitest';
import type { ProbeEvent } from '../../../src/evidence/probe-event.ts';
import type { TraceEvidence } from '../../../src/evidence/trace.ts';
import { ping } from '../../../src/probe/ping/ping.ts';
import type { TraceOptions } from '../../../src/probe/trace/options.ts';
import { trace } from '../../../src/probe/trace/trace.ts';
import { createFakeClock } from '../../fake/clock.ts';
import type { FakeNetwork, FakeNetworkOptions, FakeRouter, Refusal } from '../../fake/network.ts';
import { createFakeNetwork } from '../../fake/network.ts';

const TARGET = '10.0.99.9';
const PROHIBITED: Refusal = { kind: 'prohibited', type: 3, code: 13 };
const NO_ROUTE: Refusal = { kind: 'network-unreachable', type: 3, code: 0, ttlCheck: 'before' };

type Run = { readonly evidence: TraceEvidence; readonly network: FakeNetwork; readonly events: readonly ProbeEvent[] };

async function run(
  network: Omit<FakeNetworkOptions, 'clock'>,
  options: Partial<TraceOptions> = {},
  abortAfterMs: number | null = null,
): Promise<Run> {
  const clock = createFakeClock();
  const prober = createFakeNetwork({ ...network, clock });
  const events: ProbeEvent[] = [];
  const stop = new AbortController();
  if (abortAfterMs !== null) clock.after(abortAfterMs, () => stop.abort());
  const evidence = await clock.run(
    trace(
      { address: TARGET, knownErrorFrom: null, ...options },
      { prober, unavailable: null, clock },
      stop.signal,
      (event) => events.push(event),
    ),
  );
  return { evidence, network: prober, events };
}

function routers(count: number, change: { readonly [hop: number]: Partial<FakeRouter> } = {}): readonly FakeRouter[] {
  return Array.from({ length: count }, (_, index) => ({ address: routerAt(index + 1), ...change[index + 1] }));
}

function routerAt(hop: number): string {
  return `10.0.${hop}.1`;
}

function addressesOf({ hops }: TraceEvidence): readonly string[] {
  return hops.map(({ addresses }) => addresses.join() || '*');
}

function mostErrors(network: FakeNetwork, count: number): number {
  return Math.max(...Array.from({ length: count }, (_, index) => network.errorsAskedOf(routerAt(index + 1))));
}

const hosts = [{ address: TARGET }];

test('a healthy path of twelve hops is known hop by hop after a few round trips', async () => {
  const { evidence, network, events } = await run({ routers: routers(11), hosts });
  expect(evidence).toMatchObject({
    method: 'raw',
    unavailable: null,
    protocol: 'icmp',
    outcome: 'reached',
    loop: [],
    equivalent: 'traceroute -I -n 10.0.99.9',
  });
  expect(addressesOf(evidence)).toEqual([...routers(11).map(({ address }) => address), TARGET]);
  expect(evidence.hops.every(({ sent, received, error }) => sent === 2 && received === 2 && error === null)).toBe(true);
  expect(evidence.hops[4]?.rttMs).toMatchObject({ min: 5, median: 5, max: 5 });
  expect(evidence.durationMs).toBeLessThan(60);
  expect(mostErrors(network, 11)).toBe(2);
  expect(network.inFlight()).toBe(0);
  expect(events).toContainEqual({ kind: 'hop', ttl: 3, address: routerAt(3), rttMs: 3 });
});

test('a far target takes round trips, not time-outs', async () => {
  const far = routers(11).map((router) => ({ ...router, rttMs: 100 }));
  const { evidence } = await run({ routers: far, hosts: [{ address: TARGET, rttMs: 100 }] });
  expect(evidence.outcome).toBe('reached');
  expect(evidence.hops).toHaveLength(12);
  expect(evidence.durationMs).toBeLessThanOrEqual(400);
});

test('a target on this link is reached at the first hop', async () => {
  const { evidence } = await run({ hosts });
  expect(evidence).toMatchObject({ outcome: 'reached', hops: [{ ttl: 1, addresses: [TARGET] }] });
  expect(evidence.durationMs).toBeLessThan(10);
});

test('the hops end at the lowest TTL that reached the target, even if its first probe was lost', async () => {
  const { evidence } = await run({
    routers: routers(3),
    hosts: [{ address: TARGET, loses: (packet) => packet === 0 }],
  });
  expect(evidence.hops).toHaveLength(4);
  expect(evidence.hops[3]).toMatchObject({ ttl: 4, addresses: [TARGET], sent: 2, received: 1 });
});

test('a silent hop in the middle is asked twice and the path goes on behind it', async () => {
  const { evidence } = await run({ routers: routers(8, { 6: { silent: true } }), hosts });
  expect(evidence.outcome).toBe('reached');
  expect(evidence.hops).toHaveLength(9);
  expect(evidence.hops[5]).toMatchObject({ ttl: 6, addresses: [], sent: 2, received: 0, rttMs: null });
  expect(evidence.durationMs).toBeLessThan(800);
});

test('four silent hops in a row do not end the path', async () => {
  const silent = { silent: true };
  const { evidence } = await run({ routers: routers(9, { 5: silent, 6: silent, 7: silent, 8: silent }), hosts });
  expect(evidence.outcome).toBe('reached');
  expect(evidence.hops).toHaveLength(10);
});

test('a router that has spent its errors is a hop that did not answer, and harmless', async () => {
  const { evidence } = await run({ routers: routers(5, { 2: { errorLimit: { burst: 0, perSecond: 0 } } }), hosts });
  expect(evidence.outcome).toBe('reached');
  expect(evidence.hops[1]).toMatchObject({ addresses: [], received: 0 });
});

test('a router that gives one error keeps its address, with one answer of two', async () => {
  const { evidence } = await run({ routers: routers(5, { 2: { errorLimit: { burst: 1, perSecond: 1 } } }), hosts });
  expect(evidence.hops[1]).toMatchObject({ addresses: [routerAt(2)], sent: 2, received: 1 });
});

test('total silence takes about a second', async () => {
  const { evidence, network } = await run({ routers: routers(1, { 1: { silent: true, drops: true } }) });
  expect(evidence).toMatchObject({ outcome: 'silent', loop: [] });
  expect(evidence.hops).toHaveLength(5);
  expect(evidence.hops[0]).toMatchObject({ ttl: 1, addresses: [], sent: 3, received: 0 });
  expect(evidence.durationMs).toBeLessThanOrEqual(1300);
  expect(network.inFlight()).toBe(0);
});

test('a path that goes silent stops at its last answering hop, and the one behind it was asked three times', async () => {
  const { evidence, network } = await run({ routers: routers(4, { 2: { drops: true } }), hosts });
  expect(evidence.outcome).toBe('stopped');
  expect(addressesOf(evidence)).toEqual([routerAt(1), routerAt(2), '*', '*', '*', '*', '*']);
  expect(evidence.hops[2]).toMatchObject({ sent: 3, received: 0 });
  expect(evidence.durationMs).toBeLessThanOrEqual(1300);
  expect(mostErrors(network, 2)).toBe(2);
});

test('the hop behind the last one is found when its first answer was lost', async () => {
  const once = { kind: 'network-unreachable', type: 3, code: 0, when: (packet: number) => packet > 0 } as const;
  const { evidence } = await run({
    routers: routers(3, { 3: { refuses: once, errorLimit: { burst: 1, perSecond: 2 } } }),
  });
  expect(evidence.hops[2]?.addresses).toEqual([routerAt(3)]);
});

test('a prohibition ends the path where it came back', async () => {
  const { evidence, network } = await run({ routers: routers(5, { 3: { refuses: PROHIBITED } }), hosts });
  expect(evidence.outcome).toBe('prohibited');
  expect(evidence.hops).toHaveLength(4);
  expect(evidence.hops[2]).toMatchObject({ addresses: [routerAt(3)], error: null });
  expect(evidence.hops[3]).toMatchObject({
    addresses: [routerAt(3)],
    error: { kind: 'prohibited', from: routerAt(3), type: 3, code: 13 },
  });
  expect(network.errorsAskedOf(routerAt(3))).toBeLessThanOrEqual(6);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
  'a router at hop %i that refuses everything is asked for at most six errors',
  async (hop) => {
    for (const refuses of [PROHIBITED, NO_ROUTE]) {
      const { evidence, network } = await run({ routers: routers(12, { [hop]: { refuses } }) });
      expect(evidence.outcome).toBe(refuses === PROHIBITED ? 'prohibited' : 'unreachable');
      expect(mostErrors(network, 12)).toBeLessThanOrEqual(6);
    }
  },
);

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
  'a ping and a trace together ask the router at hop %i for at most six errors',
  async (hop) => {
    for (const rttMs of [1, 80]) {
      for (const refuses of [PROHIBITED, NO_ROUTE]) {
        const clock = createFakeClock();
        const path = routers(12, { [hop]: { refuses } }).map((router) => ({ ...router, rttMs }));
        const prober = createFakeNetwork({ routers: path, clock });
        const ports = { prober, unavailable: null, clock };
        const { signal } = new AbortController();
        const traces: Promise<TraceEvidence>[] = [];
        // As a session does it: the trace starts beside the echoes, at the first error.
        const pinged = ping({ address: TARGET, others: [] }, ports, signal, (event) => {
          if (event.kind !== 'echo-error' || traces.length > 0) return;
          traces.push(trace({ address: TARGET, knownErrorFrom: event.error.from }, ports, signal, () => undefined));
        });
        await clock.run(pinged);
        const [evidence] = await clock.run(Promise.all(traces));
        expect(evidence?.outcome).toBe(refuses === PROHIBITED ? 'prohibited' : 'unreachable');
        expect(prober.errorsAskedOf(routerAt(hop))).toBeLessThanOrEqual(6);
      }
    }
  },
);

test.each([2, 3, 4])('a loop of %i routers is proven by two rounds and named with all of them', async (cycle) => {
  const path = routers(2 + cycle);
  const { evidence, network } = await run({ routers: path, loopsBackTo: 2 });
  expect(evidence.outcome).toBe('loop');
  expect(evidence.loop).toEqual(path.slice(2).map(({ address }) => address));
  expect(mostErrors(network, 2 + cycle)).toBeLessThanOrEqual(6);
  expect(evidence.durationMs).toBeLessThan(1500);
});

test.each([1, 2, 3, 4])(
  'a ping and a trace together ask no router of a loop of %i for more than six',
  async (cycle) => {
    const clock = createFakeClock();
    const near = routers(1 + cycle).map((router) => ({ ...router, rttMs: 2 }));
    const prober = createFakeNetwork({ routers: near, loopsBackTo: 1, clock });
    const ports = { prober, unavailable: null, clock };
    const { signal } = new AbortController();
    const pinged = await clock.run(ping({ address: TARGET, others: [] }, ports, signal, () => undefined));
    const knownErrorFrom = pinged.errors[0]?.from ?? null;
    const options = { address: TARGET, knownErrorFrom, expiredFrom: knownErrorFrom };
    const { outcome } = await clock.run(trace(options, ports, signal, () => undefined));
    expect(pinged.errors[0]?.kind).toBe('time-exceeded');
    expect(outcome).toBe('loop');
    expect(mostErrors(prober, 1 + cycle)).toBeLessThanOrEqual(6);
  },
);

test('a loop with a silent router in it is still seen', async () => {
  const { evidence, network } = await run({ routers: routers(4, { 3: { silent: true } }), loopsBackTo: 2 });
  expect(evidence).toMatchObject({ outcome: 'loop', loop: [routerAt(4)] });
  expect(mostErrors(network, 4)).toBeLessThanOrEqual(6);
});

test('a router that answers at every TTL is a loop of one', async () => {
  const { evidence, network } = await run({ routers: routers(2), loopsBackTo: 1 });
  expect(evidence).toMatchObject({ outcome: 'loop', loop: [routerAt(2)] });
  expect(mostErrors(network, 2)).toBeLessThanOrEqual(6);
});

test('a router that passes on used-up packets makes the next one appear twice, which is no loop', async () => {
  const { evidence } = await run({ routers: routers(8, { 3: { forwardsZeroTtl: true } }), hosts });
  expect(evidence.outcome).toBe('reached');
  expect(addressesOf(evidence).slice(2, 5)).toEqual([routerAt(4), routerAt(4), routerAt(5)]);
});

test('Time Exceeded from the target itself is not the end of the path', async () => {
  const path = [...routers(2), { address: TARGET }, { address: '10.0.50.1' }];
  const { evidence } = await run({ routers: path, hosts: [{ address: TARGET }] });
  expect(evidence.outcome).toBe('reached');
  expect(addressesOf(evidence)).toEqual([routerAt(1), routerAt(2), TARGET, '10.0.50.1', TARGET]);
});

test('a refusal by the target itself is where the path ends', async () => {
  const { evidence } = await run({ routers: routers(2), hosts: [{ address: TARGET, refuses: PROHIBITED }] });
  expect(evidence).toMatchObject({ outcome: 'prohibited' });
  expect(evidence.hops[2]).toMatchObject({ ttl: 3, addresses: [TARGET] });
});

test('nothing is sent beyond the greatest TTL', async () => {
  const { evidence, network } = await run({ routers: routers(40), hosts }, { maxHops: 12 });
  expect(evidence.outcome).toBe('stopped');
  expect(evidence.hops).toHaveLength(12);
  expect(Math.max(...network.sent.map(({ probe }) => probe.ttl ?? 0))).toBe(12);
});

test('what this machine refuses to send makes no hops', async () => {
  const { evidence, network } = await run({ routers: routers(3), hosts, localError: () => 'EPERM' });
  expect(evidence).toMatchObject({ method: 'raw', unavailable: null, outcome: 'silent', hops: [], loop: [] });
  expect(network.sent).toEqual([]);
});

test('a probe that found the queue full is sent again', async () => {
  const { evidence } = await run({
    routers: routers(3),
    hosts,
    localError: (packet) => (packet === 1 || packet === 2 ? 'ENOBUFS' : null),
  });
  expect(evidence.outcome).toBe('reached');
  expect(addressesOf(evidence)).toEqual([routerAt(1), routerAt(2), routerAt(3), TARGET]);
});

test('an early end says how far it got', async () => {
  const far = routers(11).map((router, index) => ({ ...router, rttMs: 50 + index }));
  const { evidence, network } = await run({ routers: far, hosts }, {}, 53);
  expect(evidence).toMatchObject({ outcome: 'stopped', cutShort: true, durationMs: 53 });
  expect(evidence.hops.filter(({ received }) => received > 0).length).toBeGreaterThan(0);
  expect(evidence.hops.every(({ sent, received }) => received <= sent)).toBe(true);
  expect(network.inFlight()).toBe(0);
});

test('without an engine nothing is sent, and why is told', async () => {
  const clock = createFakeClock();
  const unavailable = { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] } as const;
  const options = { address: '2001:db8::9', knownErrorFrom: null };
  const { signal } = new AbortController();
  const evidence = await clock.run(trace(options, { prober: null, unavailable, clock }, signal, () => undefined));
  expect(evidence).toMatchObject({ method: null, unavailable, outcome: 'silent', hops: [] });
  expect(evidence.equivalent).toBe('traceroute -6 -I -n 2001:db8::9');
});
