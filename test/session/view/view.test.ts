import { expect, test } from 'vitest';
import type { Step } from '../../../src/domain/report.ts';
import type { ProbeEvent } from '../../../src/evidence/probe-event.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import type { SessionEvent } from '../../../src/session/view/session-event.ts';
import { answeredByPerson, EMPTY_VIEW, fold, type SessionView } from '../../../src/session/view/view.ts';
import { traceOf } from '../../report/trace/traces.ts';

const TARGET = { input: 'db1:5432', scheme: 'tcp', host: 'db1', literal: null, port: 5432 } as const;
const STARTED: SessionEvent = { kind: 'started', flow: 'reachability', target: TARGET, deadlineMs: 15_000, plan: [] };

const after = (events: readonly SessionEvent[], view: SessionView = EMPTY_VIEW): SessionView =>
  events.reduce(fold, view);
const progress = (event: ProbeEvent): SessionEvent => ({
  kind: 'probe-progress',
  probe: 'ping',
  progress: event,
  atMs: 1,
});
const entered = (id: string): SessionEvent => ({
  kind: 'node-entered',
  id,
  question: `${id}?`,
  why: `because ${id}`,
  probe: 'ping',
});
const answered = (id: string, answer: string): SessionEvent => ({
  kind: 'node-answered',
  step: { id, question: `${id}?`, answer, outcome: answer, next: null, durationMs: 1 } satisfies Step,
});
const asked = (id: string): SessionEvent => ({
  kind: 'asked',
  id,
  choices: [{ id: 'yes', label: 'Yes, it is' }],
  unattended: 'yes',
  couldBe: [],
});

test('a session that starts leaves nothing of the one before', () => {
  const before = after([
    STARTED,
    entered('name'),
    answered('name', 'yes'),
    progress({ kind: 'echo-sent', sequence: 0 }),
  ]);
  expect(after([STARTED], before)).toEqual({ ...EMPTY_VIEW, port: 5432, target: 'db1:5432', deadlineMs: 15_000 });
});

test('a question is current until it is answered, and its reason is kept', () => {
  const view = after([entered('name')]);
  expect(view.current).toMatchObject({ id: 'name', question: 'name?' });
  const next = after([answered('name', 'yes'), entered('way')], view);
  expect(next.current?.id).toBe('way');
  expect(next.steps.map(({ id }) => id)).toEqual(['name']);
  expect(next.whys).toEqual({ name: 'because name', way: 'because way' });
});

test('a question to a person waits until its answer has been walked on', () => {
  const view = after([entered('login'), asked('login')]);
  expect(view.asked?.id).toBe('login');
  expect(after([answered('login', 'yes')], view)).toMatchObject({ asked: null, current: null });
});

test('the last answer of a person is found behind answers of probes', () => {
  const events = [entered('login'), asked('login'), answered('login', 'yes'), entered('port'), answered('port', 'no')];
  expect(answeredByPerson(after(events)).map(({ id }) => id)).toEqual(['login']);
  expect(answeredByPerson(after([entered('port'), answered('port', 'no')]))).toEqual([]);
});

test('a walk that begins again keeps what was measured and forgets the questions', () => {
  const report = {} as Report;
  const view = after([
    STARTED,
    progress({ kind: 'echo-sent', sequence: 0 }),
    entered('login'),
    asked('login'),
    answered('login', 'yes'),
    { kind: 'concluded', report },
  ]);
  expect(view.report).toBe(report);
  const again = after([{ kind: 'walk-restarted' }], view);
  expect(again).toMatchObject({ steps: [], asks: [], asked: null, current: null, report: null, target: 'db1:5432' });
  expect(again.echoes).toHaveLength(1);
});

test('an echo is pending, then answered or in error, and a late one changes nothing but itself', () => {
  const error = { kind: 'host-unreachable', from: '10.0.0.254', type: 3, code: 1 } as const;
  const view = after([
    progress({ kind: 'echo-sent', sequence: 0 }),
    progress({ kind: 'echo-sent', sequence: 1 }),
    progress({ kind: 'echo-sent', sequence: 2 }),
    progress({ kind: 'echo-error', sequence: 2, error }),
    progress({ kind: 'echo-answered', sequence: 0, rttMs: 1.5, replyTtl: 64 }),
    progress({ kind: 'echo-answered', sequence: 9, rttMs: 1, replyTtl: 64 }),
  ]);
  expect(view.echoes).toEqual([
    { sequence: 0, rttMs: 1.5, error: null },
    { sequence: 1, rttMs: null, error: null },
    { sequence: 2, rttMs: null, error: 'host-unreachable' },
  ]);
});

test('hops stand in order of their TTL, each router once', () => {
  const hop = (ttl: number, address: string, rttMs: number) => progress({ kind: 'hop', ttl, address, rttMs });
  const view = after([hop(3, '10.0.3.1', 3), hop(1, '10.0.1.1', 1), hop(3, '10.0.3.1', 4), hop(3, '10.0.3.9', 5)]);
  expect(view.path.map(({ ttl, addresses, rttsMs }) => ({ ttl, addresses, rttsMs }))).toEqual([
    { ttl: 1, addresses: ['10.0.1.1'], rttsMs: [1] },
    { ttl: 2, addresses: [], rttsMs: [] },
    { ttl: 3, addresses: ['10.0.3.1', '10.0.3.9'], rttsMs: [3, 4, 5] },
  ]);
});

test('what the hops lost is known when the trace is over; echoes to them take its place', () => {
  const hop = { ttl: 1, addresses: ['10.0.1.1'], sent: 3, received: 1, rttMs: null, error: null };
  const answer: ProbeEvent = { kind: 'hop', ttl: 1, address: '10.0.1.1', rttMs: 1 };
  const traced = after([progress(answer), progress({ kind: 'traced', trace: traceOf([], { hops: [hop] }) })]);
  expect(traced.path[0]).toMatchObject({ sent: 3, rttsMs: [1, null, null] });
  const rows = [{ ttl: 1, addresses: ['10.0.1.1'], sent: 2, rttsMs: [1, 2], error: null }];
  expect(after([progress({ kind: 'hop-echoes', rows })], traced).path).toEqual(rows);
});

test('large packets that expire on the way are no hops of the path, and tell how far they come', () => {
  const hop = (ttl: number): SessionEvent => ({
    kind: 'probe-progress',
    probe: 'mtu',
    progress: { kind: 'hop', ttl, address: `10.0.${ttl}.1`, rttMs: 1 },
    atMs: 1,
  });
  const view = after([hop(2), hop(1)]);
  expect(view.path).toEqual([]);
  expect(view.largeCameTo).toEqual({ ttl: 2, address: '10.0.2.1' });
});

test('guided, a question waits until a person lets it go on', () => {
  const waiting = after([entered('name'), { kind: 'waiting' }]);
  expect(waiting.isWaiting).toBe(true);
  expect(after([{ kind: 'going-on' }], waiting).isWaiting).toBe(false);
});

test('an attempt is shown while it is under way, and once when it is over', () => {
  const place = { address: '10.0.0.2', port: 22, protocol: 'tcp' } as const;
  const started = after([progress({ kind: 'attempt-started', ...place })]);
  expect(started.attempts).toEqual([{ ...place, state: null, ms: null }]);
  const attempt = { ...place, state: 'closed', ms: 0.4, error: 'ECONNREFUSED', icmp: null, dropped: null } as const;
  expect(after([progress({ kind: 'attempt', attempt })], started).attempts).toEqual([
    { ...place, state: 'closed', ms: 0.4 },
  ]);
});

test('a probe is at work from its start to its end, or to the verdict', () => {
  const start: SessionEvent = { kind: 'probe-started', probe: 'ping', atMs: 0 };
  const view = after([start, { kind: 'probe-started', probe: 'trace', atMs: 1 }]);
  expect(after([{ kind: 'probe-finished', probe: 'ping', atMs: 2 }], view).running).toEqual(['trace']);
  expect(after([{ kind: 'concluded', report: {} as Report }], view).running).toEqual([]);
});
