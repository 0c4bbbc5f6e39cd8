import type * as z from 'zod/mini';

/** The keys that a schema allows at a path of a file; none where it has no closed list of them. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [step, ...rest] = path;
  switch (def.type) {
    case 'optional':
      return keysAt(def.innerType, path);
    case 'union':
      return def.options.flatMap((option) => keysAt(option, path));
    case 'object': {
      if (step === undefined) return Object.keys(def.shape);
      const within = Object.hasOwn(def.shape, step) ? def.shape[String(step)] : undefined;
      return within === undefined ? [] : keysAt(within, rest);
    }
    case 'record':
      return step === undefined ? [] : keysAt(def.valueType, rest);
    case 'array':
      return step === undefined ? [] : keysAt(def.element, rest);
    default:
      return [];
  }
}
