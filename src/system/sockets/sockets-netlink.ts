import type { SocketsWanted } from '../../domain/socket.ts';
import { dump, openNetlink } from './netlink.ts';
import { type DiagQuestion, type DiagRow, decodeDiag, encodeDiagRequest } from './netlink-diag.ts';
import { addressReader } from './socket-address.ts';

const TABLES: readonly Omit<DiagQuestion, 'wanted'>[] = [
  { protocol: 'tcp', family: 4 },
  { protocol: 'tcp', family: 6 },
  { protocol: 'udp', family: 4 },
  { protocol: 'udp', family: 6 },
];

/** The TCP and UDP sockets of this network namespace by sock_diag(7); null where that way is not open, or was cut short. */
export async function readDiag(signal: AbortSignal, wanted: SocketsWanted): Promise<readonly DiagRow[] | null> {
  const netlink = await openNetlink();
  if (netlink === null) return null;
  const rows: DiagRow[] = [];
  const readAddress = addressReader();
  for (const table of TABLES) {
    const isWhole = await dump(
      netlink,
      encodeDiagRequest({ ...table, wanted }),
      (bytes) => {
        const batch = decodeDiag(bytes, table.protocol, readAddress);
        for (const row of batch.rows) rows.push(row);
        return batch.end.kind === 'error' ? 'failed' : batch.end.kind;
      },
      signal,
    );
    if (!isWhole) return null;
  }
  return rows;
}
