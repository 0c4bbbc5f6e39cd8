import type { Listener } from '../../domain/evidence.ts';
import type { Obstacle, ObstacleCode } from '../../domain/obstacle.ts';
import type { SocketTable } from '../../domain/ports.ts';
import { isListener, type SocketListing, type SocketRow } from '../../domain/socket.ts';

/** The listeners of a listing, as `check` has them. */
export function listenersOf({ rows, counters, gaps }: SocketListing): SocketTable {
  const lacksDetails = gaps.some(({ kind }) => kind === 'no-socket-details');
  const listening = rows.flatMap((row) => listenerOf(row, lacksDetails));
  return {
    listening,
    gaps: gapsOf(rows, gaps),
    ...(lacksDetails && counters !== null ? { listenOverflows: counters.overflows } : {}),
  };
}

/** The row as a listener: none where it does not listen. Without the details nothing is known of its interface. */
export function listenerOf(row: SocketRow, lacksDetails = false): readonly Listener[] {
  if (!isListener(row)) return [];
  const { protocol, family, local, v6Only, acceptQueue, backlog, owners } = row;
  const { process, pid } = owners[0] ?? { process: null, pid: null };
  const listener = { protocol, family, ...local, v6Only, process: process === '?' ? null : process, pid };
  return [{ ...listener, acceptQueue, backlog, ...(lacksDetails ? {} : { interface: row.interface }) }];
}

function gapsOf(rows: readonly SocketRow[], gaps: SocketListing['gaps']): readonly Obstacle[] {
  const hidden = rows.filter(isListener).map(({ noOwner }) => noOwner);
  const owners = (code: ObstacleCode, noOwner: SocketRow['noOwner']): readonly Obstacle[] => {
    const count = hidden.filter((each) => each === noOwner).length;
    return count === 0 ? [] : [{ code, count }];
  };
  const columns = (code: ObstacleCode, wanted: SocketListing['gaps'][number]['kind']): readonly Obstacle[] =>
    gaps.some(({ kind }) => kind === wanted) ? [{ code }] : [];
  return [
    ...columns('socket-details-unknown', 'no-socket-details'),
    ...columns('socket-columns-unknown', 'not-on-this-system'),
    ...owners('owners-of-other-users', 'other-user'),
    ...owners('owners-in-other-namespace', 'hidden'),
    ...owners('owners-hidden-there', 'not-seen-there'),
  ];
}
