import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { packageFolder } from '../common/package-folder.ts';

type PartFile = { readonly file: string; readonly text: string };

const EXTENSION = /\.yaml$/u;

/**
 * The parts that a flow may include, by name: those in the folder `parts` beside it, and those that netwhy brings. Empty
 * for a flow that includes none, which need not be waited for.
 */
export async function readParts(flowText: string, flowFile: string): Promise<ReadonlyMap<string, PartFile>> {
  if (!/^include:/mu.test(flowText)) return new Map();
  const folders = [join(dirname(flowFile), 'parts'), join(packageFolder(), 'flows', 'parts')];
  const found = (await Promise.all([...new Set(folders)].map(partsIn))).flat();
  // Of two of one name the one beside the flow is meant.
  return new Map(found.reverse());
}

/** All that a flow is made from, as one text: what is compiled is known by it. */
export function textsOf(flowText: string, parts: ReadonlyMap<string, PartFile>): string {
  const names = [...parts.keys()].toSorted();
  return [flowText, ...names.map((name) => `${name}\0${parts.get(name)?.text}`)].join('\0');
}

async function partsIn(folder: string): Promise<readonly (readonly [string, PartFile])[]> {
  const files = await namesIn(folder);
  return Promise.all(
    files.map(async (name) => {
      const file = join(folder, name);
      return [basename(name).replace(EXTENSION, ''), { file, text: await readFile(file, 'utf8') }] as const;
    }),
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => EXTENSION.test(name));
  } catch {
    return [];
  }
}
