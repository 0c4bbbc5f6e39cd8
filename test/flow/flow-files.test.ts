import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listFlows, readFlow } from '../../src/cli/catalogue/flow-files.ts';
import { LARGEST_FLOW } from '../../src/flow/file/largest-flow.ts';
import { VALID_FLOW } from './invalid-flows.ts';

let config = '';

beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), 'netwhy-flows-'));
  mkdirSync(join(config, 'netwhy', 'flows'), { recursive: true });
  vi.stubEnv('XDG_CONFIG_HOME', config);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(config, { recursive: true });
});

test('a built-in flow is found by its name', async () => {
  expect(await readFlow('reachability')).toMatchObject({ kind: 'ok', flow: { name: 'reachability' } });
});

test('a flow of the user is found by its name', async () => {
  put('small.yaml', VALID_FLOW);
  expect(await readFlow('small')).toMatchObject({ kind: 'ok', flow: { title: { en: 'A small flow' } } });
});

test('a flow of the user hides the built-in one of the same name', async () => {
  put('name.yml', VALID_FLOW.replace('flow: small', 'flow: name'));
  expect(await readFlow('name')).toMatchObject({ kind: 'ok', flow: { title: { en: 'A small flow' } } });
  expect((await listFlows()).filter(({ name }) => name === 'name')).toMatchObject([{ source: 'user' }]);
});

test('a flow is found by its path, whatever it is named', async () => {
  const file = put('other.yaml', VALID_FLOW);
  expect(await readFlow(file)).toMatchObject({ kind: 'ok', flow: { name: 'small' } });
});

test('a name that no flow has gets the nearest one, and all that there are', async () => {
  expect(await readFlow('reachabilty')).toEqual({
    kind: 'not-found',
    known: expect.arrayContaining(['name', 'reachability']),
    nearest: 'reachability',
  });
});

test('a path where there is no file is not found', async () => {
  expect(await readFlow(join(config, 'none.yaml'))).toMatchObject({ kind: 'not-found' });
});

test('a flow by name must go by its name', async () => {
  put('other.yaml', VALID_FLOW);
  expect(await readFlow('other')).toMatchObject({ kind: 'invalid', diagnostics: [{ code: 'name-mismatch', line: 1 }] });
});

test.each([
  ['a folder', () => config, 'EISDIR'],
  ['a file that is not UTF-8', () => put('latin.yaml', Uint8Array.of(0x66, 0xff)), 'UTF-8'],
  ['a file over the limit', () => put('large.yaml', '#'.repeat(LARGEST_FLOW + 1)), '1 MiB'],
  ['a device without an end', () => '/dev/zero', '1 MiB'],
])('%s is told as unreadable', async (_, file, reason) => {
  expect(await readFlow(`${file()}`)).toMatchObject({
    kind: 'invalid',
    diagnostics: [{ code: 'unreadable', message: expect.stringContaining(reason) }],
  });
});

test('what can be walked is listed by name, and a broken file is left out', async () => {
  put('small.yaml', VALID_FLOW);
  put('broken.yaml', 'flow: [');
  put('notes.txt', 'no flow');
  const listed = await listFlows();
  expect(listed.filter(({ source }) => source === 'user')).toMatchObject([
    { name: 'small', title: { ko: '작은 흐름' } },
  ]);
  expect(listed.map(({ name }) => name)).toEqual(listed.map(({ name }) => name).toSorted());
  expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(['name', 'reachability', 'small']));
});

test('a relative XDG_CONFIG_HOME is ignored, as its specification asks', async () => {
  vi.stubEnv('XDG_CONFIG_HOME', '.');
  vi.stubEnv('HOME', config);
  mkdirSync(join(config, '.config', 'netwhy', 'flows'), { recursive: true });
  writeFileSync(join(config, '.config', 'netwhy', 'flows', 'small.yaml'), VALID_FLOW);
  expect(await readFlow('small')).toMatchObject({ kind: 'ok' });
});

function put(name: string, content: string | Uint8Array): string {
  const file = join(config, 'netwhy', 'flows', name);
  writeFileSync(file, content);
  return file;
}
