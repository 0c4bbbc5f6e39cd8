import type { Reading } from '../../../src/domain/reading.ts';
import { summariseRtts } from '../../../src/domain/statistics.ts';
import type { TraceRemark } from '../../../src/domain/trace-remark.ts';
import type { Hop, TraceEvidence } from '../../../src/evidence/trace.ts';
import type { TraceRow } from '../../../src/evidence/trace-row.ts';
import type { TraceView } from '../../../src/report/trace/view.ts';

/** A hop by who answered, and its round trip times; null for one that got no answer. */
export function row(ttl: number, address: string | null, ...rttsMs: readonly (number | null)[]): TraceRow {
  return { ttl, addresses: address === null ? [] : [address], sent: rttsMs.length, rttsMs, error: null };
}

function hopOf({ ttl, addresses, rttsMs, error }: TraceRow): Hop {
  const answered = rttsMs.filter((rttMs) => rttMs !== null);
  return { ttl, addresses, sent: rttsMs.length, received: answered.length, rttMs: summariseRtts(answered), error };
}

export function traceOf(rows: readonly TraceRow[], more: Partial<TraceEvidence> = {}): TraceEvidence {
  return {
    startedAt: '2026-11-22T12:00:00.000Z',
    durationMs: 312,
    equivalent: 'traceroute -I -n 198.51.100.9',
    method: 'raw',
    unavailable: null,
    address: '198.51.100.9',
    protocol: 'icmp',
    outcome: 'reached',
    stopReason: 'target',
    hops: rows.map(hopOf),
    loop: [],
    ...more,
  };
}

type Case = {
  readonly rows: readonly TraceRow[];
  readonly trace?: Partial<TraceEvidence>;
  readonly reading?: Partial<Reading<'trace'>>;
  readonly remarks?: readonly TraceRemark[];
  readonly view?: Partial<TraceView>;
  readonly routeError?: string;
};

export function viewOf({ rows, trace = {}, reading = {}, remarks = [], view = {}, routeError }: Case): TraceView {
  return {
    host: 'db1.example',
    address: '198.51.100.9',
    protocol: 'icmp',
    port: null,
    rows,
    names: new Map(),
    verdict: {
      trace: traceOf(rows, trace),
      reading: { outcome: 'reached', where: null, confidence: 'certain', ...reading },
      remarks,
      routeError: routeError ?? null,
    },
    ...view,
  };
}

export const HEALTHY = viewOf({
  rows: [
    row(1, '192.0.2.1', 0.41, 0.32, 0.35),
    row(2, null, null, null, null),
    row(3, '203.0.113.17', 4.2, null, 4.4),
    row(4, '198.51.100.9', 11.2, 12.64, 11.9),
  ],
  remarks: [
    { kind: 'silent-hops', hops: [2] },
    { kind: 'limited-hops', hops: [3] },
  ],
  view: {
    names: new Map([
      ['192.0.2.1', 'gw.example'],
      ['203.0.113.17', 'ae-1.r20.frnkge08.de.transit.example'],
    ]),
  },
});

export const STOPPED = viewOf({
  rows: [
    row(1, '192.0.2.1', 0.41, 0.32, 0.35),
    row(2, '203.0.113.17', 4.2, 4.3, 4.4),
    row(3, null, null, null, null),
    row(4, null, null, null),
    row(5, null, null),
  ],
  trace: { outcome: 'stopped', stopReason: 'silent-hops' },
  reading: { outcome: 'stopped', where: { hop: 2, address: '203.0.113.17' }, confidence: 'likely' },
});

const prohibited = { kind: 'prohibited', from: '203.0.113.17', type: 3, code: 13 } as const;
export const PROHIBITED = viewOf({
  rows: [row(1, '192.0.2.1', 0.41), { ...row(2, '203.0.113.17', 4.2), error: prohibited }],
  trace: { outcome: 'prohibited', stopReason: 'error' },
  reading: { outcome: 'prohibited', where: { hop: 2, address: '203.0.113.17' } },
});

export const LOOP = viewOf({
  rows: [1, 2, 3, 4, 5].map((ttl) => row(ttl, ttl % 2 === 0 ? '192.0.2.2' : '192.0.2.3', ttl)),
  trace: { outcome: 'loop', stopReason: 'loop', loop: ['192.0.2.3', '192.0.2.2'] },
  reading: { outcome: 'loop', where: { hop: 1, address: '192.0.2.3' } },
});

/** Forty rounds over IPv6, with loss that lasts from hop 2 on. */
export const WATCHED = viewOf({
  rows: [
    row(1, '2001:db8:ffff:1111:2222:3333:4444:1', ...Array.from({ length: 40 }, (_, index) => 0.3 + (index % 3) / 10)),
    row(2, '2001:db8:ffff:1111:2222:3333:4444:2', ...Array.from({ length: 40 }, (_, index) => (index % 4 ? 80 : null))),
    row(3, '2001:db8::9', ...Array.from({ length: 40 }, (_, index) => (index % 5 ? 81.5 + (index % 7) : null))),
  ],
  trace: { address: '2001:db8::9' },
  remarks: [
    { kind: 'loss', sent: 40, lost: 8, first: 2, last: 2 },
    { kind: 'rise', first: 2, last: 2, ms: 81.5 },
  ],
  view: {
    host: '2001:db8::9',
    address: '2001:db8::9',
    names: new Map([['2001:db8:ffff:1111:2222:3333:4444:2', 'core2.example']]),
  },
});
