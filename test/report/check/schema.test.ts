import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import type * as z from 'zod/mini';
import { reportJsonSchema } from '../../../src/evidence/report/json-schema.ts';
import { parseReport } from '../../../src/evidence/report/parse.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import type { reportSchema } from '../../../src/evidence/report/schema.ts';
import { toJson } from '../../../src/report/check/json.ts';
import { BLACKHOLE, HEALTHY, INCONCLUSIVE, LOOPBACK_KO } from '../reports.ts';

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

test('the schema and the type of the report are one and the same', () => {
  expectTypeOf<DeepReadonly<z.infer<typeof reportSchema>>>().toEqualTypeOf<DeepReadonly<Report>>();
});

test('a report that was saved is read back as it was', () => {
  for (const report of [HEALTHY, BLACKHOLE, INCONCLUSIVE, LOOPBACK_KO]) {
    expect(parseReport(JSON.parse(toJson(report)))).toEqual({ kind: 'ok', report });
  }
});

test.each([
  ['not an object', 7, ['the report: must be an object']],
  ['null', null, ['the report: must be an object']],
  ['an unknown key', { ...HEALTHY, extra: 1 }, ['the report: unknown key "extra"']],
  ['another version of the schema', { ...HEALTHY, schema: 'netwhy.report/v2' }, ['schema: must be netwhy.report/v1']],
  ['a word that is not in the list', { ...HEALTHY, verdict: 'fine' }, [/^verdict: must be one of healthy, degraded/]],
  ['a code that does not exist', { ...HEALTHY, findings: [{ code: 'x' }] }, [/^findings\.0\.code: must be one of/]],
  [
    'a port out of range',
    { ...HEALTHY, target: { ...HEALTHY.target, port: 65_536 } },
    [/^target\.port: must be at most 65535/],
  ],
  [
    'a name where an address belongs',
    { ...HEALTHY, target: { ...HEALTHY.target, address: 'x;rm' } },
    [/^target\.address: is not of the right form/],
  ],
  ['infinity', { ...HEALTHY, durationMs: Number.POSITIVE_INFINITY }, [/^durationMs: must be a number/]],
  ['a text of megabytes', { ...HEALTHY, from: 'x'.repeat(3_000_000) }, ['from: must be at most 20000 characters']],
])('%s is refused, and the problem says where', (_, value, expected) => {
  const parsed = parseReport(value);
  expect(parsed.kind).toBe('invalid');
  const problems = parsed.kind === 'invalid' ? parsed.problems : [];
  for (const problem of expected)
    expect(problems).toContainEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
});

test('keys of the prototype are unknown keys like any other', () => {
  const json = toJson(HEALTHY).replace('{', '{"__proto__": {"verdict": "healthy"}, "constructor": 1,');
  const parsed = parseReport(JSON.parse(json));
  expect(parsed).toEqual({ kind: 'invalid', problems: ['the report: unknown key "__proto__", "constructor"'] });
  expect({}).not.toHaveProperty('verdict');
});

test('however much is wrong, the problems stay few, short and printable', () => {
  const parsed = parseReport({
    ...HEALTHY,
    steps: Array.from({ length: 200 }, () => ({ [`\u001b[2J${'x'.repeat(9999)}`]: 1 })),
  });
  if (parsed.kind === 'ok') throw new Error('was taken for a report');
  expect(parsed.problems.length).toBeLessThanOrEqual(50);
  for (const problem of parsed.problems) {
    expect(problem.length).toBeLessThanOrEqual(300);
    expect(problem).not.toMatch(/\p{Cc}/u);
  }
});

test('what a stranger sends never throws', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void parseReport(value)));
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(HEALTHY)), fc.jsonValue(), (key, value) => {
      expect(['ok', 'invalid']).toContain(parseReport({ ...HEALTHY, [key]: value }).kind);
    }),
  );
});

test('the JSON Schema is draft 2020-12 and refuses what the parser refuses', () => {
  const schema = reportJsonSchema();
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    properties: { verdict: { enum: ['healthy', 'degraded', 'fault', 'inconclusive'] } },
  });
  expect(Object.keys(schema['properties'] as object)).toEqual([...Object.keys(HEALTHY), 'comparison']);
});
