import type { Socket } from 'node:net';
import { readTcpInfo } from '../../engine/kernel/tcp-info.ts';
import { serviceLibc } from './libc.ts';

/**
 * Whether the other side's kernel has acknowledged everything that was written to the connection: silence then is that of
 * a program, not of the way to it. null where this machine does not tell. Never rejects.
 */
export async function isDelivered(socket: Socket): Promise<boolean | null> {
  const libc = await serviceLibc();
  const fd = descriptorOf(socket);
  if (libc === null || fd === null || socket.destroyed) return null;
  return readTcpInfo({ libc }, fd)?.isDelivered ?? null;
}

/** Node has no documented way to it; null where it is not where it has always been. */
function descriptorOf(socket: Socket): number | null {
  const handle: unknown = Reflect.get(socket, '_handle');
  const fd: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : null;
  return typeof fd === 'number' && fd >= 0 ? fd : null;
}
