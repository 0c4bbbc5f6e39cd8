import { expect, test } from 'vitest';
import type { HopEchoesEvidence } from '../../../src/evidence/hop-echoes.ts';
import type { ProbeEvent } from '../../../src/evidence/probe-event.ts';
import { hopEchoes } from '../../../src/probe/hop-echoes/hop-echoes.ts';
import type { HopEchoesOptions } from '../../../src/probe/hop-echoes/options.ts';
import { createFakeClock, type FakeClock } from '../../fake/clock.ts';
import { type FakeHop, type HopNetwork, hopNetwork, tracedTo } from './network.ts';

const TARGET = '10.0.9.9';
const HOPS = ['10.0.1.1', '10.0.2.1', '10.0.3.1', TARGET];

type Run = {
  readonly events: readonly ProbeEvent[];
  readonly evidence: HopEchoesEvidence;
  readonly network: HopNetwork;
  readonly clock: FakeClock;
};

type Setting = {
  readonly hops?: readonly Partial<FakeHop>[];
  readonly heard?: readonly (string | null)[];
  readonly options?: Partial<HopEchoesOptions>;
  readonly refusal?: string;
  readonly abortAfterMs?: number;
};

async function run({ hops = [], heard = HOPS, options, refusal, abortAfterMs }: Setting): Promise<Run> {
  const clock = createFakeClock();
  const network = hopNetwork(
    clock,
    HOPS.map((address, index) => ({ address, ...hops[index] })),
    refusal,
  );
  const slowestMs = Math.max(1, ...hops.map(({ rttMs }) => rttMs ?? 1));
  const controller = new AbortController();
  const events: ProbeEvent[] = [];
  if (abortAfterMs !== undefined) clock.after(abortAfterMs, () => controller.abort());
  let state = 7;
  const random = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const evidence = await clock.run(
    hopEchoes(
      {
        address: TARGET,
        trace: tracedTo(TARGET, heard, slowestMs),
        distance: null,
        count: 40,
        most: 100,
        undecided: () => [],
        longestMs: 1600,
        ...options,
      },
      { prober: network, clock, random },
      controller.signal,
      (event) => events.push(event),
    ),
  );
  return { events, evidence, network, clock };
}

function counts({ evidence }: Run): readonly string[] {
  return evidence.hops.map(({ ttl, sent, received }) => `${ttl}: ${received}/${sent}`);
}

function sentTo({ network }: Run, address: string): readonly number[] {
  return network.sent.flatMap(({ probe, atMs }) => (probe.to === address && probe.ttl === null ? [atMs] : []));
}

test('every hop and the target get the same number of echoes, at the same time', async () => {
  const done = await run({});
  expect(counts(done)).toEqual(['1: 40/40', '2: 40/40', '3: 40/40', '4: 40/40']);
  const ends = HOPS.map((address) => sentTo(done, address).at(-1) ?? 0);
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(100);
  expect(done.evidence.durationMs).toBeLessThan(700);
});

test('what is lost is counted where it is lost', async () => {
  const fourth = (echo: number): boolean => echo % 4 === 3;
  const done = await run({ hops: [{}, { loses: fourth }, {}, { loses: fourth }] });
  expect(counts(done)).toEqual(['1: 40/40', '2: 30/40', '3: 40/40', '4: 30/40']);
});

test('the echoes are never in step with one another', async () => {
  const done = await run({});
  const order = done.network.sent.map(({ probe }) => probe.to);
  const perHop = order.flatMap((to, index) => (to === TARGET ? [index % HOPS.length] : []));
  expect(new Set(perHop).size).toBe(HOPS.length);
});

test('a slow target is waited for', async () => {
  const done = await run({ hops: [{}, {}, { rttMs: 700 }, { rttMs: 705 }], options: { count: 8, most: 8 } });
  expect(done.evidence.hops.map(({ rttMs }) => rttMs?.median ?? null)).toEqual([1, 1, 700, 705]);
  expect(counts(done)).toEqual(['1: 8/8', '2: 8/8', '3: 8/8', '4: 8/8']);
});

test('a router that ignores echoes for itself gets a few and keeps nobody waiting', async () => {
  const done = await run({ hops: [{}, { loses: () => true }, {}, {}] });
  expect(sentTo(done, '10.0.2.1').length).toBeLessThanOrEqual(6);
  expect(done.evidence.hops[1]).toMatchObject({ received: 0, rttMs: null, jitterMs: null });
  expect(done.evidence.durationMs).toBeLessThan(900);
});

test('a router whose address cannot be reached elicits two or three errors, not forty', async () => {
  const done = await run({ hops: [{}, { isUnreachable: true, rttMs: 50 }, {}, {}] });
  expect(sentTo(done, '10.0.2.1').length).toBeLessThanOrEqual(3);
  expect(done.evidence.hops[1]?.received).toBe(0);
});

test('undecided hops get more echoes until they are decided', async () => {
  const asked: number[] = [];
  const done = await run({
    options: {
      undecided: (hops) => {
        asked.push(hops[1]?.sent ?? 0);
        return (hops[1]?.sent ?? 0) < 60 ? [1, 3] : [];
      },
    },
  });
  const sent = done.evidence.hops.map((hop) => hop.sent);
  expect(sent[0]).toBe(40);
  expect(sent[2]).toBe(40);
  expect(sent[1]).toBeGreaterThanOrEqual(60);
  expect(sent[1]).toBeLessThan(100);
  // What is still on its way says nothing yet, and what was answered of it would flatter the hop.
  expect(Math.max(...asked)).toBeLessThan(sent[1] ?? 0);
});

test('what stays undecided ends with the most, or with the time', async () => {
  const most = await run({ options: { undecided: () => [1, 3] } });
  expect(most.evidence.hops.map(({ sent }) => sent)).toEqual([40, 100, 40, 100]);
  const time = await run({ options: { undecided: () => [1, 3], most: 10_000 } });
  expect(time.evidence.durationMs).toBeLessThan(1600 + 300);
});

test('a hop that the trace missed by chance is found, by three probes at most', async () => {
  const done = await run({
    heard: ['10.0.1.1', null, '10.0.3.1', TARGET],
    hops: [{}, { namesItself: (probe) => probe === 2 }],
  });
  expect(done.evidence.hops[1]).toMatchObject({ ttl: 2, address: '10.0.2.1', received: 40 });
  expect(done.network.sent.filter(({ probe }) => probe.ttl === 2)).toHaveLength(3);
});

test('a hop that never names itself stays a gap', async () => {
  const done = await run({
    heard: ['10.0.1.1', null, '10.0.3.1', TARGET],
    hops: [{}, { namesItself: () => false }],
  });
  expect(done.evidence.hops[1]).toEqual({
    ttl: 2,
    address: null,
    sent: 0,
    received: 0,
    rttMs: null,
    jitterMs: null,
  });
  expect(done.network.sent.filter(({ probe }) => probe.ttl === 2)).toHaveLength(3);
});

test('a target that the trace met one hop too far is put where it is', async () => {
  const done = await run({ heard: ['10.0.1.1', '10.0.2.1', '10.0.3.1', null, TARGET] });
  expect(done.evidence.hops.map(({ ttl, address }) => `${ttl} ${address}`)).toEqual([
    '1 10.0.1.1',
    '2 10.0.2.1',
    '3 10.0.3.1',
    `4 ${TARGET}`,
  ]);
});

test('a target that no trace reached has no distance, and there may be something in front of it', async () => {
  const done = await run({ heard: ['10.0.1.1', '10.0.2.1', null, null], hops: [{}, {}, { namesItself: () => false }] });
  expect(done.evidence.hops.map(({ ttl, address }) => `${ttl} ${address}`)).toEqual([
    '1 10.0.1.1',
    '2 10.0.2.1',
    '3 null',
    `null ${TARGET}`,
  ]);
});

test('a target that no trace reached follows the last hop if its replies have come that far', async () => {
  const heard = ['10.0.1.1', '10.0.2.1', '10.0.3.1', null, null];
  const hops = [{}, {}, {}, { loses: (echo: number) => echo < 6 }];
  const near = await run({ heard, hops, options: { distance: 4 } });
  expect(near.evidence.hops.at(-1)).toMatchObject({ ttl: 4, address: TARGET });
  const far = await run({ heard, hops, options: { distance: 6 } });
  expect(far.evidence.hops.map(({ ttl }) => ttl)).toEqual([1, 2, 3, 4, null]);
});

test('an abort ends it at once, with what came until then and nothing that could still have come', async () => {
  const done = await run({ hops: [{}, {}, {}, { loses: () => true }], abortAfterMs: 300 });
  expect(done.evidence.cutShort).toBe(true);
  expect(done.evidence.durationMs).toBeLessThan(310);
  expect(done.evidence.hops[3]?.sent).toBeLessThan(40);
  expect(sentTo(done, TARGET).length).toBeGreaterThan(done.evidence.hops[3]?.sent ?? 0);
});

test('a machine that refuses to send has lost nothing', async () => {
  const done = await run({ refusal: 'EPERM' });
  expect(counts(done)).toEqual(['1: 0/0', '2: 0/0', '3: 0/0', '4: 0/0']);
});

test('a queue that stays full is waited for no longer than the rest', async () => {
  const done = await run({ refusal: 'ENOBUFS' });
  expect(counts(done)).toEqual(['1: 0/0', '2: 0/0', '3: 0/0', '4: 0/0']);
  expect(done.evidence.durationMs).toBeLessThan(2000);
});

test('how far it has got is told a few times a second, and at the end as the evidence has it', async () => {
  const { events, evidence } = await run({ hops: [{}, {}, {}, { loses: (echo) => echo % 4 === 0 }] });
  const told = events.flatMap((event) => (event.kind === 'hop-echoes' ? [event.rows] : []));
  expect(told.length).toBeGreaterThan(1);
  expect(told.length).toBeLessThan(15);
  const counted = told.at(-1)?.map(({ ttl, sent, rttsMs }) => [ttl, sent, rttsMs.filter((ms) => ms !== null).length]);
  expect(counted).toEqual(evidence.hops.map(({ ttl, sent, received }) => [ttl, sent, received]));
});
