import { expect, test } from 'vitest';
import { type FilterLocation, locateFilter, placeOfFilter, readFilter } from '../../src/analysis/filter-location.ts';
import type { Evidence } from '../../src/evidence/kinds.ts';
import type { PingEvidence } from '../../src/evidence/ping.ts';
import type { Hop, TraceEvidence } from '../../src/evidence/trace.ts';

const TARGET = '10.0.9.9';
const TIMED = { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 30, equivalent: '' };

const PING: PingEvidence = {
  ...TIMED,
  method: 'raw',
  unavailable: null,
  address: TARGET,
  sent: 10,
  received: 10,
  lossPercent: 0,
  lossInterval: null,
  duplicates: 0,
  rttMs: null,
  jitterMs: null,
  replyTtl: 59,
  errors: [],
  localError: null,
  lost: [],
  others: [],
};

/** The hops of a path by their last number; null for silence. */
function hops(...numbers: readonly (number | null)[]): readonly Hop[] {
  return numbers.map((number, index) => ({
    ttl: index + 1,
    addresses: number === null ? [] : [addressAt(number)],
    sent: 2,
    received: number === null ? 0 : 2,
    rttMs: null,
    error: null,
  }));
}

function addressAt(hop: number): string {
  return hop === 9 ? TARGET : `10.0.${hop}.1`;
}

function at(hop: number, number = hop): { readonly hop: number; readonly address: string } {
  return { hop, address: addressAt(number) };
}

function traced(change: Partial<TraceEvidence>): TraceEvidence {
  return {
    ...TIMED,
    method: 'raw',
    unavailable: null,
    address: TARGET,
    protocol: 'icmp',
    outcome: 'stopped',
    stopReason: 'silent-hops',
    hops: [],
    loop: [],
    ...change,
  };
}

/** Five routers, then the target at hop 6. */
const BY_ICMP = traced({
  outcome: 'reached',
  stopReason: 'target',
  hops: hops(1, 2, 3, 4, 5, 9),
  targetAnswer: { kind: 'reply', ttl: 6, replyTtl: 59 },
});

function silentAfter(...numbers: readonly (number | null)[]): TraceEvidence {
  return traced({ protocol: 'tcp', port: 443, hops: hops(...numbers, null, null, null, null, null) });
}

function resetAt(ttl: number, replyTtl: number | null): TraceEvidence {
  const path = [1, 2, 3, 4, 5].slice(0, ttl - 1);
  const targetAnswer = { kind: 'reset', ttl, replyTtl } as const;
  return traced({ protocol: 'tcp', outcome: 'reached', stopReason: 'target', hops: hops(...path, 9), targetAnswer });
}

const LIMITED = hops(1, 2, 3, 4, 5, 9).map((hop) => (hop.ttl === 4 ? { ...hop, received: 1 } : hop));

test.each<readonly [string, Evidence, FilterLocation | null]>([
  [
    'the hop before the first that answers ICMP and not the SYN',
    { trace: BY_ICMP, portTrace: silentAfter(1, 2, 3) },
    { kind: 'on-path', passed: at(3), blocked: at(4) },
  ],
  [
    'a hop that is silent to both is left open',
    {
      trace: { ...BY_ICMP, hops: hops(1, 2, 3, null, 5, 9) },
      portTrace: silentAfter(1, 2, 3),
    },
    { kind: 'on-path', passed: at(3), blocked: at(5) },
  ],
  [
    'a hop that limits its answers accuses nobody',
    { trace: { ...BY_ICMP, hops: LIMITED }, portTrace: silentAfter(1, 2, 3) },
    { kind: 'on-path', passed: at(3), blocked: at(5) },
  ],
  [
    'silent routers in front of the target',
    { trace: { ...BY_ICMP, hops: hops(1, 2, 3, null, null, 9) }, portTrace: silentAfter(1, 2, 3) },
    { kind: 'on-path', passed: at(3), blocked: at(6, 9) },
  ],
  [
    'the hop before the first that answers ICMP and not the datagram',
    { trace: BY_ICMP, portTrace: { ...silentAfter(1, 2, 3), protocol: 'udp' } },
    { kind: 'on-path', passed: at(3), blocked: at(4) },
  ],
  [
    'silent routers in front of a target that may take datagrams in silence',
    {
      trace: { ...BY_ICMP, hops: hops(1, 2, 3, null, null, 9) },
      portTrace: { ...silentAfter(1, 2, 3), protocol: 'udp' },
    },
    null,
  ],
  [
    'routers that limit their answers in front of such a target',
    {
      trace: { ...BY_ICMP, hops: LIMITED.map((hop) => (hop.ttl === 5 ? { ...hop, received: 1 } : hop)) },
      portTrace: { ...silentAfter(1, 2, 3), protocol: 'udp' },
    },
    null,
  ],
  [
    'every router lets the datagram pass',
    { trace: BY_ICMP, portTrace: { ...silentAfter(1, 2, 3, 4, 5), protocol: 'udp' } },
    { kind: 'at-target', passed: at(5), target: at(6, 9) },
  ],
  [
    'how far a datagram came says little where the target’s distance is not known',
    { trace: traced({ hops: hops(1, 2, 3, 4, 5, null) }), portTrace: { ...silentAfter(1, 2, 3), protocol: 'udp' } },
    null,
  ],
  [
    'a SYN that passes a hop behind a silent one',
    { trace: BY_ICMP, portTrace: silentAfter(1, null, 3) },
    { kind: 'on-path', passed: at(3), blocked: at(4) },
  ],
  [
    'every router lets the SYN pass',
    { trace: BY_ICMP, portTrace: silentAfter(1, 2, 3, 4, 5) },
    { kind: 'at-target', passed: at(5), target: at(6, 9) },
  ],
  [
    'nothing answers the SYN: this machine is the last that let it pass',
    { trace: BY_ICMP, portTrace: silentAfter() },
    { kind: 'on-path', passed: { hop: 0, address: null }, blocked: at(1) },
  ],
  [
    'without the target’s distance only the last hop is known',
    { trace: traced({ hops: hops(1, 2, 3, 4, 5, null) }), portTrace: silentAfter(1, 2, 3) },
    { kind: 'on-path', passed: at(3), blocked: null },
  ],
  [
    'a distance that is not to be believed is not used',
    { trace: { ...BY_ICMP, oddities: ['one-address'] }, portTrace: silentAfter(1, 2, 3) },
    { kind: 'on-path', passed: at(3), blocked: null },
  ],
  ['a trace that ran out of time', { trace: BY_ICMP, portTrace: { ...silentAfter(1), stopReason: 'time' } }, null],
  ['a trace that was cut short', { trace: BY_ICMP, portTrace: { ...silentAfter(1), cutShort: true } }, null],
  ['no trace to the port', { trace: BY_ICMP }, null],
  ['an answer of the port after all', { ping: PING, trace: BY_ICMP, portTrace: traced({ outcome: 'reached' }) }, null],
  [
    'an RST from nearer than the host, before its TTL',
    { ping: PING, trace: BY_ICMP, portTrace: resetAt(4, 62) },
    { kind: 'answered-for', device: at(3), targetHop: 6 },
  ],
  [
    'an RST of the last router, at the TTL of the host',
    { ping: PING, trace: BY_ICMP, portTrace: resetAt(6, 60) },
    { kind: 'answered-for', device: at(5), targetHop: 6 },
  ],
  [
    'an RST whose TTL fits no hop, but came back before the host',
    { ping: PING, trace: BY_ICMP, portTrace: resetAt(4, 64) },
    { kind: 'answered-for', device: at(3), targetHop: 6 },
  ],
  ['an RST from as far as the host', { ping: PING, trace: BY_ICMP, portTrace: resetAt(6, 59) }, null],
  ['an RST from farther than the host', { ping: PING, trace: BY_ICMP, portTrace: resetAt(6, 57) }, null],
  ['an RST of the host with a TTL that fits no hop', { ping: PING, trace: BY_ICMP, portTrace: resetAt(6, 62) }, null],
  ['an RST whose TTL cannot be seen', { ping: PING, trace: BY_ICMP, portTrace: resetAt(4, null) }, null],
])('%s', (_, evidence, location) => {
  expect(locateFilter(evidence)).toEqual(location);
});

test('who rejects is told with the hop at which it answered before', () => {
  const error = { kind: 'prohibited', from: addressAt(3), type: 3, code: 13 } as const;
  const path = hops(1, 2, 3, 3).map((hop) => (hop.ttl === 4 ? { ...hop, error } : hop));
  const portTrace = traced({ protocol: 'tcp', outcome: 'prohibited', stopReason: 'error', hops: path });
  expect(locateFilter({ portTrace })).toEqual({ kind: 'rejected', by: at(3) });
});

test.each<readonly [FilterLocation, ReturnType<typeof placeOfFilter>]>([
  [{ kind: 'on-path', passed: at(3), blocked: at(4) }, at(3)],
  [{ kind: 'at-target', passed: at(5), target: at(6, 9) }, at(6, 9)],
  [{ kind: 'rejected', by: at(2) }, at(2)],
  [{ kind: 'answered-for', device: at(3), targetHop: 6 }, at(3)],
])('the place of a location', (location, where) => {
  expect(placeOfFilter(location)).toEqual(where);
});

test('an RST from as far away as the echo reply is the host’s own', () => {
  const connect = { ...TIMED, attempts: [], icmpSeen: true, sideError: null };
  expect(readFilter({ ping: PING, connect: { ...connect, resetTtl: 123 } }).outcome).toBe('from-host');
  expect(readFilter({ ping: PING, connect: { ...connect, resetTtl: 62 } }).outcome).toBe('not-located');
  expect(readFilter({ ping: PING, connect }).outcome).toBe('not-located');
});

test('what could not be traced is unavailable, and no place', () => {
  const portTrace = traced({ method: null });
  expect(readFilter({ portTrace })).toEqual({ outcome: 'unavailable', where: null, confidence: 'possible' });
  expect(readFilter({ trace: BY_ICMP, portTrace: silentAfter(1, 2, 3) })).toEqual({
    outcome: 'on-path',
    where: at(3),
    confidence: 'likely',
  });
});
