import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder } from '../common/package-folder.ts';

/** Where the build leaves what it has read and judged once: parsing YAML at every start costs a tenth of a second. */
export function compiledFolder(): string {
  return join(packageFolder(), 'dist', 'compiled');
}

/** The name under which a text was compiled: its hash, so that a changed file is never taken for the old one. */
export function compiledName(text: string): string {
  return `${createHash('sha256').update(text).digest('hex')}.json`;
}

/** What the build made of this very text, null where it never saw it. */
export async function compiled<T>(text: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(join(compiledFolder(), compiledName(text)), 'utf8'));
  } catch {
    return null;
  }
}
