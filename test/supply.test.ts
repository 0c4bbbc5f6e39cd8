import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = { readonly integrity?: string; readonly link?: true };

test('every package of the lock file has the hash of what is to be installed', () => {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  const packages = Object.entries(lock.packages as Readonly<Record<string, Locked>>).filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(50);
  expect(packages.flatMap(([path, { integrity, link }]) => (integrity || link ? [] : [path]))).toEqual([]);
});

test('what is installed with the package is what cannot be bundled', () => {
  const { dependencies = {}, optionalDependencies } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  expect(dependencies).toEqual({});
  expect(Object.keys(optionalDependencies).toSorted()).toEqual(['koffi', 'raw-socket']);
});
