// Run by the build, not by users: reads every flow and finding once, refuses what is wrong, leaves JSON for the start.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEntry } from '../../finding/load-entry.ts';
import { loadFlow } from '../../flow/file/load-flow.ts';
import { renderDiagnostic } from '../../flow/file/render-diagnostic.ts';
import { note } from '../common/output.ts';
import { packageFolder } from '../common/package-folder.ts';
import { compiledFolder, compiledName } from './compiled.ts';
import { readParts, textsOf } from './flow-parts.ts';

await mkdir(compiledFolder(), { recursive: true });
const problems = [
  ...(await compileFolder('flows', async (text, file) => {
    const parts = await readParts(text, join(packageFolder(), file));
    const loaded = loadFlow(text, file, { readPart: (name) => parts.get(name) ?? null });
    if (loaded.kind === 'invalid') return loaded.diagnostics.map(renderDiagnostic);
    return { source: textsOf(text, parts), compiled: loaded.flow };
  })),
  ...(await compileFolder('findings', async (text, file) => {
    const loaded = loadEntry(text, file);
    return loaded.kind === 'ok' ? { source: text, compiled: loaded.entry } : loaded.problems;
  })),
];
if (problems.length > 0) {
  await note(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}

/** What was read, under the text that it was read from; or what is wrong with it. */
type Compiled = { readonly source: string; readonly compiled: object } | readonly string[];

async function compileFolder(
  name: string,
  load: (text: string, file: string) => Promise<Compiled>,
): Promise<readonly string[]> {
  const folder = join(packageFolder(), name);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const loaded = await load(text, join(name, file));
      if (!('source' in loaded)) return loaded;
      await writeFile(join(compiledFolder(), compiledName(loaded.source)), JSON.stringify(loaded.compiled));
      return [];
    }),
  );
  return found.flat();
}
