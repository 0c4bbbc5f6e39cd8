import {
  SOCKET_STATES,
  type SocketRow,
  type SocketState,
  type SocketSummary,
  type StateCount,
} from '../domain/socket.ts';

/** Sums up how many sockets are in which state. */
export function summariseSockets(rows: readonly SocketRow[]): SocketSummary {
  return { tcp: countsOf(rows, 'tcp'), udp: countsOf(rows, 'udp') };
}

function countsOf(rows: readonly SocketRow[], protocol: 'tcp' | 'udp'): readonly StateCount[] {
  const counts = new Map<SocketState, number>();
  for (const row of rows) {
    if (row.protocol === protocol) counts.set(row.state, (counts.get(row.state) ?? 0) + 1);
  }
  return SOCKET_STATES.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [{ state, count }];
  });
}
