import { expect, test } from 'vitest';
import { readNeighbour } from '../../src/analysis/neighbour.ts';
import { ROUTE_BY_GATEWAY, ROUTE_ON_LINK } from './route-evidence.ts';

const UNKNOWN = { outcome: 'unknown', where: null, confidence: 'possible' };

test('a gateway that failed is the place', () => {
  expect(readNeighbour({ ...ROUTE_BY_GATEWAY, neighbour: 'failed' })).toEqual({
    outcome: 'gateway-failed',
    where: { hop: 1, address: '10.0.0.1' },
    confidence: 'certain',
  });
});

test('a target on the link that failed is the place', () => {
  expect(readNeighbour({ ...ROUTE_ON_LINK, neighbour: 'failed' })).toEqual({
    outcome: 'target-failed',
    where: { hop: 1, address: '10.0.0.7' },
    confidence: 'certain',
  });
});

test('an entry that is still incomplete after three solicitations has as good as failed', () => {
  const long = { ...ROUTE_BY_GATEWAY, durationMs: 3000, neighbour: 'incomplete' } as const;
  expect(readNeighbour(long)).toMatchObject({ outcome: 'gateway-failed', confidence: 'likely' });
  expect(readNeighbour({ ...long, durationMs: 2999 })).toEqual(UNKNOWN);
});

test('a reachable neighbour answers', () => {
  expect(readNeighbour({ ...ROUTE_ON_LINK, neighbour: 'reachable' })).toEqual({
    outcome: 'answers',
    where: null,
    confidence: 'certain',
  });
});

test.each(['stale', 'delay', 'probe', 'permanent', 'noarp', 'none', null] as const)(
  'a neighbour that is %s has proven nothing, however long it was watched',
  (neighbour) => {
    expect(readNeighbour({ ...ROUTE_BY_GATEWAY, durationMs: 9500, neighbour })).toEqual(UNKNOWN);
  },
);

test.each(['local', 'no-route', 'no-network', 'unknown'] as const)(
  'a route that is %s has no neighbour to judge',
  (status) => {
    expect(readNeighbour({ ...ROUTE_BY_GATEWAY, status, neighbour: 'failed' })).toEqual(UNKNOWN);
  },
);
