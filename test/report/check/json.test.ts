import { expect, test } from 'vitest';
import { toJson } from '../../../src/report/check/json.ts';
import { BLACKHOLE, HEALTHY, INCONCLUSIVE, LOOPBACK_KO } from '../reports.ts';

test('JSON says exactly what the report says', () => {
  for (const report of [HEALTHY, BLACKHOLE, INCONCLUSIVE, LOOPBACK_KO]) {
    expect(JSON.parse(toJson(report))).toEqual(report);
  }
});

test('the keys stand in the order of the contract, whoever built the report', () => {
  const shuffled = Object.fromEntries(Object.entries(BLACKHOLE).toReversed()) as typeof BLACKHOLE;
  expect(toJson(shuffled)).toBe(toJson(BLACKHOLE));
  expect(Object.keys(JSON.parse(toJson(BLACKHOLE)))).toEqual([
    'schema',
    'version',
    'startedAt',
    'durationMs',
    'flow',
    'from',
    'target',
    'verdict',
    'diagnosis',
    'findings',
    'ruledOut',
    'notChecked',
    'steps',
    'evidence',
  ]);
});

test('a probe that did not run is absent', () => {
  expect(JSON.parse(toJson(INCONCLUSIVE)).evidence).not.toHaveProperty('trace');
});

test('characters that a terminal obeys are escaped and survive', () => {
  const title = 'a\u009b31mb\u202ec\u007f\u2028';
  const report = { ...HEALTHY, diagnosis: { ...HEALTHY.diagnosis, title } };
  const json = toJson(report);
  expect(json).toContain('a\\u009b31mb\\u202ec\\u007f\\u2028');
  expect(JSON.parse(json).diagnosis.title).toBe(title);
});

test('the document ends with a newline', () => {
  expect(toJson(HEALTHY)).toMatch(/\}\n$/);
});
