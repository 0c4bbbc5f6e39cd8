import * as z from 'zod/mini';
import { FIELD_NOTES } from '../fields.ts';
import type { FieldNote } from '../secret.ts';
import { reportSchema } from './schema.ts';

/**
 * The JSON Schema (draft 2020-12) of the report. Every field says what it is, and in `x-secret` what it can give away
 * (see `Secret`), which is false where that is nothing. A text that matches `x-harmless` gives nothing away all the same.
 */
export function reportJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema, {
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      const note = FIELD_NOTES.get(zodSchema) as FieldNote | undefined;
      if (note === undefined) return;
      const { description, secret, harmless } = note;
      Object.assign(jsonSchema, { description, 'x-secret': secret === 'none' ? false : secret });
      if (harmless !== undefined) Object.assign(jsonSchema, { 'x-harmless': harmless.source });
    },
  });
  return { $schema, title: 'netwhy report', ...rest };
}
