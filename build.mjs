// Makes dist: a split and minified bundle, and the catalogue and the flows compiled to JSON beside it.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

const root = new URL('.', import.meta.url);

await rm(new URL('dist', root), { recursive: true, force: true });
await build({
  absWorkingDir: root.pathname,
  entryPoints: { bin: 'src/cli/bin.ts', compile: 'src/cli/catalogue/compile.ts' },
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
});
await import(new URL('dist/compile.js', root).href);
