import type { SocketTable } from '../../domain/ports.ts';

/** Every listening TCP and bound UDP socket of this machine. Never rejects. */
export async function readListeners(signal: AbortSignal): Promise<SocketTable> {
  if (process.platform === 'linux') {
    const { readLinuxListeners } = await import('./listeners-linux.ts');
    return readLinuxListeners(signal);
  }
  const { readOtherListeners } = await import('./listeners-other.ts');
  return readOtherListeners(signal);
}
