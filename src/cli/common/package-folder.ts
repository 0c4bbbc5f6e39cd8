import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the installed package: the one above this file (bundled, in a chunk, or not) whose package.json is netwhy's. */
export function packageFolder(): string {
  found ??= findFolder();
  return found;
}

/** Looked for once: every entry of the catalogue is read below it. */
let found: string | undefined;

function findFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    if (isOurs(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json of netwhy above ${here}`);
  }
}

function isOurs(file: string): boolean {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).name === 'netwhy';
  } catch {
    return false;
  }
}
