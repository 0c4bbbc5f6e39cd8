import type { Listener } from '../../domain/evidence.ts';
import type { SocketTable } from '../../domain/ports.ts';
import { isListener, type SocketListing, type SocketRow } from '../../domain/socket.ts';

/** The listeners of a listing, as `check` has them. */
export function listenersOf({ rows, counters, gaps }: SocketListing): SocketTable {
  const lacksDetails = gaps.some(({ kind }) => kind === 'no-socket-details');
  const listening = rows.flatMap((row) => listenerOf(row, lacksDetails));
  return {
    listening,
    missing: missingOf(rows, gaps),
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

function missingOf(rows: readonly SocketRow[], gaps: SocketListing['gaps']): string | null {
  const listeners = rows.filter(isListener);
  const hidden = (...reasons: readonly SocketRow['noOwner'][]) =>
    listeners.filter(({ noOwner }) => reasons.includes(noOwner)).length;
  const others = hidden('other-user');
  const elsewhere = hidden('hidden');
  const there = hidden('not-seen-there');
  const words = [
    gaps.some(({ kind }) => kind === 'no-socket-details') &&
      'neither netlink nor ss is to be had, so the limit of accept queues, v6-only sockets and bound interfaces are not known',
    gaps.some(({ kind }) => kind === 'not-on-this-system') &&
      'accept queues and v6-only sockets cannot be read on this system',
    others > 0 && `the process of ${others} sockets belongs to another user; root sees it`,
    elsewhere > 0 && `the process of ${elsewhere} sockets is not visible from here (another PID namespace)`,
    there > 0 && `the process of ${there} sockets is not visible to the user there; root sees those of others`,
  ];
  const said = words.filter((word) => word !== false);
  return said.length === 0 ? null : said.join('; ');
}
