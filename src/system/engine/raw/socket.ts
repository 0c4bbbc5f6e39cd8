import type { Unavailable } from '../../../domain/evidence.ts';

/** What is used of the package `raw-socket`. */
export type RawModule = Pick<typeof import('raw-socket'), 'createSocket'>;

export type RawLoading =
  | { readonly kind: 'loaded'; readonly module: RawModule }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

const LOST =
  'without it the raw engine is lost: echoes, traces, SYN probes, and the ICMP errors that answer a connection';

/**
 * Loads the optional package `raw-socket`, which is there only where its addon could be built. Never rejects: what is
 * missing is told with what grants it.
 */
export async function loadRawSocket(
  load: () => Promise<RawModule> = () => import('raw-socket'),
  platform: NodeJS.Platform = process.platform,
): Promise<RawLoading> {
  if (platform !== 'linux') {
    return unavailable('not-supported', `The raw engine knows only Linux so far; ${LOST}.`);
  }
  try {
    return { kind: 'loaded', module: await load() };
  } catch (error) {
    return whyNotLoaded(error);
  }
}

function whyNotLoaded(error: unknown): RawLoading {
  switch (codeOf(error)) {
    case 'ERR_MODULE_NOT_FOUND':
      return unavailable(
        'not-installed',
        `The optional package raw-socket is not installed (${LOST}): install a C++ compiler, make and python3, then run npm install -g netwhy again, from npm 12 on with --allow-scripts=raw-socket.`,
      );
    case 'MODULE_NOT_FOUND':
      return unavailable(
        'not-installed',
        `The addon of the package raw-socket was not built (${LOST}): install a C++ compiler, make and python3, then run npm rebuild raw-socket, or from npm 12 on npm install -g --allow-scripts=raw-socket netwhy.`,
      );
    case 'ERR_DLOPEN_FAILED':
      return unavailable(
        'not-installed',
        `The addon of the package raw-socket was built for another Node.js than this ${process.version} (${LOST}): run npm rebuild raw-socket with the node that runs netwhy.`,
      );
    default:
      return unavailable('not-supported', `The package raw-socket does not load: ${textOf(error)}; ${LOST}.`);
  }
}

/** Why a raw socket could not be opened, from the errno name. */
export function whyNotOpened(code: string): Unavailable {
  if (code === 'EPERM' || code === 'EACCES') {
    return {
      reason: 'not-permitted',
      hint: `This user may open no raw socket (${LOST}): run netwhy as root, or with a copy of the node binary that was given the capability by: sudo setcap cap_net_raw+ep COPY.`,
    };
  }
  return { reason: 'not-supported', hint: `This machine opens no raw socket (${code}); ${LOST}.` };
}

function unavailable(reason: Unavailable['reason'], hint: string): RawLoading {
  return { kind: 'unavailable', unavailable: { reason, hint } };
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
