import { expect, test } from 'vitest';
import { remarksOn } from '../../src/analysis/trace-remarks.ts';
import type { Hop, TraceEvidence } from '../../src/evidence/trace.ts';

function hop(ttl: number, received: number, sent: number, ms = ttl, ...others: readonly string[]): Hop {
  const rttMs = received === 0 ? null : { min: ms, median: ms, avg: ms, max: ms, stddev: 0 };
  const addresses = received === 0 ? [] : [`192.0.2.${ttl}`, ...others];
  return { ttl, addresses, sent, received, rttMs, error: null };
}

function trace(hops: readonly Hop[], outcome: TraceEvidence['outcome'] = 'reached'): TraceEvidence {
  return {
    startedAt: '2026-11-22T12:00:00.000Z',
    durationMs: 100,
    equivalent: '',
    method: 'raw',
    unavailable: null,
    address: '192.0.2.9',
    protocol: 'icmp',
    outcome,
    hops,
    loop: [],
  };
}

test.each<[string, readonly Hop[], ReturnType<typeof remarksOn>]>([
  ['all is well', [hop(1, 3, 3), hop(2, 3, 3)], []],
  ['a silent hop in the middle', [hop(1, 3, 3), hop(2, 0, 3), hop(3, 3, 3)], [{ kind: 'silent-hops', hops: [2] }]],
  ['a hop that answers in part', [hop(1, 1, 3), hop(2, 3, 3)], [{ kind: 'limited-hops', hops: [1] }]],
  [
    'a hop that loses far more than the end',
    [hop(1, 20, 50), hop(2, 49, 50)],
    [
      { kind: 'limited-hops', hops: [1] },
      { kind: 'few-lost', sent: 50, lost: 1 },
    ],
  ],
  ['one of three lost at the end is too few', [hop(1, 3, 3), hop(2, 2, 3)], [{ kind: 'few-lost', sent: 3, lost: 1 }]],
  [
    'a hop that is slow to answer for itself',
    [hop(1, 3, 3, 1), hop(2, 3, 3, 90), hop(3, 3, 3, 12)],
    [{ kind: 'slow-hops', hops: [2] }],
  ],
  [
    'a delay that begins at a hop and stays',
    [hop(1, 3, 3, 1), hop(2, 3, 3, 90), hop(3, 3, 3, 92)],
    [{ kind: 'rise', first: 2, last: 2, ms: 92 }],
  ],
  ['two routers at one hop', [hop(1, 3, 3, 1, '192.0.2.66'), hop(2, 3, 3)], [{ kind: 'several-routers', hops: [1] }]],
])('%s', (_, hops, remarks) => {
  expect(remarksOn(trace(hops))).toEqual(remarks);
});

test('loss that lasts from a hop to the end is placed there', () => {
  const hops = [hop(1, 60, 60), hop(2, 60, 60), hop(3, 45, 60), hop(4, 44, 60)];
  expect(remarksOn(trace(hops))).toEqual([{ kind: 'loss', sent: 60, lost: 16, first: 3, last: 3 }]);
});

test('a hop that loses as much as the end is not called harmless', () => {
  const kinds = remarksOn(trace([hop(1, 60, 60), hop(2, 40, 60), hop(3, 42, 60)])).map(({ kind }) => kind);
  expect(kinds).toEqual(['loss']);
});

test('where the path stops, silence behind the last answer is no harmless gap', () => {
  expect(remarksOn(trace([hop(1, 3, 3), hop(2, 0, 3), hop(3, 0, 2)], 'stopped'))).toEqual([]);
  expect(remarksOn(trace([hop(1, 0, 3), hop(2, 3, 3), hop(3, 0, 3)], 'stopped'))).toEqual([
    { kind: 'silent-hops', hops: [1] },
  ]);
});

test('nothing answered: nothing to remark', () => {
  expect(remarksOn(trace([hop(1, 0, 3)], 'silent'))).toEqual([]);
  expect(remarksOn(trace([], 'silent'))).toEqual([]);
});
