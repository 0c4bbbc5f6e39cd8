import { expect, test } from 'vitest';
import type { PingContext } from '../../src/analysis/ping.ts';
import { readPing } from '../../src/analysis/ping.ts';
import type { CountedIcmpError } from '../../src/domain/icmp-error.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import type { OtherEcho, PingEvidence } from '../../src/evidence/ping.ts';

const NO_PORT: PingContext = { portAsked: false, source: '10.0.0.2' };
const WITH_PORT: PingContext = { portAsked: true, source: '10.0.0.2' };

const ANSWERED: PingEvidence = {
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 480,
  equivalent: 'ping -c 20 -i 0.2 10.0.9.9',
  method: 'raw',
  unavailable: null,
  address: '10.0.9.9',
  sent: 20,
  received: 20,
  lossPercent: 0,
  lossInterval: { low: 0, high: 16.11 },
  duplicates: 0,
  rttMs: rtt(1),
  jitterMs: 0.1,
  replyTtl: 61,
  errors: [],
  localError: null,
  lost: [],
  others: [],
};

const SILENT: PingEvidence = {
  ...ANSWERED,
  sent: 9,
  received: 0,
  lossPercent: 100,
  rttMs: null,
  jitterMs: null,
  replyTtl: null,
  lost: [0, 1, 2, 3, 4, 5, 6, 7, 8],
};

const NOT_SENT: PingEvidence = { ...SILENT, sent: 0, lossPercent: null, lossInterval: null, lost: [] };

function rtt(median: number) {
  return { min: median, median, avg: median, max: median, stddev: 0 };
}

function lossy(lost: number, sent: number, low: number): PingEvidence {
  return {
    ...ANSWERED,
    sent,
    received: sent - lost,
    lossPercent: (100 * lost) / sent,
    lossInterval: { low, high: 99 },
    lost: Array.from({ length: lost }, (_, index) => index),
  };
}

function other(received: number, sent = 4): OtherEcho {
  return { address: '10.0.9.8', sent, received, errors: [], localError: sent === 0 ? 'ENETUNREACH' : null };
}

function failed(...errors: readonly (readonly [CountedIcmpError['kind'], string])[]): PingEvidence {
  return { ...SILENT, errors: errors.map(([kind, from]) => ({ kind, from, type: 3, code: 0, count: 3 })) };
}

test.each<readonly [string, PingEvidence, PingContext, string]>([
  ['twenty of twenty', ANSWERED, NO_PORT, 'answered'],
  ['one lost of twenty', lossy(1, 20, 0.9), NO_PORT, 'answered'],
  ['one lost of a hundred', lossy(1, 100, 0.2), NO_PORT, 'answered'],
  ['four lost of a hundred', lossy(4, 100, 1.6), NO_PORT, 'answered'],
  ['five lost of a hundred', lossy(5, 100, 2.2), NO_PORT, 'lossy'],
  ['loss before slowness', { ...lossy(30, 100, 21.9), rttMs: rtt(900) }, NO_PORT, 'lossy'],
  ['a median at the threshold', { ...ANSWERED, rttMs: rtt(400) }, NO_PORT, 'answered'],
  ['a median over the threshold', { ...ANSWERED, rttMs: rtt(401) }, NO_PORT, 'slow'],
  ['slowness before jitter', { ...ANSWERED, rttMs: rtt(500), jitterMs: 400 }, NO_PORT, 'slow'],
  ['jitter', { ...ANSWERED, rttMs: rtt(50), jitterMs: 40 }, NO_PORT, 'jittery'],
  ['jitter that is small beside the way', { ...ANSWERED, rttMs: rtt(200), jitterMs: 40 }, NO_PORT, 'answered'],
  ['jitter that is small', { ...ANSWERED, rttMs: rtt(20), jitterMs: 30 }, NO_PORT, 'answered'],
  ['jitter before duplicates', { ...ANSWERED, jitterMs: 40, duplicates: 1 }, NO_PORT, 'jittery'],
  ['duplicates', { ...ANSWERED, duplicates: 1 }, NO_PORT, 'duplicated'],
  ['duplicates before others', { ...ANSWERED, duplicates: 1, others: [other(0)] }, NO_PORT, 'duplicated'],
  ['every other answers', { ...ANSWERED, others: [other(4), other(3)] }, NO_PORT, 'answered'],
  ['an other is silent', { ...ANSWERED, others: [other(4), other(0)] }, NO_PORT, 'partly'],
  ['an other is silent, a port was asked', { ...ANSWERED, others: [other(0)] }, WITH_PORT, 'answered'],
  ['an other could not be asked', { ...ANSWERED, others: [other(0, 0)] }, NO_PORT, 'answered'],
  ['silent, an other answers', { ...SILENT, others: [other(1)] }, NO_PORT, 'partly'],
  ['silent, an other answers, a port was asked', { ...SILENT, others: [other(1)] }, WITH_PORT, 'silent'],
  ['prohibited, an other answers', { ...failed(['prohibited', '10.0.1.1']), others: [other(1)] }, NO_PORT, 'partly'],
  ['silent, all others too', { ...SILENT, others: [other(0)] }, NO_PORT, 'silent'],
  [
    'a reply and errors',
    { ...ANSWERED, received: 20, errors: failed(['prohibited', '10.0.1.1']).errors },
    NO_PORT,
    'answered',
  ],
  ['refused by the local firewall', { ...NOT_SENT, localError: 'EPERM' }, NO_PORT, 'blocked'],
  ['refused by a policy route', { ...NOT_SENT, localError: 'EACCES' }, NO_PORT, 'blocked'],
  ['refused for another reason', { ...NOT_SENT, localError: 'ENETUNREACH' }, NO_PORT, 'unavailable'],
  ['refused after some were sent', { ...SILENT, localError: 'EPERM' }, NO_PORT, 'silent'],
  [
    'no engine',
    { ...NOT_SENT, method: null, unavailable: { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] } },
    NO_PORT,
    'unavailable',
  ],
  ['silence', SILENT, NO_PORT, 'silent'],
  ['prohibited', failed(['prohibited', '10.0.1.1']), NO_PORT, 'prohibited'],
  ['rejected as port unreachable', failed(['port-unreachable', '10.0.9.9']), NO_PORT, 'prohibited'],
  [
    'prohibited before expired',
    failed(['time-exceeded', '10.0.1.1'], ['prohibited', '10.0.2.1']),
    NO_PORT,
    'prohibited',
  ],
  ['expired', failed(['host-unreachable', '10.0.1.1'], ['time-exceeded', '10.0.2.1']), NO_PORT, 'expired'],
  ['host unreachable', failed(['host-unreachable', '10.0.1.1']), NO_PORT, 'host-unreachable'],
  ['an unreachable of another kind', failed(['other-unreachable', '10.0.1.1']), NO_PORT, 'host-unreachable'],
  ['network unreachable', failed(['network-unreachable', '10.0.1.1']), NO_PORT, 'network-unreachable'],
  ['this machine did not find its neighbour', failed(['host-unreachable', '10.0.0.2']), NO_PORT, 'silent'],
  ['an error that says nothing of the host', failed(['parameter-problem', '10.0.1.1']), NO_PORT, 'silent'],
])('%s reads as it should', (_, evidence, context, outcome) => {
  expect(readPing(evidence, DEFAULT_THRESHOLDS, context).outcome).toBe(outcome);
});

test('no evidence reads as unavailable', () => {
  expect(readPing(undefined, DEFAULT_THRESHOLDS, NO_PORT)).toMatchObject({ outcome: 'unavailable', where: null });
});

test('an error points at its sender', () => {
  const reading = readPing(failed(['prohibited', '10.0.3.1']), DEFAULT_THRESHOLDS, NO_PORT);
  expect(reading).toEqual({ outcome: 'prohibited', where: { hop: null, address: '10.0.3.1' }, confidence: 'certain' });
});

test('a zone does not hide that an error comes from this machine', () => {
  const evidence = failed(['host-unreachable', 'fe80::2']);
  const context = { portAsked: false, source: 'fe80::2%eth0' };
  expect(readPing(evidence, DEFAULT_THRESHOLDS, context).outcome).toBe('silent');
});

test('loss is certain only where its whole interval is over the threshold', () => {
  expect(readPing(lossy(6, 100, 2.8), DEFAULT_THRESHOLDS, NO_PORT).confidence).toBe('likely');
  expect(readPing(lossy(30, 100, 21.9), DEFAULT_THRESHOLDS, NO_PORT).confidence).toBe('certain');
});

test('thresholds are those given', () => {
  const thresholds = { lossPercent: 1, slowMs: 10, jitterMs: 5, firstByteMs: 3000 };
  expect(readPing(lossy(2, 100, 0.5), thresholds, NO_PORT).outcome).toBe('lossy');
  expect(readPing({ ...ANSWERED, rttMs: rtt(11) }, thresholds, NO_PORT).outcome).toBe('slow');
  expect(readPing({ ...ANSWERED, rttMs: rtt(8), jitterMs: 6 }, thresholds, NO_PORT).outcome).toBe('jittery');
});
