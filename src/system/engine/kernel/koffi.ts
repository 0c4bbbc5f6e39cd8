import type { Unavailable } from '../../../domain/evidence.ts';
import type { Obstacle } from '../../../domain/obstacle.ts';

/** What is used of the package `koffi`. `node.poll` is not documented: the version is pinned exactly. */
export type KoffiModule = Pick<typeof import('koffi'), 'load' | 'errno' | 'address' | 'sizeof' | 'node'>;

export type KoffiLoading =
  | { readonly kind: 'loaded'; readonly koffi: KoffiModule }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

/**
 * Loads the optional package `koffi`, whose prebuilt binary is there only for the platforms that it knows. Never
 * rejects: what is missing is told with what grants it.
 */
export async function loadKoffi(
  load: () => Promise<KoffiModule> = async () => (await import('koffi')).default,
  platform: NodeJS.Platform = process.platform,
): Promise<KoffiLoading> {
  if (platform !== 'linux') return unavailable('not-supported', { code: 'engine-only-linux', tool: 'kernel' });
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
    return unavailable('not-installed', { code: 'package-not-installed', tool: 'koffi' });
  }
  return unavailable('not-supported', { code: 'package-broken', tool: 'koffi', said: text });
}

function unavailable(reason: Unavailable['reason'], obstacle: Obstacle): KoffiLoading {
  return { kind: 'unavailable', unavailable: { reason, obstacles: [obstacle] } };
}
