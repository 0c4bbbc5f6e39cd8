import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReadPart } from '../../src/flow/file/include.ts';

/** Reads a part that netwhy brings. */
export const readPart: ReadPart = (name) => {
  const file = fileURLToPath(new URL(`../../flows/parts/${name}.yaml`, import.meta.url));
  return existsSync(file) ? { file, text: readFileSync(file, 'utf8') } : null;
};
