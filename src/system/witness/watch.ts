import type { SocketsUnavailable } from '../../domain/evidence.ts';
import type { Testimony, WatchRequest } from '../../domain/witness.ts';
import { readTestimony } from './read.ts';
import { LAST_LOOK, READY, witnessScript } from './script.ts';

/** Runs text in the shell of the machine that is watched; tells each piece of what it writes, with the end of the piece before. */
export type RunScript = (
  script: string,
  signal: AbortSignal,
  onOutput: (piece: string) => void,
) => Promise<{ readonly stdout: string } | { readonly unavailable: SocketsUnavailable }>;

const TOO_LATE = {
  reason: 'not-answered',
  obstacles: [{ code: 'watch-over-too-soon' }],
} as const;

const SHELL_SAID_NOTHING = {
  reason: 'not-supported',
  obstacles: [{ code: 'watch-not-run' }],
} as const;

/** Sends once the machine is watched. Nothing is read from what was sent before or after. */
export async function watchWith(
  run: RunScript,
  request: WatchRequest,
  send: () => Promise<void>,
  signal: AbortSignal,
): Promise<Testimony | { readonly unavailable: SocketsUnavailable }> {
  let isSending = false;
  let isSent = false;
  let isLate = false;
  const ran = await run(witnessScript(request), signal, (piece) => {
    isLate ||= !isSending && piece.includes(LAST_LOOK);
    if (isSending || !READY.test(piece)) return;
    isSending = true;
    void send().then(() => {
      isSent = true;
    });
  });
  if ('unavailable' in ran) return ran;
  const testimony = readTestimony(ran.stdout, request);
  if (testimony === null) return { unavailable: SHELL_SAID_NOTHING };
  return isLate || !isSent ? { unavailable: TOO_LATE } : testimony;
}
