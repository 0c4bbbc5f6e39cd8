import { expect, test } from 'vitest';
import { schemaCommand } from '../../../src/cli/catalogue/schema-command.ts';
import { reportJsonSchema } from '../../../src/evidence/report/json-schema.ts';

async function printed(name: string): Promise<unknown> {
  const written: string[] = [];
  await schemaCommand(async (text) => void written.push(text)).parseAsync([name], { from: 'user' });
  expect(written).toHaveLength(1);
  return JSON.parse(written.join(''));
}

test('schema report prints the schema of the report as one JSON document', async () => {
  expect(await printed('report')).toEqual(reportJsonSchema());
});

test('schema flow prints a JSON Schema as one JSON document', async () => {
  expect(await printed('flow')).toMatchObject({ $schema: expect.stringContaining('json-schema.org') });
});
