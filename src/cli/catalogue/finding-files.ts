import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { CatalogueEntry } from '../../finding/entry.ts';
import { packageFolder } from '../common/package-folder.ts';
import { compiled } from './compiled.ts';

const read = new Map<FindingCode, Promise<CatalogueEntry>>();

/** Reads the entry of a code, once. A missing or broken file rejects: the catalogue is part of the program. */
export function readEntry(code: FindingCode): Promise<CatalogueEntry> {
  const entry = read.get(code) ?? readFrom(code);
  read.set(code, entry);
  return entry;
}

async function readFrom(code: FindingCode): Promise<CatalogueEntry> {
  const file = fileOf(code);
  const text = await readFile(file, 'utf8');
  const entry = await compiled<CatalogueEntry>(text);
  if (entry !== null) return entry;
  const loaded = (await import('../../finding/load-entry.ts')).loadEntry(text, file);
  if (loaded.kind === 'ok') return loaded.entry;
  throw new Error(loaded.problems.join('\n'));
}

/** Whether the catalogue has the entry of a code. */
export function hasEntry(code: FindingCode): boolean {
  return existsSync(fileOf(code));
}

function fileOf(code: FindingCode): string {
  return join(packageFolder(), 'findings', `${code}.yaml`);
}
