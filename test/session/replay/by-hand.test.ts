import { expect, test } from 'vitest';
import { readEntry } from '../../../src/cli/catalogue/finding-files.ts';
import { readFlow } from '../../../src/cli/catalogue/flow-files.ts';
import { recordedOf } from '../../../src/cli/replay/recorded.ts';
import type { FindingCode } from '../../../src/domain/finding-code.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/domain/reading.ts';
import { handAnswers } from '../../../src/flow/hand-answers.ts';
import { runSession } from '../../../src/session/live/run-session.ts';
import { measuredCode } from '../../../src/session/replay/by-hand.ts';
import { replay } from '../../../src/session/replay/replay.ts';
import { buildReport } from '../../../src/session/report/build-report.ts';
import { codesOf, diagnose } from '../../../src/session/report/diagnose.ts';
import { planOf } from '../../../src/session/tasks/plan-of.ts';
import type { SessionResult } from '../../../src/session/walk/result.ts';
import { createFakeClock } from '../../fake/clock.ts';
import { createFakeNetwork } from '../../fake/network.ts';
import { fakePorts } from '../fake-ports.ts';

const HOST = '10.9.9.9';
type Network = { readonly isSilent: boolean; readonly state: 'open' | 'closed' };

async function reachability() {
  const read = await readFlow('reachability');
  if (read.kind !== 'ok') throw new Error('the flow reachability is not valid');
  return read.flow;
}

async function measured({ isSilent, state }: Network, answers: Readonly<Record<string, string>> = {}) {
  const clock = createFakeClock();
  const network = createFakeNetwork({
    clock,
    routers: [{ address: '10.0.1.1', rttMs: 1 }],
    hosts: [{ address: HOST, silent: isSilent }],
  });
  return clock.run(
    runSession(
      {
        flow: await reachability(),
        target: { input: HOST, scheme: 'tcp', host: HOST, literal: HOST, port: 443 },
        families: [4, 6],
        deadlineMs: 15_000,
        elapsedMs: 0,
        count: 20,
        answers: new Map(Object.entries(answers)),
        thresholds: DEFAULT_THRESHOLDS,
        lang: 'en',
      },
      fakePorts({ clock, network, ports: { 'tcp 443': { state } } }),
      async () => ({ choice: 'unknown', sockets: null }),
      new AbortController().signal,
      () => undefined,
    ),
  );
}

async function reportOf(result: SessionResult) {
  const flow = await reachability();
  const draft = diagnose(flow, result, await measuredCode(flow, result));
  const codes = [...new Set<FindingCode>(codesOf(draft))];
  const entries = new Map(await Promise.all(codes.map(async (code) => [code, await readEntry(code)] as const)));
  return buildReport(result, draft, { version: '0', lang: 'en', from: 'local', platforms: [], entries });
}

async function answeredOtherwise(result: SessionResult, answers: Readonly<Record<string, string>>) {
  const given = new Map(Object.entries(answers));
  return replay(await reachability(), { ...result, answers: given }, 'en', () => undefined);
}

test('what was measured is the answer where nobody says otherwise, or says the same', async () => {
  const result = await measured({ isSilent: false, state: 'open' });
  const same = await answeredOtherwise(result, { reachable: 'answered' });
  expect(same.steps.every(({ byHand }) => byHand === undefined)).toBe(true);
  expect(await reportOf(same)).toMatchObject({ verdict: 'healthy', diagnosis: { code: 'port-open' } });
});

test('an open port that a person says is closed: nothing is claimed, and what was measured stands beside it', async () => {
  const result = await measured({ isSilent: false, state: 'open' });
  const otherwise = await answeredOtherwise(result, { port: 'no-route' });
  expect(otherwise.steps.find(({ id }) => id === 'port')).toMatchObject({
    outcome: 'no-route',
    byHand: { measured: 'open' },
  });
  const report = await reportOf(otherwise);
  expect(report).toMatchObject({
    verdict: 'inconclusive',
    diagnosis: { code: 'no-route', confidence: 'possible', where: null },
  });
  expect(report.diagnosis.title).toMatch(/^As answered by hand: /);
  expect(report.diagnosis.summary).toBe('“Does the port answer?” was answered by hand: no route (measured: open).');
  expect(report.diagnosis.explanation).toContain('What was measured speaks against it');
  expect(report.diagnosis.alternatives[0]).toMatchObject({ code: 'port-open' });
  expect(report.findings.map(({ code }) => code)).toContain('port-open');
  expect(report.ruledOut.map(({ code }) => code)).not.toContain('no-route');
});

test('a closed port that a person says is open is not healthy', async () => {
  const result = await measured({ isSilent: false, state: 'closed' });
  const report = await reportOf(await answeredOtherwise(result, { port: 'open' }));
  expect(report).toMatchObject({ verdict: 'inconclusive', diagnosis: { code: 'port-open', confidence: 'possible' } });
});

test('an answer by hand that leads to what was measured anyway leaves the verdict as measured, and is told in its step', async () => {
  const result = await measured({ isSilent: true, state: 'open' });
  const report = await reportOf(await answeredOtherwise(result, { reachable: 'prohibited' }));
  const asMeasured = await reportOf(result);
  expect(report.diagnosis).toEqual(asMeasured.diagnosis);
  expect(report.verdict).toBe(asMeasured.verdict);
  expect(report.steps.find(({ id }) => id === 'reachable')?.byHand).toEqual({ measured: 'silent' });
});

test('given at the start, an answer by hand is walked on what is measured all the same', async () => {
  const result = await measured({ isSilent: false, state: 'open' }, { reachable: 'silent' });
  expect(result.evidence.ping?.received).toBeGreaterThan(0);
  expect(result.steps.find(({ id }) => id === 'reachable')).toMatchObject({ byHand: { measured: 'answered' } });
});

test('a saved report keeps the answers by hand: replayed, it says the same', async () => {
  const flow = await reachability();
  const result = await measured({ isSilent: false, state: 'closed' });
  const report = await reportOf(await answeredOtherwise(result, { port: 'open' }));
  const again = await replay(flow, recordedOf(report, flow), 'en', () => undefined);
  const { steps, diagnosis, verdict } = await reportOf(again);
  expect(steps.map(({ id, outcome, byHand }) => ({ id, outcome, byHand }))).toEqual(
    report.steps.map(({ id, outcome, byHand }) => ({ id, outcome, byHand })),
  );
  expect({ diagnosis, verdict }).toEqual({ diagnosis: report.diagnosis, verdict: report.verdict });
});

test('an answer by hand that the flow no longer has is measured again', async () => {
  const flow = await reachability();
  const result = await measured({ isSilent: false, state: 'closed' });
  const report = await reportOf(await answeredOtherwise(result, { port: 'open' }));
  const steps = report.steps.map((step) => (step.id === 'port' ? { ...step, outcome: 'toString' } : step));
  expect(recordedOf({ ...report, steps }, flow).answers.has('port')).toBe(false);
});

test('every question of a probe can be answered by hand, and no answer says that nothing was seen', async () => {
  for (const node of Object.values((await reachability()).nodes)) {
    if (node.kind !== 'probe') continue;
    const outcomes = handAnswers(node).flatMap((answer) => answer.outcomes);
    expect(outcomes.length, node.id).toBeGreaterThan(0);
    expect(outcomes).not.toContain('unavailable');
    expect(new Set(outcomes).size).toBe(outcomes.length);
    const words = handAnswers(node).map(({ word }) => ['yes', 'no', 'unknown'].indexOf(word));
    expect(words, node.id).toEqual(words.toSorted());
  }
});

test.each([
  ['tcp', false],
  ['udp', true],
] as const)('what only UDP does is offered as an answer by hand for a target of %s: %s', async (scheme, isOffered) => {
  const target = { input: HOST, scheme, host: HOST, literal: HOST, port: 53 };
  const context = { target, address: null, families: [4] as const, thresholds: DEFAULT_THRESHOLDS, deadlineS: 15 };
  const port = planOf(await reachability(), context, 'en').find(({ id }) => id === 'port');
  const outcomes = port?.answers.flatMap((answer) => answer.outcomes) ?? [];
  expect(outcomes).toContain('partly');
  expect(outcomes.includes('udp-silent')).toBe(isOffered);
});
