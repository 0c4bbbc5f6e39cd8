import { expect, test } from 'vitest';
import { readRoute } from '../../src/analysis/route.ts';
import { ROUTE_BY_GATEWAY } from './route-evidence.ts';

test.each([
  { status: 'ok', source: '10.0.0.2', where: null, confidence: 'certain' },
  { status: 'local', source: '10.0.0.2', where: null, confidence: 'certain' },
  { status: 'no-route', source: null, where: { hop: 0, address: null }, confidence: 'certain' },
  { status: 'no-network', source: '10.0.0.2', where: { hop: 0, address: '10.0.0.2' }, confidence: 'certain' },
  { status: 'unknown', source: null, where: null, confidence: 'possible' },
] as const)('a route that is $status reads as that, at $where', ({ status, source, where, confidence }) => {
  expect(readRoute({ ...ROUTE_BY_GATEWAY, status, source })).toEqual({ outcome: status, where, confidence });
});
