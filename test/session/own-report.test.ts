import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readBuiltInFlow } from '../../src/cli/catalogue/flow-files.ts';
import { wordReport } from '../../src/cli/check/word.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import { parseReport } from '../../src/evidence/report/parse.ts';
import { loadFlow } from '../../src/flow/file/load-flow.ts';
import { replay } from '../../src/session/replay/replay.ts';
import { builtInView } from '../../src/session/report/own-report.ts';

const FLOW = `flow: own
title: Is it up?
nodes:
  port:
    question: Does it answer?
    probe: connect
    on: { open: { conclude: port-open } }
    rest:
      conclude:
        own: down
        verdict: fault
        title: "{host} is down"
        owner: service
        steps: [Call the team, { title: Look, command: "look --at {host}", risk: none }]
        links: ["https://runbook.example/down"]
`;
const STARTED_AT = '2026-11-22T12:00:00.000Z';
const { evidence: EVIDENCE } = JSON.parse(
  readFileSync(new URL('../corpus/odd-answers-port-closed-ipv4.json', import.meta.url), 'utf8'),
);

async function reported(host = '10.9.0.66') {
  const loaded = loadFlow(FLOW, 'own.yaml', { isOwn: true });
  if (loaded.kind !== 'ok') throw new Error('the flow is not valid');
  const recorded = {
    startedAt: STARTED_AT,
    durationMs: 5,
    context: {
      target: { input: `${host}:80`, scheme: 'tcp', host, literal: null, port: 80 },
      address: '10.9.0.66',
      families: [4, 6],
      thresholds: DEFAULT_THRESHOLDS,
      deadlineS: 15,
    },
    evidence: EVIDENCE,
    answers: new Map<string, string>(),
  } as const;
  const result = await replay(loaded.flow, recorded, 'en', () => undefined);
  return { result, report: await wordReport(loaded.flow, result, 'en', 'local') };
}

test('a conclusion of the flow is the diagnosis, in its words, and a report that can be read again', async () => {
  const { report } = await reported();
  expect(report).toMatchObject({
    verdict: 'fault',
    diagnosis: { code: 'own.down', confidence: 'likely', title: '10.9.0.66 is down', owner: 'service' },
    findings: [{ code: 'own.down', severity: 'fault' }],
  });
  expect(report.diagnosis.nextSteps.map(({ title, command }) => [title, command])).toEqual([
    ['Call the team', null],
    ['Look', 'look --at 10.9.0.66'],
    ['https://runbook.example/down', null],
  ]);
  expect(parseReport(JSON.parse(JSON.stringify(report)))).toMatchObject({ kind: 'ok' });
});

test('what the evidence still allows is not ruled out beside it', async () => {
  const { result, report } = await reported();
  const tree = await readBuiltInFlow('reachability');
  if (tree.kind !== 'ok') throw new Error('no tree');
  const { open } = await builtInView(tree.flow, result);
  expect(open).toContain('port-closed');
  expect(report.ruledOut.map(({ code }) => code).filter((code) => open.has(code))).toEqual([]);
});

test('a host that would be an option or a second command is harmless in a command of the flow', async () => {
  const { report } = await reported('-rf;reboot');
  expect(report.diagnosis.nextSteps[1]?.command).toBe('look --at <host>');
  const quoted = (await reported('a b;reboot')).report.diagnosis.nextSteps[1]?.command;
  expect(quoted).toBe("look --at 'a b;reboot'");
});

test('a report may not name a code that is neither netwhy’s nor has the prefix', async () => {
  const { report } = await reported();
  const spoilt = { ...report, diagnosis: { ...report.diagnosis, code: 'owndown' } };
  expect(parseReport(spoilt)).toMatchObject({ kind: 'invalid' });
  const withEscape = { ...report, diagnosis: { ...report.diagnosis, code: 'own.\u001b[31m' } };
  expect(parseReport(withEscape)).toMatchObject({ kind: 'invalid' });
});
