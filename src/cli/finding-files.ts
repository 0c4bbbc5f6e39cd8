import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FindingCode } from '../domain/finding-code.ts';
import type { CatalogueEntry } from '../finding/entry.ts';
import { openEntry } from '../finding/open-entry.ts';

/** The folder of the catalogue, beside the program: the same from the sources and from the bundle. */
export function findingsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isOurs(folder)) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('the folder findings/ is not beside the program: the installation is incomplete');
    folder = parent;
  }
  return join(folder, 'findings');
}

/** Reads the entry of a code. A missing file rejects, and a broken part throws when it is asked for: it is part of the program. */
export async function readEntry(code: FindingCode): Promise<CatalogueEntry> {
  const file = join(findingsFolder(), `${code}.yaml`);
  return openEntry(await readFile(file, 'utf8'), file);
}

/** Whether the catalogue has the entry of a code. */
export function hasEntry(code: FindingCode): boolean {
  return existsSync(join(findingsFolder(), `${code}.yaml`));
}

function isOurs(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'name' in manifest && manifest.name === 'netwhy';
}
