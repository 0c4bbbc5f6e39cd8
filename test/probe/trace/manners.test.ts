import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ping } from '../../../src/probe/ping/ping.ts';
import { trace } from '../../../src/probe/trace/trace.ts';
import { createFakeClock } from '../../fake/clock.ts';
import type { FakeNetwork, FakeNetworkOptions, FakeRouter } from '../../fake/network.ts';
import { createFakeNetwork } from '../../fake/network.ts';

const TARGET = '10.9.9.9';
/** How many errors in a row a router gives (icmp_ratelimit and its burst, Linux). */
const BUDGET = 6;

type Shape = Omit<FakeNetworkOptions, 'clock'> & { readonly routers: readonly FakeRouter[] };

const behaviours = fc.constantFrom<Partial<FakeRouter>>(
  {},
  {},
  {},
  { silent: true },
  { drops: true },
  { silent: true, drops: true },
  { forwardsZeroTtl: true },
  { refuses: { kind: 'prohibited', type: 3, code: 13 } },
  { refuses: { kind: 'network-unreachable', type: 3, code: 0, ttlCheck: 'before' } },
  { errorLimit: { burst: 1, perSecond: 1 } },
);

const shapes: fc.Arbitrary<Shape> = fc
  .record({
    changes: fc.array(behaviours, { minLength: 1, maxLength: 20 }),
    linkMs: fc.constantFrom(0.1, 1, 4),
    loops: fc.boolean(),
    cycle: fc.integer({ min: 1, max: 4 }),
    hostSilent: fc.boolean(),
    loss: fc.constantFrom(0, 0, 3, 7),
  })
  .map(({ changes, linkMs, loops, cycle, hostSilent, loss }) => ({
    routers: changes.map((change, index) => ({
      address: `10.0.${index + 1}.1`,
      rttMs: linkMs * (index + 1),
      ...change,
      // In a loop it would make a cycle of uneven length, which no real router has been seen to do. Of two in a row the
      // router behind would answer three TTLs of a trace: with a ping's errors that is seven, one more than it gives.
      ...((loops || changes[index - 1]?.forwardsZeroTtl) && { forwardsZeroTtl: false }),
    })),
    ...(loops && { loopsBackTo: Math.max(0, changes.length - cycle) }),
    hosts: [
      {
        address: TARGET,
        rttMs: linkMs * (changes.length + 1),
        silent: hostSilent,
        ...(loss > 0 && { loses: (packet: number) => packet % loss === 1 }),
      },
    ],
  }));

function mostErrors(network: FakeNetwork, { routers }: Shape): number {
  // Who says nothing, or no more, cannot be told apart, and spends nothing that anyone waits for.
  const speaking = routers.filter(({ silent, errorLimit }) => silent !== true && errorLimit === undefined);
  return Math.max(0, ...speaking.map(({ address }) => network.errorsAskedOf(address)));
}

test('no trace of any path asks a router for more than six errors, and each ends within three seconds', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      const clock = createFakeClock();
      const prober = createFakeNetwork({ ...shape, clock });
      const { signal } = new AbortController();
      const evidence = await clock.run(
        trace({ address: TARGET, knownErrorFrom: null }, { prober, unavailable: null, clock }, signal, () => undefined),
      );
      expect(mostErrors(prober, shape)).toBeLessThanOrEqual(BUDGET);
      expect(evidence.durationMs).toBeLessThanOrEqual(3000);
      expect(prober.inFlight()).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test('no ping asks a router for more than six errors, and each ends within three seconds', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      const clock = createFakeClock();
      const prober = createFakeNetwork({ ...shape, clock });
      const { signal } = new AbortController();
      const evidence = await clock.run(
        ping({ address: TARGET, others: [] }, { prober, unavailable: null, clock }, signal, () => undefined),
      );
      expect(mostErrors(prober, shape)).toBeLessThanOrEqual(BUDGET);
      expect(evidence.durationMs).toBeLessThanOrEqual(3000);
      expect(evidence.lost).toHaveLength(evidence.sent - evidence.received);
      expect(prober.inFlight()).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test('a ping, and a trace from its first error on, ask no router for more than six errors together', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      const clock = createFakeClock();
      const prober = createFakeNetwork({ ...shape, clock });
      const ports = { prober, unavailable: null, clock };
      const { signal } = new AbortController();
      const traces: Promise<unknown>[] = [];
      const pinged = ping({ address: TARGET, others: [] }, ports, signal, (event) => {
        if (event.kind !== 'echo-error' || traces.length > 0) return;
        const { kind, from } = event.error;
        const options = { address: TARGET, knownErrorFrom: from, expiredFrom: kind === 'time-exceeded' ? from : null };
        traces.push(trace(options, ports, signal, () => undefined));
      });
      await clock.run(pinged);
      await clock.run(Promise.all(traces));
      expect(mostErrors(prober, shape)).toBeLessThanOrEqual(BUDGET);
    }),
    { numRuns: 200 },
  );
});

test('whenever the signal comes, both end at once with evidence that holds together', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.integer({ min: 0, max: 1200 }), async (shape, abortMs) => {
      const clock = createFakeClock();
      const prober = createFakeNetwork({ ...shape, clock });
      const ports = { prober, unavailable: null, clock };
      const stop = new AbortController();
      clock.after(abortMs, () => stop.abort());
      const both = Promise.all([
        ping({ address: TARGET, others: ['10.9.9.8'] }, ports, stop.signal, () => undefined),
        trace({ address: TARGET, knownErrorFrom: null }, ports, stop.signal, () => undefined),
      ]);
      const [pinged, traced] = await clock.run(both);
      expect(Math.max(pinged.durationMs, traced.durationMs)).toBeLessThanOrEqual(abortMs);
      expect(pinged.received).toBeLessThanOrEqual(pinged.sent);
      expect(pinged.received + pinged.lost.length).toBeLessThanOrEqual(pinged.sent);
      expect(traced.hops.map(({ ttl }) => ttl)).toEqual(traced.hops.map((_, index) => index + 1));
      expect(traced.hops.every(({ sent, received }) => received <= sent)).toBe(true);
      expect(prober.inFlight()).toBe(0);
    }),
    { numRuns: 200 },
  );
});
