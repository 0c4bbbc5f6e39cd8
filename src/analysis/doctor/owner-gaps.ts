import type { NoOwner, SocketGap, SocketRow } from '../../domain/socket.ts';

/** Why sockets of these have no process, each reason with how many it holds for. */
export function ownerGaps(rows: readonly SocketRow[]): readonly SocketGap[] {
  const counts = new Map<NoOwner, number>();
  for (const { noOwner } of rows) if (noOwner !== null) counts.set(noOwner, (counts.get(noOwner) ?? 0) + 1);
  return [...counts].map(([why, sockets]) => ({ kind: 'no-owner', why, sockets }));
}
