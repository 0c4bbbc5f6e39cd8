import type { RouteEvidence } from '../../src/evidence/route.ts';

/** A route by a gateway whose neighbour entry has just been made. */
export const ROUTE_BY_GATEWAY: RouteEvidence = {
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 20,
  equivalent: 'ip route get 10.9.0.7',
  to: '10.9.0.7',
  status: 'ok',
  error: null,
  interface: 'eth0',
  source: '10.0.0.2',
  gateway: '10.0.0.1',
  onLink: false,
  neighbour: 'incomplete',
  mtu: 1500,
  usableFamilies: [4],
};

/** A target on the link. */
export const ROUTE_ON_LINK: RouteEvidence = { ...ROUTE_BY_GATEWAY, to: '10.0.0.7', gateway: null, onLink: true };
