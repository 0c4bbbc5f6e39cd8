import type { Socket } from 'node:net';
import { loadKoffi } from '../../engine/kernel/koffi.ts';
import { bindLibc, type Libc } from '../../engine/kernel/libc.ts';
import { readTcpInfo } from '../../engine/kernel/tcp-info.ts';

let binding: Promise<Libc | null> | null = null;

/**
 * Whether the other side's kernel has acknowledged everything that was written to the connection: silence then is that of
 * a program, not of the way to it. null where this machine does not tell. Never rejects.
 */
export async function isDelivered(socket: Socket): Promise<boolean | null> {
  binding ??= bound();
  const libc = await binding;
  const fd = descriptorOf(socket);
  if (libc === null || fd === null || socket.destroyed) return null;
  return readTcpInfo({ libc }, fd)?.isDelivered ?? null;
}

async function bound(): Promise<Libc | null> {
  const loading = await loadKoffi();
  if (loading.kind === 'unavailable') return null;
  try {
    return bindLibc(loading.koffi);
  } catch {
    return null;
  }
}

/** Node has no documented way to it; null where it is not where it has always been. */
function descriptorOf(socket: Socket): number | null {
  const handle: unknown = Reflect.get(socket, '_handle');
  const fd: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : null;
  return typeof fd === 'number' && fd >= 0 ? fd : null;
}
