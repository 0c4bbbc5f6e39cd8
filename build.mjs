// Makes dist: a split and minified bundle, the licences of what is in it, and the catalogue and the flows compiled to
// JSON beside it, and the manual pages.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = new URL('.', import.meta.url);

await rm(new URL('dist', root), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root.pathname,
  entryPoints: { bin: 'src/cli/bin.ts', compile: 'src/cli/catalogue/compile.ts', 'write-man': 'src/cli/write-man.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  keepNames: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.20',
  define: { 'process.env.NODE_ENV': '"production"' },
  // Native parts cannot be bundled.
  external: ['raw-socket', 'koffi'],
  // Ink imports its debugger by name even where nobody asks for it.
  alias: { 'react-devtools-core': './src/tui/terminal/no-devtools.ts' },
  // CommonJS parts of the bundle call require().
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  logLevel: 'warning',
  metafile: true,
});
await writeFile(new URL('dist/THIRD-PARTY.txt', root), await thirdParty(Object.keys(metafile.inputs)));
await import(new URL('dist/compile.js', root).href);
await import(new URL('dist/write-man.js', root).href);

/** The licence of each package of which a file is bundled: in full where the package ships it, else by its SPDX name. */
async function thirdParty(inputs) {
  const folders = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []),
  );
  const parts = [...folders].map(async (folder) => {
    const read = (file) => readFile(join(root.pathname, folder, file), 'utf8');
    const { name, version, license, repository } = JSON.parse(await read('package.json'));
    if (typeof license !== 'string') throw new Error(`${name} is bundled and names no licence`);
    const file = (await readdir(join(root.pathname, folder))).find((each) => /^licen[cs]e\b/i.test(each));
    const source = repository?.url ?? repository ?? 'the package';
    const text = file === undefined ? `The package ships no text of it; see ${source}.` : (await read(file)).trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  const texts = [...new Set(await Promise.all(parts))].toSorted();
  return `netwhy holds the following packages, each under its own licence.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
