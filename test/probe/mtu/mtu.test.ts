import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MtuOptions, mtu } from '../../../src/probe/mtu/mtu.ts';
import { createFakeClock } from '../../fake/clock.ts';
import { createNarrowPath, type NarrowPath, routerAt } from './path.ts';

const V4 = '10.9.9.9';
const V6 = 'fd09::9';
const never = new AbortController().signal;

type Shape = Omit<NarrowPath, 'clock' | 'target'> & { readonly target?: string };

async function measure(shape: Shape, options: Partial<MtuOptions> = {}) {
  const clock = createFakeClock();
  const target = shape.target ?? V4;
  const prober = createNarrowPath({ ...shape, clock, target });
  const evidence = await clock.run(
    mtu(
      { address: target, interfaceMtu: 1500, rttMs: 1, ...options },
      { prober, unavailable: null, clock },
      never,
      () => undefined,
    ),
  );
  return { evidence, prober };
}

test.each([
  [V4, 1472],
  [V6, 1452],
])('%s: where everything passes, one echo of the full size is all', async (target, payload) => {
  const { evidence, prober } = await measure({ target, links: [1500, 1500, 1500] });
  expect(evidence).toMatchObject({
    fullSize: 1500,
    pathMtu: 1500,
    blackhole: false,
    reportedBy: null,
    lastPassing: null,
  });
  expect(evidence.equivalent).toContain(`-s ${payload} ${target}`);
  expect(prober.sent.map(({ bytes, ttl }) => [bytes, ttl])).toEqual([[1500, null]]);
});

test.each([V4, V6])('%s: the report of a router is followed, two packets in all', async (target) => {
  const { evidence, prober } = await measure({ target, links: [1500, 1500, 1333, 1500] });
  expect(evidence).toMatchObject({ pathMtu: 1333, blackhole: false, reportedBy: routerAt(2, target) });
  expect(prober.sent.map(({ bytes }) => bytes)).toEqual([1500, 1333]);
});

test('each narrower link is reported by its own router, and the last of them is named', async () => {
  const { evidence, prober } = await measure({ links: [1500, 1400, 1300, 1280] });
  expect(evidence).toMatchObject({ pathMtu: 1280, blackhole: false, reportedBy: routerAt(3, V4) });
  expect(prober.sent.map(({ bytes }) => bytes)).toEqual([1500, 1400, 1300, 1280]);
});

test('a lost echo is no black hole: the next one passes', async () => {
  const { evidence } = await measure({ links: [1500, 1500], loses: (packet) => packet === 0 });
  expect(evidence).toMatchObject({ pathMtu: 1500, blackhole: false });
});

test('a report that got lost is heard the next time', async () => {
  const { evidence } = await measure({ links: [1500, 1300], loses: (packet) => packet === 0 });
  expect(evidence).toMatchObject({ pathMtu: 1300, blackhole: false, reportedBy: routerAt(1, V4) });
});

test.each([
  [V4, 1300, 1300],
  [V4, 1492, 1492],
  [V4, 1410, 1400],
  [V4, 1280, 1280],
  [V4, 600, 576],
  [V6, 1300, 1300],
  [V6, 1420, 1420],
  [V6, 1280, 1280],
])('%s: behind a silent router a link of %i bytes passes the usual size %i', async (target, narrow, expected) => {
  const { evidence, prober } = await measure({ target, links: [1500, 1500, 1500, narrow, 1500], quiet: [3] });
  expect(evidence).toMatchObject({
    pathMtu: expected,
    blackhole: true,
    reportedBy: null,
    lastPassing: { hop: 3, address: routerAt(3, target) },
    firstFailing: { hop: 4, address: routerAt(4, target) },
  });
  expect(evidence.durationMs).toBeLessThan(2500);
  const toTarget = prober.sent.filter(({ to, ttl }) => to === target && ttl === null);
  expect(toTarget.length).toBeLessThanOrEqual(16);
  for (const hop of [1, 2, 3, 4]) expect(prober.errorsAskedOf(hop)).toBeLessThanOrEqual(3);
});

test.each([1, 2, 5, 7, 8, 9, 12, 20])('a black hole behind router %i is found there', async (hop) => {
  const links = Array.from({ length: 25 }, (_, link) => (link === hop ? 1300 : 1500));
  const { evidence } = await measure({ links, quiet: [hop] });
  expect(evidence).toMatchObject({ blackhole: true, lastPassing: { hop, address: routerAt(hop, V4) } });
});

test('where not even the first router gets large packets, they stop on this machine’s own link', async () => {
  const { evidence } = await measure({ links: [1300, 1500, 1500] });
  expect(evidence).toMatchObject({
    pathMtu: 1300,
    blackhole: true,
    lastPassing: { hop: 0, address: null },
    firstFailing: { hop: 1, address: routerAt(1, V4) },
  });
});

test('large packets that are lost on the way back leave the last router whose large replies return', async () => {
  const links = [1500, 1500, 1500, 1500, 1500];
  const { evidence, prober } = await measure({ links, back: [1500, 1500, 1400, 1500, 1500] });
  expect(evidence).toMatchObject({
    pathMtu: 1400,
    blackhole: true,
    lastPassing: { hop: 4, address: routerAt(4, V4) },
    firstFailing: { hop: 5, address: V4 },
    lastReturning: { hop: 2, address: routerAt(2, V4) },
  });
  for (const hop of [1, 2, 3, 4]) expect(prober.errorsAskedOf(hop)).toBeLessThanOrEqual(3);
});

test('none of them returns where the first link loses large packets on the way back', async () => {
  const { evidence } = await measure({ links: [1500, 1500, 1500], back: [1300, 1500, 1500] });
  expect(evidence).toMatchObject({ blackhole: true, lastReturning: { hop: 0, address: null } });
});

test('where the way there loses them, every router that they reach returns them', async () => {
  const { evidence } = await measure({ links: [1500, 1500, 1500, 1300], quiet: [3] });
  expect(evidence).toMatchObject({ blackhole: true, lastPassing: { hop: 3 }, lastReturning: null });
});

test('routers that answer no echo tell nothing of the way back', async () => {
  const { evidence } = await measure({ links: [1500, 1500, 1500], back: [1500, 1300, 1500], mute: [1, 2] });
  expect(evidence).toMatchObject({ blackhole: true, lastReturning: null });
});

test.each([
  ['raw', V4, null],
  ['kernel', V4, null],
  ['system', V4, 1300],
  ['raw', V6, 1300],
] as const)('with the engine %s, %s: a report teaches this machine %s', async (method, target, learned) => {
  const clock = createFakeClock();
  const prober = { ...createNarrowPath({ links: [1500, 1400, 1300], clock, target }), method };
  const options = { address: target, interfaceMtu: 1500, rttMs: 1 };
  const evidence = await clock.run(mtu(options, { prober, unavailable: null, clock }, never, () => undefined));
  expect(evidence).toMatchObject({ pathMtu: 1300, learned });
});

test('where nothing is reported, nothing is learned', async () => {
  const { evidence } = await measure({ target: V6, links: [1500, 1500] });
  expect(evidence.learned).toBeNull();
});

test('a router that never names itself leaves open who comes behind the last that large packets reached', async () => {
  const { evidence } = await measure({ links: [1500, 1500, 1300, 1500, 1500], quiet: [2], nameless: [3] });
  expect(evidence).toMatchObject({ blackhole: true, lastPassing: { hop: 2 }, firstFailing: null });
});

test('routers that never name themselves do not hide one behind them', async () => {
  const { evidence } = await measure({ links: [1500, 1500, 1500, 1500, 1300, 1500], quiet: [4], nameless: [1, 2, 3] });
  expect(evidence).toMatchObject({ blackhole: true, lastPassing: { hop: 4 }, firstFailing: { hop: 5 } });
});

test('a target that refuses large echoes is named as the first that does not answer them', async () => {
  const { evidence } = await measure({ links: [1500, 1500, 1500], targetTakes: 1100 });
  expect(evidence).toMatchObject({
    pathMtu: 1024,
    blackhole: true,
    lastPassing: { hop: 2, address: routerAt(2, V4) },
    firstFailing: { hop: 3, address: V4 },
  });
});

test('behind a router that reports, one that does not is a black hole for what the first one let through', async () => {
  const { evidence } = await measure({ links: [1500, 1400, 1400, 1300, 1500], quiet: [3] });
  expect(evidence).toMatchObject({
    pathMtu: 1300,
    blackhole: true,
    reportedBy: routerAt(1, V4),
    lastPassing: { hop: 3 },
    firstFailing: { hop: 4 },
  });
});

test('a silent router before one that reports stays a black hole: the sender never learns to send less', async () => {
  const { evidence } = await measure({ links: [1500, 1400, 1333, 1500], quiet: [1] });
  expect(evidence).toMatchObject({ pathMtu: 1333, blackhole: true, reportedBy: null, lastPassing: { hop: 1 } });
});

test.each<[string, () => number | null, string]>([
  ['nothing, as before RFC 1191', () => null, V4],
  ['zero', () => 0, V4],
  ['less than any link may have', () => 67, V4],
  ['less than a host must take', () => 500, V4],
  ['as much as was sent', () => 1500, V4],
  ['more than was sent', () => 9000, V4],
  ['less than any IPv6 link may have', () => 1000, V6],
])('a router that gives %s is not believed: the usual sizes find what passes', async (_, claims, target) => {
  const { evidence, prober } = await measure({ target, links: [1500, 1500, 1300], claims });
  expect(evidence).toMatchObject({ pathMtu: 1300, blackhole: false, reportedBy: routerAt(2, target) });
  expect(prober.errorsAskedOf(2)).toBeLessThanOrEqual(6);
});

test('a router that always gives one byte less than it was sent is not followed for ever', async () => {
  const { evidence, prober } = await measure({ links: [1500, 600], claims: (_, bytes) => bytes - 1 });
  expect(prober.sent.length).toBeLessThan(40);
  expect(evidence).toMatchObject({ blackhole: false });
});

test('where the interface takes less than was thought, what it takes is the full size', async () => {
  const refuses = (bytes: number) => (bytes > 1420 ? 'EMSGSIZE' : null);
  const { evidence } = await measure({ links: [1500, 1500], refuses });
  expect(evidence).toMatchObject({
    fullSize: 1420,
    pathMtu: 1420,
    blackhole: false,
    reportedBy: null,
    localError: null,
  });
});

test('a firewall of this machine that refuses large echoes is told as such, not as a black hole', async () => {
  const refuses = (bytes: number) => (bytes > 1000 ? 'EPERM' : null);
  const { evidence } = await measure({ links: [1500, 1500], refuses });
  expect(evidence).toMatchObject({ pathMtu: null, blackhole: false, localError: 'EPERM' });
});

test('large packets that never get past the queue of this machine are lost there', async () => {
  const refuses = (bytes: number) => (bytes > 1300 ? 'ENOBUFS' : null);
  const { evidence } = await measure({ links: [1500, 1500], refuses });
  expect(evidence).toMatchObject({ pathMtu: 1300, blackhole: true, lastPassing: { hop: 0 }, firstFailing: { hop: 1 } });
});

test('a host that has fallen silent altogether is not a black hole', async () => {
  const { evidence } = await measure({ links: [1500, 1500], loses: () => true });
  expect(evidence).toMatchObject({ pathMtu: null, blackhole: false });
  expect(evidence.durationMs).toBeLessThan(2500);
});

test.each([
  [9000, 9000],
  [65_536, 9216],
  [296, 296],
])('an interface of %i bytes is tried with %i', async (interfaceMtu, fullSize) => {
  const { evidence } = await measure({ links: [65_536, 65_536] }, { interfaceMtu });
  expect(evidence).toMatchObject({ fullSize, pathMtu: fullSize });
});

test('jumbo frames that end in silence at an ordinary link', async () => {
  const { evidence } = await measure({ links: [9000, 1500], quiet: [1] }, { interfaceMtu: 9000 });
  expect(evidence).toMatchObject({ fullSize: 9000, pathMtu: 1500, blackhole: true, lastPassing: { hop: 1 } });
});

test('without an engine nothing is measured, and why is told', async () => {
  const clock = createFakeClock();
  const unavailable = { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] } as const;
  const evidence = await clock.run(
    mtu({ address: V4, interfaceMtu: null, rttMs: null }, { prober: null, unavailable, clock }, never, () => undefined),
  );
  expect(evidence).toMatchObject({ method: null, unavailable, pathMtu: null, blackhole: false, sizes: [] });
});

/** Mulberry32, as the wire of the lab. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test.each([
  [5, 5],
  [20, 5],
  [36, 5],
  [60, 20],
])(
  'a path that loses %i in 100 packets is called a black hole in hardly any of a thousand runs',
  async (percent, most) => {
    const runs = 1000;
    let wrong = 0;
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = seeded(seed * 7919);
      const { evidence } = await measure({ links: [1500, 1500, 1500], loses: () => chance() * 100 < percent });
      if (evidence.blackhole) wrong += 1;
    }
    expect(wrong).toBeLessThanOrEqual(most);
  },
);

test.each([5, 20, 36])('a black hole is found though %i in 100 packets are lost, as a rule', async (percent) => {
  const runs = 200;
  let found = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const chance = seeded(seed * 104_729);
    const { evidence } = await measure({
      links: [1500, 1500, 1300],
      quiet: [2],
      loses: () => chance() * 100 < percent,
    });
    if (evidence.blackhole) found += 1;
  }
  expect(found).toBeGreaterThan(runs * 0.9);
});

test('whatever the path does, it ends in time, asks no router for too much, claims no size that did not pass, and leaves nothing in the air', async () => {
  const size = fc.constantFrom(1500, 1500, 1492, 1420, 1333, 1280, 900);
  const shapes = fc.record({
    links: fc.array(size, { minLength: 1, maxLength: 12 }),
    quiet: fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
    nameless: fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
    lost: fc.array(fc.boolean(), { maxLength: 60 }),
    rttMs: fc.integer({ min: 1, max: 400 }),
    abortMs: fc.option(fc.integer({ min: 0, max: 1500 }), { nil: null }),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ lost, abortMs, ...shape }) => {
      const clock = createFakeClock();
      const prober = createNarrowPath({ ...shape, clock, target: V4, loses: (packet) => lost[packet] ?? false });
      const stop = new AbortController();
      if (abortMs !== null) clock.after(abortMs, () => stop.abort());
      const evidence = await clock.run(
        mtu(
          { address: V4, interfaceMtu: 1500, rttMs: shape.rttMs },
          { prober, unavailable: null, clock },
          stop.signal,
          () => undefined,
        ),
      );
      await new Promise((resolve) => setImmediate(resolve));
      expect(prober.inFlight()).toBe(0);
      expect(evidence.durationMs).toBeLessThanOrEqual(abortMs ?? 14_000);
      const narrowest = Math.min(...shape.links);
      if (evidence.pathMtu !== null) expect(evidence.pathMtu).toBeLessThanOrEqual(narrowest);
      if (evidence.blackhole) expect(narrowest).toBeLessThan(1500);
      for (const { sent, answered } of evidence.sizes) expect(answered).toBeLessThanOrEqual(sent);
      for (const [hop] of shape.links.entries()) {
        expect(prober.errorsAskedOf(hop, 'time-exceeded')).toBeLessThanOrEqual(4);
        // Reports of a packet too big are not limited (Linux). While chance loses them the next size is tried, up to the
        // packets of the whole plan (32) at the worst.
        expect(prober.errorsAskedOf(hop)).toBeLessThanOrEqual(lost.includes(true) ? 32 : 7);
      }
    }),
    { numRuns: 300 },
  );
});
