import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../../src/evidence/report/report.ts';
import { toCompareText } from '../../../src/report/compare/text.ts';
import { differencesOf } from '../../../src/session/report/differences.ts';
import { BLACKHOLE, HEALTHY } from '../../report/reports.ts';

const subjects = (before: Report, after: Report) =>
  differencesOf(before, after).differences.map(({ subject }) => subject);

const withPing = (ping: Partial<NonNullable<Report['evidence']['ping']>>): Report => ({
  ...HEALTHY,
  evidence: {
    ...HEALTHY.evidence,
    ping: { ...(HEALTHY.evidence.ping as NonNullable<Report['evidence']['ping']>), ...ping },
  },
});

const rttMs = (median: number, stddev: number) => ({ min: median, median, avg: median, max: median, stddev });

const traced = (...hops: readonly string[]): Report => ({
  ...HEALTHY,
  evidence: {
    trace: {
      ...(BLACKHOLE.evidence.trace as NonNullable<Report['evidence']['trace']>),
      outcome: 'reached',
      hops: hops.map((address, index) => ({
        ttl: index + 1,
        addresses: address === '*' ? [] : [address],
        sent: 1,
        received: address === '*' ? 0 : 1,
        rttMs: null,
        error: null,
      })),
    },
  },
});

test('a report differs from itself in nothing', () => {
  for (const report of [HEALTHY, BLACKHOLE]) {
    expect(differencesOf(report, report)).toEqual({ isWorse: false, differences: [] });
  }
});

test('a fault where all was well is worse, the way back is a change', () => {
  expect(subjects(HEALTHY, BLACKHOLE)).toEqual(['verdict', 'diagnosis', 'port']);
  expect(differencesOf(HEALTHY, BLACKHOLE).isWorse).toBe(true);
  expect(differencesOf(BLACKHOLE, HEALTHY).isWorse).toBe(false);
});

test('what one of them did not measure is no difference', () => {
  expect(subjects(HEALTHY, { ...HEALTHY, evidence: {} })).toEqual([]);
});

test('an RTT has changed only beyond its spread', () => {
  expect(subjects(withPing({ rttMs: rttMs(10, 1) }), withPing({ rttMs: rttMs(30, 1) }))).toEqual(['rtt']);
  expect(subjects(withPing({ rttMs: rttMs(10, 9) }), withPing({ rttMs: rttMs(30, 9) }))).toEqual([]);
  expect(subjects(withPing({ rttMs: rttMs(0.1, 0) }), withPing({ rttMs: rttMs(0.4, 0) }))).toEqual([]);
});

test('another hop is another path, a silent one is not', () => {
  expect(subjects(traced('10.0.0.1', '10.0.1.1'), traced('10.0.0.1', '10.0.9.1'))).toEqual(['path']);
  expect(subjects(traced('10.0.0.1', '10.0.1.1'), traced('10.0.0.1', '*'))).toEqual([]);
  expect(subjects(traced('10.0.0.1', '10.0.1.1'), traced('10.0.0.1', '10.0.1.1', '10.0.2.1'))).toEqual(['path']);
});

test('what a report says of others reaches the terminal as text alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
      const other = { ...HEALTHY, target: { ...HEALTHY.target, host: `x${name}` } };
      const text = toCompareText(differencesOf(HEALTHY, other), 'en');
      expect([...text].filter((sign) => /\p{Cc}/u.test(sign) && sign !== '\n')).toEqual([]);
    }),
  );
});
