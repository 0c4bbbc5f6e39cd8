import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The helper programs of the lab: each runs in a process of its own, in a namespace of the test. */
const CHILDREN = {
  services: new URL('./children/services.ts', import.meta.url),
  wire: new URL('./children/wire.ts', import.meta.url),
  peer: new URL('./children/peer.ts', import.meta.url),
  sockets: new URL('./children/sockets.ts', import.meta.url),
} as const;

/** Inside the checkout, so that the bundles find the native modules that stay outside of them. */
const BUNDLES = new URL('../../../.lab/', import.meta.url);

export function bundleOf(child: keyof typeof CHILDREN): string {
  return fileURLToPath(new URL(`${child}.mjs`, BUNDLES));
}

/** Node 20 reads no TypeScript. */
export async function bundleChildren(): Promise<void> {
  await build({
    entryPoints: Object.values(CHILDREN).map((url) => fileURLToPath(url)),
    outdir: fileURLToPath(BUNDLES),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.20',
    external: ['koffi'],
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'warning',
  });
}
