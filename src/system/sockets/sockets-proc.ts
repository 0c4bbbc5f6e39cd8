import type { SocketRow, SocketsWanted } from '../../domain/socket.ts';
import { runTool } from '../process/run-tool.ts';
import type { DiagRow } from './netlink-diag.ts';
import { stateOf } from './netlink-diag.ts';
import type { ProcNetRow } from './proc-net.ts';
import { readProcNet } from './proc-net-file.ts';
import { parseSsSockets } from './ss-sockets.ts';

const FILES = [
  ['/proc/net/tcp', 'tcp'],
  ['/proc/net/tcp6', 'tcp'],
  ['/proc/net/udp', 'udp'],
  ['/proc/net/udp6', 'udp'],
] as const;

/** The limit of an accept queue is not among what /proc tells; of the interface ss tells the name. */
export type ProcSocket = Omit<DiagRow, 'sendQueue'> & {
  readonly sendQueue: number | null;
  readonly interfaceName?: string | null;
};

/** `hasDetails`: what /proc lacks (limits of accept queues, v6-only, interfaces) was there from ss(8). */
export type ProcSockets = { readonly rows: readonly ProcSocket[]; readonly hasDetails: boolean };

/** The TCP and UDP sockets out of /proc/net. Rejects with the errno where that cannot be read. */
export async function readProcSockets(signal: AbortSignal, wanted: SocketsWanted): Promise<ProcSockets> {
  const running = runTool('ss', ['-H', '-l', '-n', '-t', '-u', '-e'], { signal });
  const tables = await Promise.all(
    FILES.map(async ([path, protocol]) => ({ protocol, rows: await readProcNet(path, protocol, wanted) })),
  );
  const ss = await running;
  const rows = ss.kind === 'done' ? parseSsSockets(ss.stdout) : [];
  const details = new Map(rows.map((row) => [row.inode, row]));
  return {
    rows: tables.flatMap(({ protocol, rows }) =>
      rows.flatMap((row) => {
        const socket = socketOf(row, protocol, details.get(row.inode));
        return socket === null ? [] : [socket];
      }),
    ),
    hasDetails: ss.kind === 'done' && ss.exitCode === 0,
  };
}

function socketOf(row: ProcNetRow, protocol: 'tcp' | 'udp', ss: SocketRow | undefined): ProcSocket | null {
  const state = stateOf(protocol, Number.parseInt(row.state, 16));
  if (state === null) return null;
  const { family, peerAddress, peerPort, receiveQueue, uid, inode, drops } = row;
  return {
    protocol,
    family,
    state,
    localAddress: row.address,
    localPort: row.port,
    peerAddress,
    peerPort,
    interfaceIndex: 0,
    interfaceName: ss?.interface ?? null,
    receiveQueue,
    sendQueue: state === 'listen' ? (ss?.backlog ?? null) : row.sendQueue,
    uid,
    inode,
    v6Only: ss?.v6Only ?? null,
    drops,
  };
}
