import { expect, test } from 'vitest';
import { candidatesFor } from '../../../src/system/dns/resolver-candidates.ts';

const CONFIG = {
  servers: [],
  isConfigured: true,
  search: ['a.test', 'b.test'],
  ndots: 2,
  useTcp: false,
  noTldQuery: false,
};

test.each([
  { host: 'db.lab.test.', names: ['db.lab.test'], why: 'a dot at the end makes it absolute' },
  { host: 'db.lab.test', names: ['db.lab.test', 'db.lab.test.a.test', 'db.lab.test.b.test'], why: 'enough dots' },
  { host: 'db.lab', names: ['db.lab.a.test', 'db.lab.b.test', 'db.lab'], why: 'too few dots' },
  { host: 'db', names: ['db.a.test', 'db.b.test', 'db'], why: 'none' },
])('$host is tried as $names: $why', ({ host, names }) => {
  const candidates = candidatesFor(host, CONFIG);
  expect(candidates.map(({ name }) => name)).toEqual(names);
  expect(candidates.filter(({ asTyped }) => asTyped).map(({ name }) => `${name}.`.startsWith(host))).toEqual([true]);
});

test('no-tld-query keeps a name without a dot from being asked as it is', () => {
  expect(candidatesFor('db', { ...CONFIG, noTldQuery: true }).map(({ name }) => name)).toEqual([
    'db.a.test',
    'db.b.test',
  ]);
  expect(candidatesFor('db', { ...CONFIG, noTldQuery: true, search: [] }).map(({ name }) => name)).toEqual(['db']);
});

test('a search domain that makes the name too long is left out', () => {
  const host = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(58)}`;
  expect(candidatesFor(host, CONFIG).map(({ name }) => name)).toEqual([host]);
});
