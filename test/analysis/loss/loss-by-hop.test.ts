import { expect, test } from 'vitest';
import { neglectfulHop, onsetOfLoss, undecidedHops } from '../../../src/analysis/loss/loss-by-hop.ts';
import type { Onset } from '../../../src/analysis/loss/onset.ts';
import { hopsOf } from '../hops-of.ts';

type Counts = readonly (readonly [lost: number, sent: number])[];

const UNKNOWN = { kind: 'unknown' } as const;
const SILENT = [6, 6] as const;

function at(hop: number): Onset {
  return { kind: 'at', hop, address: `10.0.${hop}.1` };
}

test.each<readonly [string, Counts, Onset]>([
  [
    'from the first hop on',
    [
      [4, 40],
      [5, 40],
      [3, 40],
      [4, 40],
    ],
    at(1),
  ],
  [
    'from a hop in the middle on',
    [
      [0, 40],
      [0, 40],
      [4, 40],
      [6, 40],
      [3, 40],
    ],
    at(3),
  ],
  [
    'at the last link',
    [
      [0, 40],
      [0, 40],
      [0, 40],
      [8, 40],
    ],
    at(4),
  ],
  [
    'more of it on a second link',
    [
      [0, 100],
      [10, 100],
      [9, 100],
      [21, 100],
    ],
    at(2),
  ],
  [
    'a little that any path may lose, then more',
    [
      [1, 100],
      [1, 100],
      [25, 100],
      [22, 100],
    ],
    at(3),
  ],
  [
    'a hop on the way that limits its own answers',
    [
      [0, 80],
      [60, 80],
      [0, 80],
      [8, 80],
      [10, 80],
    ],
    at(4),
  ],
  [
    'a hop behind the beginning that limits its own answers',
    [
      [0, 40],
      [4, 40],
      [33, 40],
      [5, 40],
      [4, 40],
    ],
    at(2),
  ],
  [
    'two hops that limit their answers',
    [
      [30, 40],
      [0, 40],
      [20, 40],
      [0, 40],
      [5, 40],
    ],
    at(5),
  ],
  ['a silent hop in front of it', [SILENT, [0, 40], [6, 40], [5, 40]], at(3)],
  ['a silent hop behind it', [[0, 40], [6, 40], SILENT, [5, 40]], at(2)],
  ['silent hops where it begins', [[0, 40], SILENT, SILENT, [6, 40], [5, 40]], { kind: 'between', first: 2, last: 4 }],
  ['a silent hop before the target', [[0, 40], SILENT, [6, 40]], { kind: 'between', first: 2, last: 3 }],
  [
    'a hop just before it that limits its own answers',
    [
      [0, 40],
      [33, 40],
      [4, 40],
    ],
    { kind: 'between', first: 2, last: 3 },
  ],
  ['every hop but the target silent', [SILENT, SILENT, [5, 40]], UNKNOWN],
  [
    'none while it was looked for',
    [
      [0, 40],
      [0, 40],
      [0, 40],
    ],
    UNKNOWN,
  ],
  [
    'one, which is chance',
    [
      [0, 40],
      [0, 40],
      [1, 40],
    ],
    UNKNOWN,
  ],
  [
    'all',
    [
      [0, 40],
      [40, 40],
      [40, 40],
    ],
    UNKNOWN,
  ],
  ['nothing known', [], UNKNOWN],
])('loss: %s', (_, counts, onset) => {
  expect(onsetOfLoss(hopsOf(counts))).toEqual(onset);
});

test('too few echoes name no hop', () => {
  expect(
    onsetOfLoss(
      hopsOf([
        [0, 6],
        [0, 6],
        [1, 6],
        [2, 6],
      ]),
    ).kind,
  ).not.toBe('at');
});

test('clear counts need no more echoes, and silent hops get none', () => {
  expect(
    undecidedHops(
      hopsOf([
        [0, 80],
        [0, 80],
        [13, 80],
        [15, 80],
      ]),
    ),
  ).toEqual([]);
  expect(undecidedHops(hopsOf([[0, 80], SILENT, [13, 80], [15, 80]]))).toEqual([]);
});

test('a hop that may be clean or lossy gets more echoes, and so do the one behind it and the target', () => {
  expect(
    undecidedHops(
      hopsOf([
        [0, 80],
        [0, 80],
        [1, 80],
        [8, 80],
        [7, 80],
        [9, 80],
      ]),
    ),
  ).toEqual([2, 3, 5]);
});

test('while the target has lost too little to tell, every hop that answers gets more echoes', () => {
  expect(undecidedHops(hopsOf([[0, 40], SILENT, [1, 40], [1, 40]]))).toEqual([0, 2, 3]);
});

test.each<readonly [string, Counts, number | null]>([
  [
    'none in a clean path',
    [
      [0, 40],
      [0, 40],
      [0, 40],
    ],
    null,
  ],
  [
    'none in a path that loses from its beginning on',
    [
      [5, 40],
      [4, 40],
      [6, 40],
    ],
    null,
  ],
  [
    'none by a little chance',
    [
      [2, 40],
      [0, 40],
      [0, 40],
    ],
    null,
  ],
  [
    'one that loses much while the hops behind it do not',
    [
      [0, 40],
      [30, 40],
      [0, 40],
      [4, 40],
    ],
    2,
  ],
  [
    'one that loses more than the target does',
    [
      [5, 40],
      [36, 40],
      [4, 40],
    ],
    2,
  ],
  ['none that is silent', [[0, 40], SILENT, [0, 40]], null],
])('hops that neglect their own answers: %s', (_, counts, hop) => {
  expect(neglectfulHop(hopsOf(counts))?.ttl ?? null).toBe(hop);
});

/** Mulberry32: the same seed, the same losses. */
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
  [10, 6, 1],
  [10, 6, 3],
  [10, 13, 7],
  [20, 13, 13],
  [30, 2, 1],
])(
  '%i %% lost on a path of %i hops from hop %i on: a wrong hop is named in less than 5 %% of the runs',
  (percent, length, hop) => {
    const random = seeded(percent * 1000 + length * 10 + hop);
    const runs = Array.from({ length: 300 }, () => {
      const counts = Array.from({ length }, (_, index) => {
        const lost = Array.from({ length: 100 }, () => index + 1 >= hop && random() * 100 < percent).filter(
          Boolean,
        ).length;
        return [lost, 100] as const;
      });
      return onsetOfLoss(hopsOf(counts));
    });
    const wrong = runs.filter((onset) => onset.kind === 'at' && onset.hop !== hop).length;
    const right = runs.filter((onset) => onset.kind === 'at' && onset.hop === hop).length;
    expect(wrong / runs.length).toBeLessThan(0.05);
    expect(right / runs.length).toBeGreaterThan(0.9);
  },
);
