import { bindScopeOf } from '../../domain/bind-scope.ts';
import type { NoOwner, SocketLister, SocketRow, SocketsWanted } from '../../domain/socket.ts';
import { interfaceNames } from '../host/interfaces/interface-names.ts';
import { runTool } from '../process/run-tool.ts';
import { listenCounters } from './listen-counters.ts';
import { allOwnersOf, type SocketOwners } from './socket-owners.ts';
import { readDiag } from './sockets-netlink.ts';
import { type ProcSocket, readProcSockets } from './sockets-proc.ts';
import { parseSsSockets } from './ss-sockets.ts';
import { userNames } from './user-names.ts';

type Names = {
  readonly owners: SocketOwners['byInode'];
  readonly users: ReadonlyMap<number, string>;
  readonly interfaces: ReadonlyMap<number, string>;
  /** Whether all processes that this user may look into were looked through. */
  readonly isWhole: boolean;
};

/** What one of the ways to the kernel's table gave. */
type Table = {
  readonly method: 'netlink' | 'proc';
  readonly rows: readonly ProcSocket[];
  readonly hasDetails: boolean;
};

const ENDED = { reason: 'not-answered', obstacles: [{ code: 'run-over' }] } as const;

/** The sockets of this machine's network namespace: by netlink, else from /proc and ss, else from ss; the processes always from /proc. */
export const listLinuxSockets: SocketLister['list'] = async (signal, wanted) => {
  let table: Table;
  try {
    table = await readTable(signal, wanted);
  } catch (error) {
    const rows = await readSs(signal, wanted);
    if (rows.length > 0) return { method: 'system', rows, counters: null, gaps: [] };
    const obstacles = [{ code: 'socket-table-unreadable', said: (error as Error).message }] as const;
    return { unavailable: { reason: 'not-permitted', obstacles } };
  }
  if (signal.aborted && table.rows.length === 0) return { unavailable: ENDED };
  const inodes = new Set(table.rows.map(({ inode }) => inode));
  const [{ byInode, isWhole }, users, counters, interfaces] = await Promise.all([
    allOwnersOf(inodes, signal),
    userNames(),
    listenCounters(),
    interfaceNames(),
  ]);
  const names: Names = { owners: byInode, users, interfaces, isWhole };
  return {
    method: table.method,
    rows: table.rows.map((row) => rowOf(row, names)),
    counters,
    gaps: table.hasDetails ? [] : [{ kind: 'no-socket-details' }],
  };
};

/** Where neither netlink nor /proc is open, as in a sandbox; ss has its own ways. */
async function readSs(signal: AbortSignal, wanted: SocketsWanted): Promise<readonly SocketRow[]> {
  const flags = ['-H', wanted === 'all' ? '-a' : '-l', '-n', '-t', '-u', '-e', '-p'];
  const ss = await runTool('ss', flags, { signal });
  return ss.kind === 'done' ? parseSsSockets(ss.stdout) : [];
}

async function readTable(signal: AbortSignal, wanted: SocketsWanted): Promise<Table> {
  const rows = await readDiag(signal, wanted);
  if (signal.aborted && rows === null) return { method: 'netlink', rows: [], hasDetails: true };
  if (rows !== null) return { method: 'netlink', rows, hasDetails: true };
  return { method: 'proc', ...(await readProcSockets(signal, wanted)) };
}

function rowOf(row: ProcSocket, names: Names): SocketRow {
  const { users, interfaces } = names;
  const owners = names.owners.get(row.inode) ?? [];
  const isListener = row.state === 'listen';
  const hasPeer = !isListener && row.state !== 'unconnected';
  const device = row.interfaceName ?? interfaces.get(row.interfaceIndex) ?? null;
  const isWildcard = row.localAddress === '::';
  return {
    protocol: row.protocol,
    family: row.family,
    state: row.state,
    local: { address: zoned(row.localAddress, device), port: row.localPort },
    peer: hasPeer ? { address: zoned(row.peerAddress, device), port: row.peerPort } : null,
    interface: device,
    v6Only: isWildcard && !hasPeer ? row.v6Only : null,
    acceptQueue: isListener ? row.receiveQueue : null,
    backlog: isListener ? row.sendQueue : null,
    receiveQueue: isListener ? null : row.receiveQueue,
    sendQueue: isListener ? null : row.sendQueue,
    drops: isListener || row.protocol === 'udp' ? row.drops : null,
    // A socket that nobody owns any more is counted as root's.
    uid: row.inode === 0 ? null : row.uid,
    user: row.inode === 0 ? null : (users.get(row.uid) ?? null),
    inode: row.inode,
    owners,
    noOwner: owners.length > 0 ? null : whyNobody(row, names.isWhole),
  };
}

/** A link-local IPv6 address is good together with its interface only. */
function zoned(address: string, device: string | null): string {
  return device !== null && address.includes(':') && bindScopeOf(address) === 'link-local'
    ? `${address}%${device}`
    : address;
}

function whyNobody({ inode, uid }: ProcSocket, isWhole: boolean): NoOwner {
  if (inode === 0) return 'kernel';
  if (!isWhole) return 'not-searched';
  const own = process.geteuid?.();
  return own !== 0 && uid !== own ? 'other-user' : 'hidden';
}
