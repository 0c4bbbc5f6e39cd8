import type { Listener } from '../../domain/evidence.ts';
import type { SocketTable } from '../../domain/ports.ts';
import type { SocketRow } from '../../domain/socket.ts';
import { listOtherSockets } from './sockets-other.ts';

/** The listeners of macOS and Windows. */
export async function readOtherListeners(signal: AbortSignal): Promise<SocketTable> {
  const listing = await listOtherSockets(signal);
  if ('unavailable' in listing) return listing;
  return {
    listening: listing.rows.flatMap((row) => listenerOf(row)),
    missing: 'accept queues and v6-only sockets cannot be read on this system',
  };
}

/** The row as a listener: none where it does not listen. */
export function listenerOf(row: SocketRow): readonly Listener[] {
  if (row.state !== 'listen' && row.state !== 'unconnected') return [];
  const { protocol, family, local, v6Only, acceptQueue, backlog, owners } = row;
  const { process, pid } = owners[0] ?? { process: null, pid: null };
  return [{ protocol, family, ...local, v6Only, process: process === '?' ? null : process, pid, acceptQueue, backlog }];
}
