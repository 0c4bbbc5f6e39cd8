import { expect, test } from 'vitest';
import { readBound } from '../../src/analysis/bound.ts';
import type { Listener } from '../../src/domain/evidence.ts';
import type { SocketsEvidence } from '../../src/evidence/sockets.ts';

const listener = (address: string, more: Partial<Listener> = {}): Listener => ({
  protocol: 'tcp',
  family: address.includes(':') ? 6 : 4,
  address,
  port: 80,
  v6Only: null,
  process: null,
  pid: null,
  acceptQueue: 0,
  backlog: 5,
  ...more,
});
const seen = (...listening: readonly Listener[]): SocketsEvidence => ({
  startedAt: '2026-11-22T12:00:00.000Z',
  durationMs: 1,
  equivalent: 'ss -ltn',
  host: 'local',
  ownsTarget: true,
  gaps: [],
  listening,
});
const at = (address: string) =>
  ({
    address,
    family: address.includes(':') ? 6 : 4,
    port: 80,
    protocol: 'tcp',
    attempt: null,
    isLocal: true,
    ending: null,
  }) as const;

test.each([
  ['nothing', [], 'not-listening'],
  ['another port', [listener('0.0.0.0', { port: 81 })], 'not-listening'],
  ['loopback', [listener('127.0.0.1')], 'loopback-only'],
  ['loopback of both families', [listener('127.0.0.1'), listener('::1')], 'loopback-only'],
  ['every address', [listener('0.0.0.0')], 'listening'],
  ['every address of both families', [listener('::', { v6Only: false })], 'listening'],
  ['IPv6 alone', [listener('::', { v6Only: true })], 'other-family'],
  ['one address', [listener('10.0.0.5')], 'other-address'],
  ['loopback and one address', [listener('127.0.0.1'), listener('10.0.0.5')], 'other-address'],
  ['a full queue', [listener('0.0.0.0', { acceptQueue: 6 })], 'queue-full'],
] as const)('asked at loopback, a listener on %s is judged as others find it', (_, listening, outcome) => {
  expect(readBound(seen(...listening), at('127.0.0.1')).outcome).toBe(outcome);
});

test('asked at another address, it is judged at that address', () => {
  expect(readBound(seen(listener('10.0.0.5')), at('10.0.0.5')).outcome).toBe('listening');
  expect(readBound(seen(listener('127.0.0.1')), at('10.0.0.5')).outcome).toBe('loopback-only');
});

test('sockets that were not seen are no missing listener', () => {
  expect(readBound(undefined, at('127.0.0.1')).outcome).toBe('no-vantage');
});
