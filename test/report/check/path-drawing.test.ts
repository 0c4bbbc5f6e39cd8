import { expect, test } from 'vitest';
import type { Report } from '../../../src/evidence/report/report.ts';
import type { Hop, TraceEvidence } from '../../../src/evidence/trace.ts';
import { drawPath } from '../../../src/report/check/path-drawing.ts';
import { labelsOf } from '../../../src/report/labels.ts';
import { symbolsOf } from '../../../src/report/symbols.ts';
import { BLACKHOLE, HEALTHY } from '../reports.ts';

const hop = (ttl: number, ...addresses: string[]): Hop => ({
  ttl,
  addresses,
  sent: 1,
  received: addresses.length === 0 ? 0 : 1,
  rttMs: null,
  error: null,
});

function drawn(trace: Partial<TraceEvidence>, report: Report = BLACKHOLE): string | undefined {
  const recorded = BLACKHOLE.evidence.trace;
  if (recorded === undefined) throw new Error('the report has no trace');
  const evidence = { ...report.evidence, trace: { ...recorded, ...trace } };
  return drawPath({ ...report, evidence }, labelsOf('en'), symbolsOf(true))
    ?.map(({ text }) => text)
    .join(' ');
}

test('a path that stops ends behind the last hop that answered', () => {
  expect(drawn({})).toBe('you -- 10.9.0.1 (gw) -- 10.9.2.1 -- x ... 10.9.3.2');
});

test('where what was asked for arrives nothing is broken, wherever the trace ends', () => {
  expect(drawn({}, { ...BLACKHOLE, verdict: 'healthy' })).toBe('you -- 10.9.0.1 (gw) -- 10.9.2.1 -- ... 10.9.3.2');
});

test('silent hops in the middle stand together', () => {
  const hops = [hop(1, '10.9.0.1'), hop(2), hop(3), hop(4, '10.9.4.1'), hop(5), hop(6, '10.9.3.2')];
  expect(drawn({ outcome: 'reached', hops }, { ...BLACKHOLE, verdict: 'healthy' })).toBe(
    'you -- 10.9.0.1 (gw) -- * ×2 -- 10.9.4.1 -- * -- 10.9.3.2',
  );
});

test('a loop is drawn once round', () => {
  const around = ['10.9.2.1', '10.9.4.1'];
  const hops = [hop(1, '10.9.0.1'), ...[2, 3, 4, 5, 6, 7].map((ttl) => hop(ttl, around[ttl % 2] ?? ''))];
  expect(drawn({ outcome: 'loop', hops, loop: around })).toBe(
    'you -- 10.9.0.1 (gw) -- 10.9.2.1 -- 10.9.4.1 -- <- 10.9.2.1 ... 10.9.3.2',
  );
});

test('the hop where a complete path suffers is marked', () => {
  const hops = [hop(1, '10.9.0.1'), hop(2, '10.9.2.1'), hop(3, '10.9.3.2')];
  const diagnosis = { ...BLACKHOLE.diagnosis, code: 'packet-loss' } as const;
  expect(drawn({ outcome: 'reached', hops }, { ...BLACKHOLE, diagnosis, verdict: 'degraded' })).toBe(
    'you -- 10.9.0.1 (gw) -- ! 10.9.2.1 -- 10.9.3.2',
  );
});

test('what is lost behind a hop is marked between it and the next', () => {
  const hops = [hop(1, '10.9.0.1'), hop(2, '10.9.2.1'), hop(3, '10.9.3.2')];
  const diagnosis = { ...BLACKHOLE.diagnosis, code: 'port-filtered' } as const;
  expect(drawn({ outcome: 'reached', hops }, { ...BLACKHOLE, diagnosis })).toBe(
    'you -- 10.9.0.1 (gw) -- 10.9.2.1 -- x -- 10.9.3.2',
  );
});

test('a hop that answers from several addresses shows how many', () => {
  expect(drawn({ outcome: 'reached', hops: [hop(1, '10.9.0.9', '10.9.0.8', '10.9.0.7')] })).toBe(
    'you -- 10.9.0.9 (+2)',
  );
});

test('where nobody answers, the path ends at this machine', () => {
  expect(drawn({ outcome: 'silent', hops: [hop(1), hop(2)] })).toBe('you -- x ... 10.9.3.2');
});

test('without a trace nothing is drawn', () => {
  expect(drawPath(HEALTHY, labelsOf('en'), symbolsOf(false))).toBeNull();
});
