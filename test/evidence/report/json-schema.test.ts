import { expect, test } from 'vitest';
import { EVIDENCE_NAMES } from '../../../src/evidence/kinds.ts';
import { reportJsonSchema } from '../../../src/evidence/report/json-schema.ts';

type Node = Readonly<Record<string, unknown>>;

/** Every property in it, with where it stands. */
function propertiesOf(node: unknown, path: string): readonly (readonly [string, Node])[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((each) => propertiesOf(each, path));
  return Object.entries(node).flatMap(([key, value]) => {
    if (key !== 'properties') return propertiesOf(value, path);
    return Object.entries(value as Node).flatMap(([name, field]) => [
      [`${path}.${name}`, field as Node] as const,
      ...propertiesOf(field, `${path}.${name}`),
    ]);
  });
}

const properties = propertiesOf(reportJsonSchema(), 'report');

test('there are fields of every kind of evidence', () => {
  for (const name of EVIDENCE_NAMES) {
    expect(properties.filter(([path]) => path.startsWith(`report.evidence.${name}.`)).length).toBeGreaterThan(4);
  }
});

test.each(properties)('%s has a description, and says what it can give away', (_, field) => {
  expect(field['description']).toMatch(/^\S[^\n]{2,}[.)]$/);
  expect(field).toHaveProperty('x-secret');
});

test('a text that may hold any words is secret', () => {
  const isOpen = (field: Node): boolean => {
    const forms = (field['anyOf'] as readonly Node[] | undefined) ?? [field];
    return forms.some(
      (form) => form['type'] === 'string' && !('enum' in form) && !('const' in form) && !('pattern' in form),
    );
  };
  const open = properties.filter(([, field]) => isOpen(field));
  expect(open.length).toBeGreaterThan(40);
  expect(open.filter(([, field]) => field['x-secret'] === false)).toEqual([]);
});
