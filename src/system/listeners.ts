import type { Machine } from '../domain/ports.ts';

export type ListenerTable = Awaited<ReturnType<Machine['listeners']>>;

/** Every listening TCP and bound UDP socket of this machine. Never rejects. */
export async function readListeners(signal: AbortSignal): Promise<ListenerTable> {
  if (process.platform === 'linux') {
    const { readLinuxListeners } = await import('./listeners-linux.ts');
    return readLinuxListeners(signal);
  }
  const { readOtherListeners } = await import('./listeners-other.ts');
  return readOtherListeners();
}
