import type * as z from 'zod/mini';
import { FIELD_NOTES } from '../fields.ts';
import type { FieldNote, Secret } from '../secret.ts';
import type { Report } from './report.ts';
import { reportSchema } from './schema.ts';

/** What takes the place of a text, or that text again. */
export type MapText = (text: string, secret: Secret) => string;

/**
 * The report with each of its texts mapped, by what its schema says that it can give away. A text that no schema knows
 * counts as somebody else's words.
 */
export function mapTexts(report: Report, map: MapText): Report {
  return mapped(reportSchema, report, map) as Report;
}

function mapped(schema: z.core.$ZodType | null, value: unknown, map: MapText): unknown {
  const field = unwrapped(schema);
  if (typeof value === 'string') return map(value, secretOf(field, value));
  if (Array.isArray(value)) {
    const element = field?.type._zod.def.type === 'array' ? (field.type as z.ZodMiniArray)._zod.def.element : null;
    return value.map((item) => mapped(element, item, map));
  }
  if (typeof value !== 'object' || value === null) return value;
  const shape: Readonly<Record<string, z.core.$ZodType>> =
    field?.type._zod.def.type === 'object' ? (field.type as z.ZodMiniObject)._zod.def.shape : {};
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      mapped(Object.hasOwn(shape, key) ? (shape[key] ?? null) : null, item, map),
    ]),
  );
}

function secretOf(field: Field | null, value: string): Secret {
  const { secret, harmless } = field?.note ?? { secret: 'text' };
  return harmless?.test(value) ? 'none' : secret;
}

type Field = { readonly type: z.core.$ZodType; readonly note: FieldNote | undefined };

type Wrapper = z.core.$ZodType & { readonly _zod: { readonly def: { readonly innerType?: z.core.$ZodType } } };

/** What a field holds where it is neither null nor absent; what is known of it stands at the outermost. */
function unwrapped(schema: z.core.$ZodType | null): Field | null {
  if (schema === null) return null;
  const inner = (schema as Wrapper)._zod.def.innerType;
  const note = FIELD_NOTES.get(schema) as FieldNote | undefined;
  const within = inner === undefined ? null : unwrapped(inner);
  return within === null ? { type: schema, note } : { type: within.type, note: note ?? within.note };
}
