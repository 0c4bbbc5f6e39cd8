import { expect, test } from 'vitest';
import type { TraceEvidence } from '../../../src/evidence/trace.ts';
import {
  addRound,
  evidenceOf,
  type HopEvent,
  roundMs,
  rowsSoFar,
  type TraceRounds,
} from '../../../src/session/view/trace-rounds.ts';
import { row, traceOf } from '../../report/trace/traces.ts';

const TARGET = '198.51.100.9';

const answer = (ttl: number, address: string, rttMs: number): HopEvent => ({ kind: 'hop', ttl, address, rttMs });

/** A round with one probe for each hop: who answered, and null for silence. */
function round(addresses: readonly (string | null)[], outcome: TraceEvidence['outcome'] = 'reached') {
  const rows = addresses.map((address, index) => row(index + 1, address, address === null ? null : index + 1));
  const answers = addresses.flatMap((address, index) =>
    address === null ? [] : [answer(index + 1, address, index + 1)],
  );
  return { trace: traceOf(rows, { outcome }), answers };
}

function fold(...rounds: readonly ReturnType<typeof round>[]): TraceRounds {
  const [first, ...rest] = rounds;
  if (first === undefined) throw new Error('there is no round');
  return rest.reduce(
    (before, { trace, answers }) => addRound(before, trace, answers),
    addRound(null, first.trace, first.answers),
  );
}

const WELL = round(['192.0.2.1', '192.0.2.2', TARGET]);
const GAP = round(['192.0.2.1', null, TARGET]);
const STOP = round(['192.0.2.1', null, null], 'stopped');

test('rounds add up, and what got no answer is lost at its place', () => {
  const { rows } = fold(WELL, GAP, WELL);
  expect(rows.map(({ sent }) => sent)).toEqual([3, 3, 3]);
  expect(rows[1]?.rttsMs).toEqual([2, null, 2]);
  expect(rows[1]?.addresses).toEqual(['192.0.2.2']);
});

test('the evidence of all rounds has the counts of all rounds', () => {
  const evidence = evidenceOf(fold(WELL, GAP, GAP));
  expect(evidence.outcome).toBe('reached');
  expect(evidence.hops.map(({ received, sent }) => [received, sent])).toEqual([
    [3, 3],
    [1, 3],
    [3, 3],
  ]);
});

test('one round without the target is a lost packet, three in a row are where the path stops', () => {
  expect(evidenceOf(fold(WELL, STOP)).outcome).toBe('reached');
  expect(evidenceOf(fold(WELL, STOP, STOP)).outcome).toBe('reached');
  expect(evidenceOf(fold(WELL, STOP, STOP, STOP)).outcome).toBe('stopped');
  expect(evidenceOf(fold(WELL, STOP, STOP, STOP, WELL)).outcome).toBe('reached');
});

test('a path that got shorter ends at the target', () => {
  const evidence = evidenceOf(fold(WELL, round(['192.0.2.1', TARGET])));
  expect(evidence.hops).toHaveLength(2);
  expect(evidence.hops[1]?.addresses).toEqual(['192.0.2.2', TARGET]);
});

test('a single round is the evidence as it was measured', () => {
  expect(evidenceOf(fold(WELL))).toBe(WELL.trace);
});

test('no router is asked for more than one error a second', () => {
  expect(roundMs(WELL.trace)).toBe(1000);
  // The two routers of a loop answer at every other hop.
  const loop = traceOf([1, 2, 3, 4, 5].map((ttl) => row(ttl, ttl % 2 === 0 ? '192.0.2.2' : '192.0.2.1', 1)));
  expect(roundMs(loop)).toBe(3000);
  expect(roundMs(traceOf([row(1, '192.0.2.1', 1), row(2, null, null, null)]))).toBe(2000);
});

test('while a round runs, what lies behind the target does not show', () => {
  const rows = rowsSoFar([answer(3, TARGET, 3), answer(1, '192.0.2.1', 1), answer(2, TARGET, 2)], TARGET);
  expect(rows.map(({ ttl, addresses }) => [ttl, addresses])).toEqual([
    [1, ['192.0.2.1']],
    [2, [TARGET]],
  ]);
  expect(rowsSoFar([], TARGET)).toEqual([]);
  expect(rowsSoFar([answer(2, '192.0.2.2', 1)], TARGET)[0]).toMatchObject({ addresses: [], sent: null });
});
