import { expect, test } from 'vitest';
import { recordedEvents } from '../../../src/session/view/recorded-events.ts';
import type { SessionEvent } from '../../../src/session/view/session-event.ts';
import { EMPTY_VIEW, fold } from '../../../src/session/view/view.ts';
import { BLACKHOLE } from '../../report/reports.ts';

const eventsOf = (report: typeof BLACKHOLE): readonly SessionEvent[] =>
  recordedEvents(report).map(({ event }) => event);

test('what a recorded run measured is told in order of time, and none of it before its probe began', () => {
  const due = recordedEvents(BLACKHOLE);
  expect(due.map(({ atMs }) => atMs)).toEqual(due.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
  for (const probe of ['ping', 'trace'] as const) {
    const own = due.filter(({ event }) => 'probe' in event && event.probe === probe).map(({ event }) => event.kind);
    expect(own[0]).toBe('probe-started');
    expect(own.at(-1)).toBe('probe-finished');
  }
});

test('folded, a recorded run shows its counts, and no echo that was lost is answered', () => {
  const { ping, trace } = BLACKHOLE.evidence;
  const view = eventsOf(BLACKHOLE).reduce(fold, EMPTY_VIEW);
  expect(view.echoes).toHaveLength(ping?.sent ?? 0);
  expect(view.echoes.filter(({ rttMs }) => rttMs !== null)).toHaveLength(ping?.received ?? 0);
  expect(view.path.map(({ ttl, sent }) => [ttl, sent])).toEqual(trace?.hops.map(({ ttl, sent }) => [ttl, sent]));
  expect(view.running).toEqual([]);
});

test('times that are none are taken as the beginning', () => {
  const { ping } = BLACKHOLE.evidence;
  if (ping === undefined) throw new Error('the report has no ping');
  const evidence = { ping: { ...ping, startedAt: 'yesterday' } };
  for (const { atMs } of recordedEvents({ ...BLACKHOLE, evidence })) expect(Number.isFinite(atMs)).toBe(true);
});
