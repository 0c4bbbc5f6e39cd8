import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveAs } from '../../../src/cli/check/save-as.ts';
import { BLACKHOLE } from '../../report/reports.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'netwhy-save-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test('the ending of the name says what is written', async () => {
  const place = folder();
  expect(await saveAs(BLACKHOLE, join(place, 'a.json'), false, 'en')).toEqual({ kind: 'saved' });
  expect(JSON.parse(readFileSync(join(place, 'a.json'), 'utf8'))).toMatchObject({ schema: 'netwhy.report/v1' });
  expect(await saveAs(BLACKHOLE, join(place, 'a.md'), false, 'en')).toEqual({ kind: 'saved' });
  expect(readFileSync(join(place, 'a.md'), 'utf8')).toMatch(/^### /u);
});

test('a file that is there is replaced only when that is said', async () => {
  const file = join(folder(), 'a.md');
  writeFileSync(file, 'mine');
  expect(await saveAs(BLACKHOLE, file, false, 'en')).toEqual({ kind: 'exists' });
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(await saveAs(BLACKHOLE, file, true, 'en')).toEqual({ kind: 'saved' });
  expect(readFileSync(file, 'utf8')).toMatch(/^### /u);
});

test('what cannot be written is told in the words of the system', async () => {
  const saved = await saveAs(BLACKHOLE, '/nonexistent/a.md', false, 'en');
  expect(saved).toMatchObject({ kind: 'failed', message: expect.stringContaining('ENOENT') });
});
