import { expect, test } from 'vitest';
import { readResolve } from '../../src/analysis/resolve.ts';
import type { ServerAnswer } from '../../src/domain/evidence.ts';
import type { ResolveEvidence } from '../../src/evidence/resolve.ts';

const SERVER: ServerAnswer = { address: '10.0.0.53', rcode: null, ms: null, addresses: [], sent: 6, error: null };
const EVIDENCE: ResolveEvidence = {
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 5,
  equivalent: 'getent ahosts db.test',
  host: 'db.test',
  status: 'ok',
  addresses: [],
  source: null,
  servers: [],
  hostsFile: [],
};

const said = (rcode: string, ...addresses: readonly string[]): ServerAnswer => ({
  ...SERVER,
  rcode,
  addresses,
  ms: 2,
  sent: 2,
});
const refused = (error: string, sent: number): ServerAnswer => ({ ...SERVER, error, sent });

test.each([
  { status: 'ok', servers: [], outcome: 'ok', confidence: 'certain', where: null },
  { status: 'literal', servers: [], outcome: 'literal', confidence: 'certain', where: null },
  { status: 'not-found', servers: [said('NXDOMAIN')], outcome: 'not-found', confidence: 'certain', where: null },
  {
    status: 'not-found',
    servers: [said('NOERROR', '10.0.0.7')],
    outcome: 'not-found',
    confidence: 'likely',
    where: null,
  },
  { status: 'no-address', servers: [said('NOERROR')], outcome: 'no-address', confidence: 'certain', where: null },
  {
    status: 'server-failure',
    servers: [SERVER, { ...said('SERVFAIL'), address: '10.0.0.54' }],
    outcome: 'server-failure',
    confidence: 'certain',
    where: { hop: null, address: '10.0.0.54' },
  },
  { status: 'timeout', servers: [SERVER], outcome: 'timeout', confidence: 'certain', where: null },
  { status: 'timeout', servers: [{ ...SERVER, sent: 1 }], outcome: 'timeout', confidence: 'likely', where: null },
  { status: 'timeout', servers: [refused('malformed', 6)], outcome: 'timeout', confidence: 'likely', where: null },
  { status: 'timeout', servers: [refused('ENETUNREACH', 0)], outcome: 'timeout', confidence: 'certain', where: null },
  {
    status: 'timeout',
    servers: [refused('EACCES (route)', 0)],
    outcome: 'timeout',
    confidence: 'certain',
    where: null,
  },
  { status: 'timeout', servers: [refused('EACCES (icmp)', 4)], outcome: 'timeout', confidence: 'certain', where: null },
  {
    status: 'timeout',
    servers: [refused('EPERM', 0)],
    outcome: 'blocked',
    confidence: 'certain',
    where: { hop: 0, address: null },
  },
  {
    status: 'timeout',
    servers: [SERVER, refused('EACCES', 0)],
    outcome: 'blocked',
    confidence: 'certain',
    where: { hop: 0, address: null },
  },
  {
    status: 'not-found',
    servers: [refused('EPERM', 0), said('NXDOMAIN')],
    outcome: 'not-found',
    confidence: 'certain',
    where: null,
  },
] as const)(
  '$status with $servers.0.rcode $servers.0.error reads as $outcome, $confidence',
  ({ status, servers, ...reading }) => {
    expect(readResolve({ ...EVIDENCE, status, servers })).toEqual(reading);
  },
);
