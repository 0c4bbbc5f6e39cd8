import type { Family } from '../domain/address.ts';
import { isListener, type SocketRow, type SocketState } from '../domain/socket.ts';

/** What is wanted of a machine's sockets; null: whatever it is. */
export type SocketFilter = {
  /** A name of a service may stand for another port in each protocol, and for none in one of them. */
  readonly port: { readonly tcp: number | null; readonly udp: number | null } | null;
  readonly families: readonly Family[];
  /** TCP that listens and UDP that takes from everybody. */
  readonly isListening: boolean;
  readonly states: readonly SocketState[] | null;
  readonly process: { readonly pid: number } | { readonly name: string } | null;
};

/** The sockets that are wanted: listeners first, then by port, protocol and addresses. */
export function selectSockets(rows: readonly SocketRow[], filter: SocketFilter): readonly SocketRow[] {
  return rows.filter((row) => matches(row, filter)).sort(inOrder);
}

function matches(row: SocketRow, { port, families, isListening, states, process }: SocketFilter): boolean {
  if (isListening && !isListener(row)) return false;
  if (states !== null && !states.includes(row.state)) return false;
  if (!families.includes(row.family) && !(families.includes(4) && takesBoth(row))) return false;
  if (port !== null) {
    const wanted = port[row.protocol];
    if (wanted === null || (row.local.port !== wanted && row.peer?.port !== wanted)) return false;
  }
  if (process === null) return true;
  return row.owners.some((owner) => ('pid' in process ? owner.pid === process.pid : owner.process === process.name));
}

/** A socket of IPv6 that is bound to all addresses takes IPv4 as well, unless it was told not to. */
function takesBoth(row: SocketRow): boolean {
  return row.local.address === '::' && isListener(row) && row.v6Only !== true;
}

function inOrder(a: SocketRow, b: SocketRow): number {
  return (
    Number(isListener(b)) - Number(isListener(a)) ||
    a.local.port - b.local.port ||
    compare(a.protocol, b.protocol) ||
    a.family - b.family ||
    compare(a.local.address, b.local.address) ||
    (a.peer?.port ?? 0) - (b.peer?.port ?? 0) ||
    compare(a.peer?.address ?? '', b.peer?.address ?? '') ||
    (a.inode ?? 0) - (b.inode ?? 0)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
