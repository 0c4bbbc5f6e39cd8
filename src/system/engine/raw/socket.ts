import type { Unavailable } from '../../../domain/evidence.ts';
import type { Obstacle } from '../../../domain/obstacle.ts';

/** What is used of the package `raw-socket`. */
export type RawModule = Pick<typeof import('raw-socket'), 'createSocket'>;

export type RawLoading =
  | { readonly kind: 'loaded'; readonly module: RawModule }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

/**
 * Loads the optional package `raw-socket`, which is there only where its addon could be built. Never rejects: what is
 * missing is told with what grants it.
 */
export async function loadRawSocket(
  load: () => Promise<RawModule> = () => import('raw-socket'),
  platform: NodeJS.Platform = process.platform,
): Promise<RawLoading> {
  if (platform !== 'linux') {
    return unavailable('not-supported', { code: 'engine-only-linux', tool: 'raw' });
  }
  try {
    return { kind: 'loaded', module: await load() };
  } catch (error) {
    return whyNotLoaded(error);
  }
}

function whyNotLoaded(error: unknown): RawLoading {
  const tool = 'raw-socket';
  switch (codeOf(error)) {
    case 'ERR_MODULE_NOT_FOUND':
      return unavailable('not-installed', { code: 'package-not-installed', tool });
    case 'MODULE_NOT_FOUND':
      return unavailable('not-installed', { code: 'addon-not-built', tool });
    case 'ERR_DLOPEN_FAILED':
      return unavailable('not-installed', { code: 'addon-of-other-node', tool, said: process.version });
    default:
      return unavailable('not-supported', { code: 'package-broken', tool, said: textOf(error) });
  }
}

/** Why a raw socket could not be opened, from the errno name. */
export function whyNotOpened(code: string): Unavailable {
  if (code === 'EPERM' || code === 'EACCES') {
    return { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] };
  }
  return { reason: 'not-supported', obstacles: [{ code: 'raw-socket-refused', said: code }] };
}

function unavailable(reason: Unavailable['reason'], obstacle: Obstacle): RawLoading {
  return { kind: 'unavailable', unavailable: { reason, obstacles: [obstacle] } };
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
