import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadEntry } from '../../src/finding/load-entry.ts';
test('x', () => {
  const all: string[] = [];
  for (const f of readdirSync('findings')) { const l = loadEntry(readFileSync(`findings/${f}`, 'utf8'), `findings/${f}`); if (l.kind !== 'ok') all.push(...l.problems); }
  console.log(all.join('\n'));
  expect(all).toEqual([]);
});
