import { connect, type Socket } from 'node:net';
import { roundMs } from '../../../domain/statistics.ts';
import { dialSmall } from './small-segments.ts';

export type Dialled =
  | { readonly kind: 'open'; readonly socket: Socket; readonly connectMs: number }
  | { readonly kind: 'failed'; readonly error: string };

/**
 * Opens a TCP connection straight to an address: no name is looked up and no proxy asked. `segmentBytes`: the largest
 * segments of either side; null: as any program does. Never rejects.
 */
export async function dial(
  address: string,
  port: number,
  segmentBytes: number | null,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Dialled> {
  if (segmentBytes === null) return dialUsual(address, port, timeoutMs, signal);
  const startedMs = performance.now();
  const dialled = await dialSmall(address, port, segmentBytes, timeoutMs, signal);
  if (dialled.kind === 'failed') return dialled;
  // What comes when nobody waits any longer must not end the process.
  dialled.socket.on('error', () => {});
  return { ...dialled, connectMs: roundMs(performance.now() - startedMs) };
}

function dialUsual(address: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<Dialled> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const fail = (error: string): void => {
      settle({ kind: 'failed', error });
      socket.destroy();
    };
    const onAbort = (): void => fail('ECANCELED');
    const timer = setTimeout(() => fail('ETIMEDOUT'), timeoutMs);
    const settle = (dialled: Dialled): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(dialled);
    };
    // Stays: an error that comes when nobody waits any longer must not end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'UNKNOWN'));
    socket.once('connect', () => settle({ kind: 'open', socket, connectMs: roundMs(performance.now() - startedMs) }));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
}
