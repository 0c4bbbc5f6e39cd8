import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fromJSONSchema } from 'zod';
import { flowJsonSchema } from '../../src/flow/file/json-schema.ts';
import { INVALID_FLOWS, VALID_FLOW } from './invalid-flows.ts';

const FLOWS = fileURLToPath(new URL('../../flows/', import.meta.url));
const schema = fromJSONSchema(JSON.parse(JSON.stringify(flowJsonSchema())));

test.each([
  ['the small flow', VALID_FLOW],
  ['reachability', readFileSync(`${FLOWS}reachability.yaml`, 'utf8')],
  ['name', readFileSync(`${FLOWS}name.yaml`, 'utf8')],
])('the JSON Schema accepts %s', (_, text) => {
  expect(schema.safeParse(parse(text)).error?.issues ?? []).toEqual([]);
});

test.each([
  'misspelt keys',
  'missing keys',
  'a missing language',
  'values of another type',
  'an unknown probe',
  'unknown outcomes',
  'missing outcomes',
  'unknown codes',
  'a code that only describes',
  'thresholds out of range',
])('the JSON Schema refuses a flow with %s, as the loader does', (name) => {
  const text = new Map(INVALID_FLOWS).get(name) ?? '';
  expect(schema.safeParse(parse(text)).success).toBe(false);
});

test('the JSON Schema tells an editor what a key is for', () => {
  expect(flowJsonSchema()).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: ['flow', 'title', 'start', 'nodes'],
    properties: { start: { description: expect.stringContaining('starts at') } },
  });
});
