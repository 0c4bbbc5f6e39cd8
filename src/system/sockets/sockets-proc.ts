import { runTool } from '../process/run-tool.ts';
import type { SsRow } from './listeners-ss.ts';
import { parseSs } from './listeners-ss.ts';
import type { DiagRow } from './netlink-diag.ts';
import { stateOf } from './netlink-diag.ts';
import type { ProcNetRow } from './proc-net.ts';
import { readProcNet } from './proc-net-file.ts';

const FILES = [
  ['/proc/net/tcp', 'tcp'],
  ['/proc/net/tcp6', 'tcp'],
  ['/proc/net/udp', 'udp'],
  ['/proc/net/udp6', 'udp'],
] as const;

/** The limit of an accept queue is not among what /proc tells. */
export type ProcSocket = Omit<DiagRow, 'sendQueue'> & { readonly sendQueue: number | null };

/** `hasDetails`: what /proc lacks (limits of accept queues, v6-only) was there from ss(8). */
export type ProcSockets = { readonly rows: readonly ProcSocket[]; readonly hasDetails: boolean };

/** All TCP and UDP sockets out of /proc/net. Rejects with the errno where that cannot be read. */
export async function readProcSockets(signal: AbortSignal): Promise<ProcSockets> {
  const running = runTool('ss', ['-H', '-l', '-n', '-t', '-u', '-e'], { signal });
  const tables = await Promise.all(
    FILES.map(async ([path, protocol]) => ({ protocol, rows: await readProcNet(path, protocol, 'all') })),
  );
  const ss = await running;
  const details = ss.kind === 'done' ? parseSs(ss.stdout) : new Map<number, SsRow>();
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

function socketOf(row: ProcNetRow, protocol: 'tcp' | 'udp', ss: SsRow | undefined): ProcSocket | null {
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
    receiveQueue,
    sendQueue: state === 'listen' ? (ss?.backlog ?? null) : row.sendQueue,
    uid,
    inode,
    v6Only: ss?.v6Only ?? null,
    drops,
  };
}
