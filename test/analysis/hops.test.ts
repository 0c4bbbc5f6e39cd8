import { expect, test } from 'vitest';
import type { Context } from '../../src/analysis/context.ts';
import { lastingCode, onsetOf, placeOfOnset, readHops } from '../../src/analysis/hops.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import type { HopEchoes } from '../../src/evidence/hop-echoes.ts';
import type { Evidence } from '../../src/evidence/kinds.ts';
import type { PingEvidence } from '../../src/evidence/ping.ts';
import { tracedTo } from '../probe/hop-echoes/network.ts';
import { hopsOf } from './hops-of.ts';

const TARGET = '10.0.4.1';
const CONTEXT: Context = {
  target: { input: TARGET, scheme: 'tcp', host: TARGET, literal: TARGET, port: null },
  address: TARGET,
  families: [4],
  thresholds: DEFAULT_THRESHOLDS,
  deadlineS: 15,
};
const TIMED = { startedAt: '2026-11-22T12:00:00.000Z', durationMs: 1, equivalent: '' };

function rtt(ms: number): NonNullable<HopEchoes['rttMs']> {
  return { min: ms, median: ms, avg: ms, max: ms, stddev: 0 };
}

function pinged(seen: Partial<PingEvidence>): PingEvidence {
  return {
    ...TIMED,
    method: 'raw',
    unavailable: null,
    address: TARGET,
    sent: 100,
    received: 100,
    lossPercent: 0,
    lossInterval: { low: 0, high: 4 },
    duplicates: 0,
    rttMs: rtt(1),
    jitterMs: 0.1,
    replyTtl: 61,
    errors: [],
    localError: null,
    lost: [],
    others: [],
    ...seen,
  };
}

const LOSSY = pinged({ received: 90, lossPercent: 10, lossInterval: { low: 6, high: 17 } });
const SLOW = pinged({ rttMs: rtt(500) });
const JITTERY = pinged({ rttMs: rtt(80), jitterMs: 50 });

function echoed(hops: readonly HopEchoes[]): Pick<Evidence, 'hopEchoes'> {
  return { hopEchoes: { ...TIMED, method: 'raw', address: TARGET, hops } };
}

/** Four hops that each have these values. */
function fourHops(values: readonly Partial<HopEchoes>[]): readonly HopEchoes[] {
  return hopsOf([0, 1, 2, 3].map(() => [0, 40])).map((hop, index) => ({ ...hop, ...values[index] }));
}

test('loss is placed at the first hop from which it lasts', () => {
  const evidence = {
    ping: LOSSY,
    ...echoed(
      hopsOf([
        [0, 80],
        [0, 80],
        [9, 80],
        [8, 80],
      ]),
    ),
  };
  expect(readHops(evidence, CONTEXT)).toEqual({
    outcome: 'located',
    where: { hop: 3, address: '10.0.3.1' },
    confidence: 'likely',
  });
});

test('loss that begins behind a hop that answers nothing is placed between two hops', () => {
  const evidence = {
    ping: LOSSY,
    ...echoed(
      hopsOf([
        [0, 80],
        [6, 6],
        [9, 80],
        [8, 80],
      ]),
    ),
  };
  expect(onsetOf('packet-loss', evidence, CONTEXT)).toEqual({ kind: 'between', first: 2, last: 3 });
  expect(readHops(evidence, CONTEXT)).toMatchObject({ outcome: 'between', where: null });
});

test('loss that was gone when the hops were asked is not placed', () => {
  const evidence = {
    ping: LOSSY,
    ...echoed(
      hopsOf([
        [0, 80],
        [0, 80],
        [0, 80],
        [0, 80],
      ]),
    ),
  };
  expect(readHops(evidence, CONTEXT)).toMatchObject({ outcome: 'unlocated', where: null });
});

test('a trace alone cannot place loss', () => {
  const evidence = { ping: LOSSY, trace: tracedTo(TARGET, ['10.0.1.1', '10.0.2.1', TARGET]) };
  expect(readHops(evidence, CONTEXT)).toMatchObject({ outcome: 'unlocated', where: null });
});

test('delay is placed at the hop where it rises and stays', () => {
  const hops = fourHops([{ rttMs: rtt(1) }, { rttMs: rtt(700) }, { rttMs: rtt(490) }, { rttMs: rtt(495) }]);
  // Hop 2 takes longer than hop 3, so that the greater part of the rise is there, but not more than hop 3 shows.
  expect(placeOfOnset(onsetOf('high-latency', { ping: SLOW, ...echoed(hops) }, CONTEXT))).toEqual({
    hop: 2,
    address: '10.0.2.1',
  });
});

test('a hop that answers no echo is judged by what its errors took', () => {
  const trace = tracedTo(TARGET, ['10.0.1.1', '10.0.2.1', '10.0.3.1', TARGET], 2);
  const hops = fourHops([{ rttMs: rtt(1) }, {}, { rttMs: rtt(490) }, { rttMs: rtt(495) }]);
  expect(onsetOf('high-latency', { ping: SLOW, trace, ...echoed(hops) }, CONTEXT)).toEqual({
    kind: 'at',
    hop: 3,
    address: '10.0.3.1',
  });
});

test('jitter is placed at the hop from which it lasts', () => {
  const hops = fourHops([{ jitterMs: 0.2 }, { jitterMs: 90 }, { jitterMs: 1 }, { jitterMs: 40 }]);
  expect(onsetOf('high-jitter', { ping: JITTERY, ...echoed(hops) }, CONTEXT)).toEqual({
    kind: 'at',
    hop: 4,
    address: '10.0.4.1',
  });
});

test('jitter that grows at every hop is not placed', () => {
  const hops = fourHops([{ jitterMs: 15 }, { jitterMs: 25 }, { jitterMs: 35 }, { jitterMs: 45 }]);
  expect(onsetOf('high-jitter', { ping: JITTERY, ...echoed(hops) }, CONTEXT)).toEqual({ kind: 'unknown' });
});

test('between two machines on one link there is nothing to look for', () => {
  const route = {
    ...TIMED,
    to: TARGET,
    status: 'ok',
    error: null,
    interface: 'eth0',
    source: '10.0.4.2',
    gateway: null,
    onLink: true,
    neighbour: 'reachable',
    mtu: 1500,
    usableFamilies: [4],
  } as const;
  expect(onsetOf('packet-loss', { ping: LOSSY, route }, CONTEXT)).toEqual({ kind: 'at', hop: 1, address: TARGET });
});

test('where nothing was measured nothing is claimed', () => {
  expect(readHops({ ping: LOSSY }, CONTEXT)).toMatchObject({ outcome: 'unavailable', where: null });
  expect(readHops({}, CONTEXT)).toMatchObject({ outcome: 'unavailable', where: null });
  expect(onsetOf('packet-loss', {}, CONTEXT)).toEqual({ kind: 'unknown' });
});

test('a healthy target is not looked for on its hops', () => {
  expect(lastingCode({ ping: pinged({}) }, CONTEXT)).toBeNull();
  expect(lastingCode({ ping: LOSSY }, CONTEXT)).toBe('packet-loss');
  expect(lastingCode({ ping: SLOW }, CONTEXT)).toBe('high-latency');
  expect(lastingCode({ ping: JITTERY }, CONTEXT)).toBe('high-jitter');
});
