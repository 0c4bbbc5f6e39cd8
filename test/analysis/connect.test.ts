import { expect, test } from 'vitest';
import { readConnect } from '../../src/analysis/connect.ts';
import type { ConnectAttempt } from '../../src/domain/evidence.ts';
import type { IcmpErrorKind } from '../../src/domain/icmp-error.ts';
import type { ConnectEvidence } from '../../src/evidence/connect.ts';

const V4 = '10.0.0.5';
const OTHER_V4 = '10.0.0.6';
const V6 = '2001:db8::5';
const ROUTER = '10.0.0.1';

function attempt(state: ConnectAttempt['state'], rest: Partial<ConnectAttempt> = {}): ConnectAttempt {
  return { address: V4, port: 80, protocol: 'tcp', state, ms: 1, error: null, icmp: null, dropped: null, ...rest };
}

function icmp(kind: IcmpErrorKind, from = ROUTER) {
  return { kind, from, type: 3, code: 1 };
}

function evidence(attempts: readonly ConnectAttempt[], rest: Partial<ConnectEvidence> = {}): ConnectEvidence {
  return { startedAt: '', durationMs: 1, equivalent: '', attempts, icmpSeen: true, sideError: null, ...rest };
}

const context = { port: 80, protocol: 'tcp', usableFamilies: [4, 6] } as const;

function outcomeOf(...attempts: readonly ConnectAttempt[]): string {
  return readConnect(evidence(attempts), context).outcome;
}

test.each([
  ['an accepted connection', attempt('open'), 'open'],
  ['a connection that the peer closed at once', attempt('open', { dropped: 'closed' }), 'dropped'],
  ['a connection that the peer reset at once', attempt('open', { dropped: 'reset' }), 'dropped'],
  ['a reset', attempt('closed', { error: 'ECONNREFUSED' }), 'closed'],
  ['silence', attempt('filtered'), 'filtered'],
  ['a rejection', attempt('rejected', { icmp: icmp('prohibited') }), 'rejected'],
  ['an unreachable', attempt('unreachable', { icmp: icmp('host-unreachable') }), 'unreachable'],
  ['no port left here', attempt('local-error', { error: 'EADDRNOTAVAIL' }), 'no-ports-left'],
  ['a refusal to send', attempt('local-error', { error: 'EPERM' }), 'blocked'],
  ['a prohibit route of this machine', attempt('local-error', { error: 'EACCES' }), 'no-route'],
  ['a blackhole route of this machine', attempt('local-error', { error: 'EINVAL' }), 'no-route'],
  ['a firewall of this machine', attempt('local-error', { error: 'EPERM' }), 'blocked'],
  ['no route here', attempt('local-error', { error: 'EHOSTUNREACH' }), 'unreachable'],
] as const)('%s reads as what it is', (_name, only, outcome) => {
  expect(outcomeOf(only)).toBe(outcome);
});

test.each([
  ['closed', 'udp-closed'],
  ['filtered', 'udp-silent'],
  ['open', 'open'],
  ['rejected', 'rejected'],
] as const)('a UDP port that is %s reads as %s', (state, outcome) => {
  const reading = readConnect(evidence([attempt(state, { protocol: 'udp' })]), { ...context, protocol: 'udp' });
  expect(reading.outcome).toBe(outcome);
});

test('without an asked port nothing was asked', () => {
  expect(readConnect(undefined, { ...context, port: null }).outcome).toBe('not-asked');
});

test('attempts at other ports and over another transport say nothing about the asked one', () => {
  const others = [attempt('open', { port: 22 }), attempt('open', { protocol: 'udp' })];
  expect(outcomeOf(...others)).toBe('not-asked');
  expect(outcomeOf(attempt('filtered'), ...others)).toBe('filtered');
});

test('one family that works beside one that does not is a broken family', () => {
  const v6 = { address: V6 };
  expect(outcomeOf(attempt('open'), attempt('filtered', v6))).toBe('ipv6-broken');
  expect(outcomeOf(attempt('closed'), attempt('open', v6))).toBe('ipv4-broken');
});

test('addresses of one family that fare differently are reached in part', () => {
  expect(outcomeOf(attempt('open'), attempt('filtered', { address: OTHER_V4 }))).toBe('partly');
  expect(outcomeOf(attempt('open'), attempt('closed', { address: OTHER_V4 }), attempt('open', { address: V6 }))).toBe(
    'partly',
  );
});

test('a machine without IPv6 is not broken', () => {
  const onlyV4 = { ...context, usableFamilies: [4] as const };
  const v6 = attempt('local-error', { address: V6, error: 'ENETUNREACH' });
  expect(readConnect(evidence([v6, attempt('open')]), onlyV4).outcome).toBe('open');
  expect(readConnect(evidence([v6, attempt('closed')]), onlyV4).outcome).toBe('closed');
});

test('where the usable families are unknown, the error of the kernel tells the family that is not there', () => {
  const unknown = { ...context, usableFamilies: [] };
  const v6 = attempt('local-error', { address: V6, error: 'ENETUNREACH' });
  expect(readConnect(evidence([v6, attempt('open')]), unknown).outcome).toBe('open');
});

test('a family that works counts although it has no global address', () => {
  const onlyV4 = { ...context, usableFamilies: [4] as const };
  const v6 = attempt('open', { address: V6 });
  expect(readConnect(evidence([v6, attempt('filtered')]), onlyV4).outcome).toBe('ipv4-broken');
});

test('an address of the only family is judged even if that family is of no use', () => {
  const onlyV6 = { ...context, usableFamilies: [6] as const };
  expect(readConnect(evidence([attempt('closed', { address: '127.0.0.1' })]), onlyV6).outcome).toBe('closed');
});

test('where all fail differently, the first usable address decides', () => {
  expect(outcomeOf(attempt('closed'), attempt('filtered', { address: OTHER_V4 }))).toBe('closed');
  expect(outcomeOf(attempt('filtered', { address: OTHER_V4 }), attempt('closed'))).toBe('filtered');
});

test('a side probe that this machine refused names its firewall, and places it here', () => {
  expect(readConnect(evidence([attempt('filtered')], { sideError: 'EPERM' }), context)).toEqual({
    outcome: 'blocked',
    where: { hop: 0, address: null },
    confidence: 'certain',
  });
});

test('a refused side probe does not take back an open port', () => {
  expect(readConnect(evidence([attempt('open')], { sideError: 'EPERM' }), context).outcome).toBe('open');
});

test('an ICMP error places the outcome at its sender', () => {
  const rejected = attempt('rejected', { icmp: icmp('port-unreachable') });
  expect(readConnect(evidence([rejected]), context).where).toEqual({ hop: null, address: ROUTER });
  expect(readConnect(evidence([attempt('closed')]), context).where).toBeNull();
});

test('a refusal is certain to be a reset only where ICMP errors could be heard', () => {
  const closed = [attempt('closed', { error: 'ECONNREFUSED' })];
  expect(readConnect(evidence(closed), context).confidence).toBe('certain');
  expect(readConnect(evidence(closed, { icmpSeen: false }), context).confidence).toBe('likely');
});

test('silence of a UDP service beside an answer is only possibly a broken family', () => {
  const attempts = [attempt('open', { protocol: 'udp' }), attempt('filtered', { protocol: 'udp', address: V6 })];
  expect(readConnect(evidence(attempts), { ...context, protocol: 'udp' })).toMatchObject({
    outcome: 'ipv6-broken',
    confidence: 'possible',
  });
});

test('no address to send from is not a lack of ports', () => {
  const v6 = attempt('local-error', { address: '::1', error: 'EADDRNOTAVAIL' });
  expect(readConnect(evidence([v6]), { ...context, usableFamilies: [4] }).outcome).toBe('unreachable');
  expect(readConnect(evidence([v6]), context).outcome).toBe('no-ports-left');
});
