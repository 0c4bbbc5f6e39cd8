import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRecentTargets, recentTargetsFile, rememberTarget } from '../../../src/cli/wizard/recent-targets.ts';

function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const fileIn = (folder: string) => recentTargetsFile({ XDG_STATE_HOME: folder });

test('they are kept where XDG says; a relative path there is none', () => {
  expect(fileIn('/state')).toBe('/state/netwhy/recent-targets.json');
  expect(recentTargetsFile({ XDG_STATE_HOME: 'state' })).toMatch(/\.local\/state\/netwhy\/recent-targets\.json$/u);
});

test('the latest comes first, each once, twenty at most', async () => {
  const file = fileIn(stateFolder());
  for (const target of ['db1', 'db2', 'db1']) await rememberTarget(file, target);
  expect(await readRecentTargets(file)).toEqual({ targets: ['db1', 'db2'], problem: null });
  for (let index = 0; index < 30; index += 1) await rememberTarget(file, `host${index}`);
  const { targets } = await readRecentTargets(file);
  expect([targets.length, targets[0]]).toEqual([20, 'host29']);
});

test('only its user may read the file, and nothing else is left beside it', async () => {
  const folder = stateFolder();
  await rememberTarget(fileIn(folder), 'db1');
  expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'netwhy'))).toEqual(['recent-targets.json']);
});

test.each([
  ['half of it', '{"targets": ["db1'],
  ['something else', '{"targets": {"db1": 1}}'],
  ['null', 'null'],
  ['far too much', `{"targets": ["${'x'.repeat(100_000)}"]}`],
])('a file that holds %s is told, survived, and begun anew', async (_, text) => {
  const file = fileIn(stateFolder());
  await rememberTarget(file, 'db1');
  writeFileSync(file, text);
  expect(await readRecentTargets(file)).toEqual({ targets: [], problem: file });
  await rememberTarget(file, 'db2');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ targets: ['db2'] });
});

test('no file is no problem, and a folder that cannot be made keeps nobody from anything', async () => {
  const folder = stateFolder();
  expect(await readRecentTargets(fileIn(folder))).toEqual({ targets: [], problem: null });
  writeFileSync(join(folder, 'netwhy'), 'a file where the folder would be');
  await rememberTarget(fileIn(folder), 'db1');
  expect(await readRecentTargets(fileIn(folder))).toEqual({ targets: [], problem: null });
});
