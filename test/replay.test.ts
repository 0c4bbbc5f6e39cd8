import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readFlow } from '../src/cli/catalogue/flow-files.ts';
import { DEFAULT_THRESHOLDS } from '../src/domain/reading.ts';
import type { Report } from '../src/domain/report.ts';
import { parseReport } from '../src/report/check/schema.ts';
import { replay } from '../src/session/replay/replay.ts';
import { diagnose } from '../src/session/report/diagnose.ts';

// Reports of real faults, recorded in the lab with NETWHY_RECORD=1. A change that moves a verdict shows here first.

const CORPUS = fileURLToPath(new URL('corpus/', import.meta.url));
const recordings = readdirSync(CORPUS).filter((file) => file.endsWith('.json'));

test('there is something to replay', () => {
  expect(recordings.length).toBeGreaterThan(40);
});

test.each(recordings)('%s: the same evidence gives the same verdict', async (file) => {
  const recorded = reportIn(file);
  const flow = await readFlow(recorded.flow);
  if (flow.kind !== 'ok') throw new Error(`The flow ${recorded.flow} cannot be read`);
  const asked = new Set(Object.values(flow.flow.nodes).flatMap((node) => (node.kind === 'ask' ? [node.id] : [])));
  const { input, scheme, host, port, address } = recorded.target;
  const result = await replay(
    flow.flow,
    {
      startedAt: recorded.startedAt,
      durationMs: recorded.durationMs,
      context: {
        target: {
          input,
          scheme,
          host,
          port,
          literal: recorded.evidence.resolve?.status === 'literal' ? address : null,
        },
        address,
        families: [4, 6],
        thresholds: DEFAULT_THRESHOLDS,
        deadlineS: recorded.durationMs / 1000,
      },
      evidence: recorded.evidence,
      answers: new Map(recorded.steps.filter(({ id }) => asked.has(id)).map(({ id, outcome }) => [id, outcome])),
    },
    'en',
    () => undefined,
  );
  const { code, verdict, confidence, alternatives, where, observations, ruledOut } = diagnose(flow.flow, result);
  expect(confidence === 'certain').toBe(alternatives.length === 0);
  expect(ruledOut.filter((other) => alternatives.some((open) => open.code === other))).toEqual([]);
  expect({
    code,
    verdict,
    confidence,
    where,
    observations: observations.map((observation) => observation.code),
  }).toEqual({
    code: recorded.diagnosis.code,
    verdict: recorded.verdict,
    confidence: recorded.diagnosis.confidence,
    where: recorded.diagnosis.where,
    observations: recorded.findings.slice(1).map((finding) => finding.code),
  });
  const found = recorded.findings.map((finding) => finding.code);
  expect(ruledOut.filter((other) => found.includes(other))).toEqual([]);
});

function reportIn(file: string): Report {
  const parsed = parseReport(JSON.parse(readFileSync(`${CORPUS}${file}`, 'utf8')));
  if (parsed.kind === 'invalid') throw new Error(`${file}: ${parsed.problems.join('; ')}`);
  return parsed.report;
}
