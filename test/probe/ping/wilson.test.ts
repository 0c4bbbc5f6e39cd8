import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilsonPercent } from '../../../src/probe/ping/wilson.ts';

test.each([
  [0, 20, 0, 16.11],
  [1, 20, 0.89, 23.61],
  [10, 100, 5.52, 17.44],
  [50, 100, 40.38, 59.62],
  [20, 20, 83.89, 100],
])('%i of %i lie between %d and %d percent', (hits, trials, low, high) => {
  expect(wilsonPercent(hits, trials)).toEqual({ low, high });
});

test('without trials there is no interval', () => {
  expect(wilsonPercent(0, 0)).toBeNull();
});

test('the interval holds the share and stays within 0 and 100 percent', () => {
  const samples = fc
    .integer({ min: 1, max: 1000 })
    .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));
  fc.assert(
    fc.property(samples, ([hits, trials]) => {
      const interval = wilsonPercent(hits, trials);
      const share = (100 * hits) / trials;
      return (
        interval !== null &&
        interval.low >= 0 &&
        interval.high <= 100 &&
        interval.low <= share + 0.01 &&
        interval.high >= share - 0.01
      );
    }),
  );
});
