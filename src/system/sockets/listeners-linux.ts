import type { Listener } from '../../domain/evidence.ts';
import type { SocketTable } from '../../domain/ports.ts';
import type { ToolResult } from '../process/run-tool.ts';
import { runTool } from '../process/run-tool.ts';
import type { Owner } from './listeners-owners.ts';
import { ownersOf } from './listeners-owners.ts';
import type { SsRow } from './listeners-ss.ts';
import { parseSs } from './listeners-ss.ts';
import type { ProcNetRow } from './proc-net.ts';
import { readProcNet } from './proc-net-file.ts';

const FILES = [
  ['/proc/net/tcp', 'tcp'],
  ['/proc/net/tcp6', 'tcp'],
  ['/proc/net/udp', 'udp'],
  ['/proc/net/udp6', 'udp'],
] as const;

type Row = ProcNetRow & { readonly protocol: 'tcp' | 'udp' };

/**
 * Sockets and their queues from /proc/net, their processes from /proc, and what only netlink tells (the queue's limit,
 * v6-only) from ss(8) where it is installed.
 */
export async function readLinuxListeners(signal: AbortSignal): Promise<SocketTable> {
  const running = runTool('ss', ['-H', '-l', '-n', '-t', '-u', '-e'], { signal });
  let rows: readonly Row[];
  try {
    rows = (await Promise.all(FILES.map(([path, protocol]) => rowsOf(path, protocol)))).flat();
  } catch (error) {
    const hint = `The kernel's socket table cannot be read: ${(error as Error).message}`;
    return { unavailable: { reason: 'not-permitted', hint } };
  }
  const inodes = new Set(rows.flatMap(({ inode }) => (inode === 0 ? [] : [inode])));
  const [owners, ss] = await Promise.all([ownersOf(inodes, signal), running]);
  const details = ss.kind === 'done' ? parseSs(ss.stdout) : new Map<number, SsRow>();
  return {
    listening: rows.map((row) => listenerOf(row, owners.get(row.inode), details.get(row.inode))),
    missing: missingOf(ss, inodes.size - owners.size),
  };
}

async function rowsOf(path: string, protocol: 'tcp' | 'udp'): Promise<readonly Row[]> {
  return (await readProcNet(path, protocol)).map((row) => ({ ...row, protocol }));
}

function listenerOf(row: Row, owner: Owner | undefined, ss: SsRow | undefined): Listener {
  const isTcp = row.protocol === 'tcp';
  return {
    protocol: row.protocol,
    family: row.family,
    address: row.address,
    port: row.port,
    v6Only: row.family === 6 ? (ss?.v6Only ?? null) : null,
    process: owner?.process ?? null,
    pid: owner?.pid ?? null,
    acceptQueue: isTcp ? row.receiveQueue : null,
    backlog: isTcp ? (ss?.backlog ?? null) : null,
  };
}

function missingOf(ss: ToolResult, ownerless: number): string | null {
  const words = [
    ss.kind === 'missing' && 'ss is not installed, so the limit of accept queues and v6-only sockets are not known',
    ss.kind !== 'missing' &&
      ss.kind !== 'done' &&
      'ss did not answer, so the limit of accept queues and v6-only sockets are not known',
    ownerless > 0 &&
      (process.getuid?.() === 0
        ? `the process of ${ownerless} sockets is not visible from here (another PID namespace)`
        : `the process of ${ownerless} sockets belongs to another user; root sees it`),
  ];
  const said = words.filter((word) => word !== false);
  return said.length === 0 ? null : said.join('; ');
}
