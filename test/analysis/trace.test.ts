import { expect, test } from 'vitest';
import type { TraceContext } from '../../src/analysis/trace.ts';
import { hopOf, lastAnswering, readTrace } from '../../src/analysis/trace.ts';
import type { IcmpErrorKind } from '../../src/domain/icmp-error.ts';
import type { Hop, TraceEvidence, TraceOutcome } from '../../src/evidence/trace.ts';

const ROUTED: TraceContext = { onLink: false, source: '10.0.0.2' };
const ON_LINK: TraceContext = { onLink: true, source: '10.0.0.2' };

function traced(outcome: TraceOutcome, hops: readonly Hop[], loop: readonly string[] = []): TraceEvidence {
  return {
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 30,
    equivalent: 'traceroute -I -n 10.0.9.9',
    method: 'raw',
    unavailable: null,
    address: '10.0.9.9',
    protocol: 'icmp',
    outcome,
    hops,
    loop,
  };
}

/** One hop per entry: an address, or null for silence; with the least round trip time where it matters. */
function path(...entries: readonly (readonly [string | null, number?])[]): readonly Hop[] {
  return entries.map(([address, rttMs = 1], index) => ({
    ttl: index + 1,
    addresses: address === null ? [] : [address],
    sent: 2,
    received: address === null ? 0 : 2,
    rttMs: address === null ? null : { min: rttMs, median: rttMs + 5, avg: rttMs + 5, max: rttMs + 10, stddev: 5 },
    error: null,
  }));
}

function endingIn(kind: IcmpErrorKind, from: string): readonly Hop[] {
  const hops = path(['10.0.1.1'], ['10.0.2.1'], [from]);
  return hops.map((hop) => (hop.ttl === 3 ? { ...hop, error: { kind, from, type: 3, code: 1 } } : hop));
}

const LOOPING = path(['10.0.1.1'], ['10.0.2.1'], ['10.0.3.1'], ['10.0.2.1'], ['10.0.3.1']);

test.each<readonly [string, TraceEvidence, TraceContext, ReturnType<typeof readTrace>]>([
  [
    'reached',
    traced('reached', path(['10.0.1.1'], ['10.0.9.9'])),
    ROUTED,
    { outcome: 'reached', where: null, confidence: 'certain' },
  ],
  [
    'stopped: the last hop that answered',
    traced('stopped', path(['10.0.1.1'], ['10.0.2.1'], [null], [null])),
    ROUTED,
    { outcome: 'stopped', where: { hop: 2, address: '10.0.2.1' }, confidence: 'likely' },
  ],
  ['silent', traced('silent', path([null], [null])), ROUTED, { outcome: 'silent', where: null, confidence: 'likely' }],
  [
    'silent on this link',
    traced('silent', path([null])),
    ON_LINK,
    { outcome: 'on-link', where: null, confidence: 'certain' },
  ],
  ['nothing could be sent', traced('silent', []), ROUTED, { outcome: 'silent', where: null, confidence: 'likely' }],
  [
    'loop: its first hop',
    traced('loop', LOOPING, ['10.0.2.1', '10.0.3.1']),
    ROUTED,
    { outcome: 'loop', where: { hop: 2, address: '10.0.2.1' }, confidence: 'certain' },
  ],
  [
    'prohibited by the router that answered at a lower TTL before',
    traced('prohibited', endingIn('prohibited', '10.0.2.1')),
    ROUTED,
    { outcome: 'prohibited', where: { hop: 2, address: '10.0.2.1' }, confidence: 'certain' },
  ],
  [
    'host unreachable',
    traced('unreachable', endingIn('host-unreachable', '10.0.3.1')),
    ROUTED,
    { outcome: 'host-unreachable', where: { hop: 3, address: '10.0.3.1' }, confidence: 'certain' },
  ],
  [
    'an unreachable of another kind',
    traced('unreachable', endingIn('other-unreachable', '10.0.3.1')),
    ROUTED,
    { outcome: 'host-unreachable', where: { hop: 3, address: '10.0.3.1' }, confidence: 'certain' },
  ],
  [
    'network unreachable',
    traced('unreachable', endingIn('network-unreachable', '10.0.3.1')),
    ROUTED,
    { outcome: 'network-unreachable', where: { hop: 3, address: '10.0.3.1' }, confidence: 'certain' },
  ],
  [
    'rejected by the target',
    traced('unreachable', endingIn('port-unreachable', '10.0.9.9')),
    ROUTED,
    { outcome: 'rejected', where: { hop: 3, address: '10.0.9.9' }, confidence: 'certain' },
  ],
])('%s', (_, evidence, context, reading) => {
  expect(readTrace(evidence, context)).toEqual(reading);
});

test('an error of this machine itself is silence of its next hop', () => {
  const own: Hop = {
    ttl: 1,
    addresses: ['10.0.0.2'],
    sent: 1,
    received: 1,
    rttMs: null,
    error: { kind: 'host-unreachable', from: '10.0.0.2', type: 3, code: 1 },
  };
  const evidence = traced('unreachable', [own]);
  expect(readTrace(evidence, ROUTED)).toMatchObject({ outcome: 'silent', where: null });
  expect(readTrace(evidence, ON_LINK).outcome).toBe('on-link');
});

test('no engine, or no trace, reads as unavailable', () => {
  const none = { ...traced('silent', []), method: null };
  expect(readTrace(none, ROUTED).outcome).toBe('unavailable');
  expect(readTrace(undefined, ROUTED).outcome).toBe('unavailable');
});

test('an address has the hop at which it answered first', () => {
  const evidence = traced('loop', LOOPING);
  expect(hopOf(evidence, '10.0.3.1')).toBe(3);
  expect(hopOf(evidence, '10.0.7.1')).toBeNull();
});

test('the last hop that answered is found behind silent ones', () => {
  expect(lastAnswering(traced('stopped', path(['10.0.1.1'], [null], ['10.0.3.1'], [null])))?.ttl).toBe(3);
  expect(lastAnswering(traced('silent', path([null], [null])))).toBeNull();
});
