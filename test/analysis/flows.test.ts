import { expect, test } from 'vitest';
import { readPort } from '../../src/analysis/connect.ts';
import type { Context } from '../../src/analysis/context.ts';
import { readFlows } from '../../src/analysis/flows.ts';
import { answeredNearer } from '../../src/analysis/nearer.ts';
import type { ConnectAttempt, ConnectState } from '../../src/domain/evidence.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import type { FlowAttempt } from '../../src/evidence/flows.ts';
import type { Evidence } from '../../src/evidence/kinds.ts';
import type { PingEvidence } from '../../src/evidence/ping.ts';

const ADDRESS = '10.9.1.2';
const TIMED = { startedAt: '', durationMs: 1, equivalent: '' };
const context: Context = {
  target: { input: '', scheme: 'tcp', host: ADDRESS, literal: ADDRESS, port: 443 },
  address: ADDRESS,
  families: [4],
  thresholds: DEFAULT_THRESHOLDS,
  deadlineS: 15,
};

function first(state: ConnectState, rest: Partial<ConnectAttempt> = {}): ConnectAttempt {
  return {
    address: ADDRESS,
    port: 443,
    protocol: 'tcp',
    state,
    ms: 1,
    error: null,
    icmp: null,
    dropped: null,
    ...rest,
  };
}

function syn(sourcePort: number, state: ConnectState, rest: Partial<FlowAttempt> = {}): FlowAttempt {
  return { how: 'syn', sourcePort, state, ms: 1, replyTtl: null, icmp: null, dropped: null, ...rest };
}

function again(state: ConnectState, rest: Partial<FlowAttempt> = {}): FlowAttempt {
  return { ...syn(1, state, rest), how: 'connect', sourcePort: null };
}

function ping(rest: Partial<PingEvidence> = {}): PingEvidence {
  const common = { ...TIMED, method: 'raw', unavailable: null, address: ADDRESS, sent: 10, received: 10 } as const;
  const none = { lossPercent: 0, lossInterval: null, duplicates: 0, rttMs: null, jitterMs: null, replyTtl: 63 };
  return { ...common, ...none, errors: [], localError: null, lost: [], others: [], ...rest };
}

function evidence(one: ConnectAttempt, attempts: readonly FlowAttempt[], rest: Evidence = {}): Evidence {
  return {
    ping: ping(),
    connect: { ...TIMED, attempts: [one], icmpSeen: true, sideError: null },
    flows: { ...TIMED, method: 'raw', address: ADDRESS, port: 443, attempts },
    ...rest,
  };
}

/** Source ports from 1 on, each with what it met, one letter a try: open, closed, silent. */
function met(...ports: readonly string[]): readonly FlowAttempt[] {
  const states = { o: 'open', c: 'closed', s: 'filtered' } as const;
  return ports.flatMap((tries, index) =>
    [...tries].map((letter) => syn(index + 1, states[letter as keyof typeof states])),
  );
}

test.each([
  ['all open', first('open'), met('o', 'o', 'o'), 'alike'],
  ['all closed', first('closed'), met('c', 'c', 'c'), 'alike'],
  ['all silent', first('filtered'), met('ss', 'ss'), 'alike'],
  ['the first refused, others let in', first('closed'), met('o', 'c', 'o'), 'partly'],
  ['the first let in, others refused', first('open'), met('o', 'ccc', 'o'), 'partly'],
  ['refused by source port', first('open'), met('ooo', 'ccc'), 'partly'],
  ['silent by source port', first('open'), met('ooo', 'ssss', 'ooo'), 'by-flow'],
  ['the first is silent, and a source port', first('filtered'), met('ooo', 'ssss'), 'by-flow'],
  ['silent twice and no more tried', first('open'), met('oo', 'ss'), 'alike'],
  ['silence that is no matter of the source port', first('open'), met('oso', 'sso', 'ooo'), 'partly'],
  ['one lost SYN', first('open'), met('so', 'o', 'o'), 'alike'],
] as const)('%s', (_name, one, attempts, kind) => {
  expect(readFlows(evidence(one, attempts), context).kind).toBe(kind);
});

test('silence by chance beside lost echoes is loss', () => {
  const lossy = { ping: ping({ received: 7 }) };
  expect(readFlows(evidence(first('open'), met('oso', 'sso'), lossy), context).kind).toBe('alike');
});

test('a source port is counted once, the first connection is one of its own', () => {
  expect(readFlows(evidence(first('open'), met('ooo', 'ssss', 'ssss')), context)).toMatchObject({
    tried: 4,
    failed: 2,
  });
});

test('what lets only SYNs without options in drops by options', () => {
  const bare = [...met('ss', 'ss'), { ...syn(9, 'open'), how: 'bare-syn' as const }];
  expect(readFlows(evidence(first('filtered'), bare), context).kind).toBe('by-options');
});

test('SYNs that are let in say nothing of connections that are dropped', () => {
  const dropped = first('open', { dropped: 'reset' });
  expect(readFlows(evidence(dropped, met('o', 'o')), context).kind).toBe('alike');
  const one = [...met('o', 'o'), again('open'), again('open', { dropped: 'closed' })];
  expect(readFlows(evidence(dropped, one), context)).toMatchObject({ kind: 'partly', tried: 3, failed: 2 });
});

test.each([
  ['the kernel counts', first('open', { ms: 1003, retransmissions: 1 }), met('soo', 'soo'), 3],
  ['once', first('open', { ms: 1003, retransmissions: 1 }), met('o', 'o'), 1],
  ['the time tells', first('open', { ms: 1003 }), [again('open', { ms: 1004 })], 2],
] as const)('an opening that took a further SYN: %s', (_name, one, attempts, failed) => {
  expect(readFlows(evidence(one, attempts), context)).toMatchObject({ kind: 'retried', failed });
  expect(readPort(evidence(one, attempts), context).outcome).toBe('retried');
});

test.each([
  ['a slow answer to the first SYN', first('open', { ms: 1003, retransmissions: 0 }), met('o')],
  ['one slow opening on a busy machine', first('open', { ms: 1003 }), [again('open')]],
] as const)('%s is none', (_name, one, attempts) => {
  expect(readPort(evidence(one, attempts), context).outcome).toBe('open');
});

test.each([
  ['partly', first('open'), met('o', 'c')],
  ['flow-dependent', first('open'), met('ooo', 'ssss')],
  ['stalled', first('open', { ending: { acknowledged: false, ms: 1300 } }), met('o')],
  ['open', first('open', { ending: { acknowledged: true, ms: 1 } }), met('o')],
  ['dropped', first('open', { dropped: 'closed' }), [again('open', { dropped: 'closed' })]],
  ['filtered', first('filtered'), met('ss')],
] as const)('the port is read as %s', (outcome, one, attempts) => {
  expect(readPort(evidence(one, attempts), context).outcome).toBe(outcome);
});

test('a port that another address answers for', () => {
  const flows = { ...TIMED, method: 'raw', address: ADDRESS, port: 443, attempts: met('ss') } as const;
  const stray = { flows: { ...flows, stray: { address: '10.9.0.20', port: 443 } } };
  expect(readPort(evidence(first('filtered'), [], stray), context).outcome).toBe('other-address');
  expect(readPort(evidence(first('open'), [], stray), context).outcome).toBe('open');
});

test.each([
  ['a SYN-ACK from as far as the echo', 62, 62, null],
  ['one from nearer', 63, 62, 2],
  ['one from farther', 61, 62, null],
  ['one whose TTL starts elsewhere', 253, 62, null],
] as const)('%s', (_name, replyTtl, echoTtl, hop) => {
  const attempts = [syn(1, 'open', { replyTtl }), syn(2, 'open', { replyTtl })];
  const found = answeredNearer(evidence(first('open'), attempts, { ping: ping({ replyTtl: echoTtl }) }), context);
  expect(found?.hop ?? null).toBe(hop);
});

test('answers that do not come from one distance say nothing', () => {
  const attempts = [syn(1, 'open', { replyTtl: 63 }), syn(2, 'open', { replyTtl: 62 })];
  expect(answeredNearer(evidence(first('open'), attempts, { ping: ping({ replyTtl: 62 }) }), context)).toBeNull();
});
