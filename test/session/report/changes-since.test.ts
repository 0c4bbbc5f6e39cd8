import { expect, test } from 'vitest';
import { changesSince } from '../../../src/session/report/changes-since.ts';
import { BLACKHOLE, HEALTHY } from '../../report/reports.ts';

test('the same report twice: nothing changed', () => {
  expect(changesSince(BLACKHOLE, BLACKHOLE)).toEqual([]);
});

test('the verdict and the diagnosis come first', () => {
  const [verdict, diagnosis] = changesSince(BLACKHOLE, HEALTHY);
  expect(verdict).toEqual({ kind: 'verdict', before: 'fault', after: HEALTHY.verdict });
  expect(diagnosis).toEqual({ kind: 'diagnosis', before: 'path-blackhole', after: HEALTHY.diagnosis.code });
});

test('a question that was answered otherwise is a change, one that was asked only once is none', () => {
  const step = { question: 'Is the host reachable?', answer: 'no', outcome: 'silent', next: null, durationMs: 1 };
  const before = { ...BLACKHOLE, steps: [{ ...step, id: 'reachable' }] };
  const steps = [
    { ...step, id: 'reachable', outcome: 'answered' },
    { ...step, id: 'port' },
  ];
  expect(changesSince(before, { ...BLACKHOLE, steps })).toEqual([
    { kind: 'outcome', question: 'Is the host reachable?', before: 'silent', after: 'answered' },
  ]);
});

test('what was seen beside the diagnosis comes and goes', () => {
  const [diagnosis] = BLACKHOLE.findings;
  if (diagnosis === undefined) throw new Error('the report has no findings');
  const aside = { code: 'multipath', severity: 'info', summary: 'Two ways.', where: null } as const;
  const [alone, beside] = [
    { ...BLACKHOLE, findings: [diagnosis] },
    { ...BLACKHOLE, findings: [diagnosis, aside] },
  ];
  expect(changesSince(beside, alone)).toEqual([{ kind: 'gone', code: 'multipath', summary: 'Two ways.' }]);
  expect(changesSince(alone, beside)).toEqual([{ kind: 'new', code: 'multipath', summary: 'Two ways.' }]);
});
