import { expect, test } from 'vitest';
import { distanceFromTtl } from '../../src/analysis/ping-distance.ts';

test.each([
  [64, 0],
  [55, 9],
  [128, 0],
  [117, 11],
  [255, 0],
  [244, 11],
  [30, 2],
  [65, 63],
])('a reply with TTL %i has passed %i routers', (replyTtl, distance) => {
  expect(distanceFromTtl(replyTtl)).toBe(distance);
});

test('what is no TTL has no distance', () => {
  expect(distanceFromTtl(256)).toBeNull();
  expect(distanceFromTtl(-1)).toBeNull();
});
