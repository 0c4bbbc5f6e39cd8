// Run by the build, not by users: reads every flow and finding once, refuses what is wrong, leaves JSON for the start.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEntry } from '../../finding/load-entry.ts';
import { loadFlow } from '../../flow/load-flow.ts';
import { renderDiagnostic } from '../../flow/render-diagnostic.ts';
import { note } from '../common/output.ts';
import { packageFolder } from '../common/package-folder.ts';
import { compiledFolder, compiledName } from './compiled.ts';

await mkdir(compiledFolder(), { recursive: true });
const problems = [
  ...(await compileFolder('flows', (text, file) => {
    const loaded = loadFlow(text, file);
    return loaded.kind === 'ok' ? loaded.flow : loaded.diagnostics.map(renderDiagnostic);
  })),
  ...(await compileFolder('findings', (text, file) => {
    const loaded = loadEntry(text, file);
    return loaded.kind === 'ok' ? loaded.entry : loaded.problems;
  })),
];
if (problems.length > 0) {
  await note(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}

async function compileFolder(
  name: string,
  load: (text: string, file: string) => object | readonly string[],
): Promise<readonly string[]> {
  const folder = join(packageFolder(), name);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const loaded = load(text, join(name, file));
      if (Array.isArray(loaded)) return loaded as readonly string[];
      await writeFile(join(compiledFolder(), compiledName(text)), JSON.stringify(loaded));
      return [];
    }),
  );
  return found.flat();
}
