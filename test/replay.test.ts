import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CORPUS, replayed } from './replayed.ts';

// Reports of real faults, recorded in the lab with NETWHY_RECORD=1. A change that moves a verdict shows here first.

const recordings = readdirSync(CORPUS).filter((file) => file.endsWith('.json'));

test('there is something to replay', () => {
  expect(recordings.length).toBeGreaterThan(40);
});

test.each(recordings)('%s: the same evidence gives the same verdict', async (file) => {
  const { recorded, draft } = await replayed(file);
  const { code, verdict, confidence, alternatives, where, observations, ruledOut } = draft;
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
