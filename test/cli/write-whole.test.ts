import { chmod, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeWhole } from '../../src/cli/common/write-whole.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwhy-write-'));
});

test('a file is replaced whole, keeps its mode, and nothing is left beside it', async () => {
  const file = join(folder, 'netwhy.prom');
  await writeFile(file, 'before');
  await chmod(file, 0o640);
  await writeWhole(file, 'after');
  expect(await readFile(file, 'utf8')).toBe('after');
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  expect(await readdir(folder)).toEqual(['netwhy.prom']);
});

test('where it cannot be put in place, what was there stays and nothing is left', async () => {
  await expect(writeWhole(join(folder, 'no', 'such'), 'x')).rejects.toThrow('ENOENT');
  expect(await readdir(folder)).toEqual([]);
});

test('a link is written through, not replaced', async () => {
  await writeFile(join(folder, 'real'), 'before');
  await symlink('real', join(folder, 'link'));
  await writeWhole(join(folder, 'link'), 'after');
  expect(await readFile(join(folder, 'real'), 'utf8')).toBe('after');
  expect((await readdir(folder)).toSorted()).toEqual(['link', 'real']);
});
