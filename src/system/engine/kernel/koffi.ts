import type { Unavailable } from '../../../domain/evidence.ts';

/** What is used of the package `koffi`. `node.poll` is not documented: the version is pinned exactly. */
export type KoffiModule = Pick<typeof import('koffi'), 'load' | 'errno' | 'address' | 'sizeof' | 'node'>;

export type KoffiLoading =
  | { readonly kind: 'loaded'; readonly koffi: KoffiModule }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

const LOST =
  'without it the kernel engine is lost: echoes, traces, and the ICMP errors that answer a connection, for an ordinary user';

/**
 * Loads the optional package `koffi`, whose prebuilt binary is there only for the platforms that it knows. Never
 * rejects: what is missing is told with what grants it.
 */
export async function loadKoffi(
  load: () => Promise<KoffiModule> = async () => (await import('koffi')).default,
  platform: NodeJS.Platform = process.platform,
): Promise<KoffiLoading> {
  if (platform !== 'linux') return unavailable('not-supported', `The kernel engine knows only Linux so far; ${LOST}.`);
  try {
    return { kind: 'loaded', koffi: await load() };
  } catch (error) {
    return whyNotLoaded(error);
  }
}

function whyNotLoaded(error: unknown): KoffiLoading {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const text = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return unavailable(
      'not-installed',
      `The optional package koffi is not installed (${LOST}): run npm install -g netwhy again, without --omit=optional.`,
    );
  }
  if (code === 'ERR_DLOPEN_FAILED') {
    return unavailable('not-supported', `The binary of the package koffi does not run here: ${text} (${LOST}).`);
  }
  return unavailable('not-supported', `The package koffi does not load: ${text} (${LOST}).`);
}

function unavailable(reason: Unavailable['reason'], hint: string): KoffiLoading {
  return { kind: 'unavailable', unavailable: { reason, hint } };
}
