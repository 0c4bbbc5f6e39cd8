import type { Listener } from '../../domain/evidence.ts';
import type { SocketLister, SocketRow } from '../../domain/socket.ts';
import { parseListenCounters } from '../sockets/listen-counters.ts';
import { stateOf } from '../sockets/netlink-diag.ts';
import { readPastedSockets } from '../sockets/pasted/sockets.ts';
import { type ProcNetRow, parseProcNetRow } from '../sockets/proc-net.ts';
import { parseSsSockets } from '../sockets/ss-sockets.ts';
import { sectionsOf } from './sockets-script.ts';

const FILES = [
  ['tcp', 'tcp'],
  ['tcp6', 'tcp'],
  ['udp', 'udp'],
  ['udp6', 'udp'],
] as const;

const MOST_ROWS = 100_000;
const LONGEST_NAME = 64;

/** Machines whose kernel prints addresses in network order, by what uname(1) calls them. */
const BIG_ENDIAN = /^Linux (?:s390x?|ppc(?:64)?|mips(?:64)?|sparc(?:64)?|armv\w*b|parisc(?:64)?|m68k)$/m;

/** Reads what the sockets script wrote on a vantage; every byte of it may be anything. `where`: the vantage as it is written. */
export function readVantageSockets(output: string, where: string): Awaited<ReturnType<SocketLister['list']>> {
  const sections = sectionsOf(output);
  if (!sections.has('end')) {
    return {
      unavailable: { reason: 'not-supported', obstacles: [{ code: 'vantage-script-not-run', place: where }] },
    };
  }
  const counters = parseListenCounters(sections.get('counters') ?? '');
  if (sections.has('whole')) {
    return { method: 'system', rows: parseSsSockets(sections.get('ss') ?? ''), counters, gaps: [] };
  }
  if (sections.has('tcp')) {
    return { method: 'proc', rows: procRows(sections), counters, gaps: [{ kind: 'no-socket-details' }] };
  }
  const listening = readPastedSockets(sections.get('netstat') ?? '')?.listening ?? [];
  // No machine that has a shell over the network has no socket at all.
  if (listening.length > 0) {
    const gap = { kind: 'not-on-this-system', columns: ['user', 'queues', 'backlog', 'v6-only'] } as const;
    return { method: 'system', rows: listening.map(rowOfNetstat), counters, gaps: [gap] };
  }
  const obstacles = [{ code: 'vantage-without-sockets', place: where }] as const;
  return { unavailable: { reason: 'not-supported', obstacles } };
}

function procRows(sections: ReadonlyMap<string, string>): readonly SocketRow[] {
  const byteOrder = BIG_ENDIAN.test(sections.get('system') ?? '') ? 'BE' : 'LE';
  const owners = ownersThere(sections.get('fds') ?? '', sections.get('names') ?? '');
  return FILES.flatMap(([file, protocol]) =>
    (sections.get(file) ?? '').split('\n').flatMap((line) => {
      const row = parseProcNetRow(line, byteOrder);
      return row === null ? [] : rowOf(row, protocol, owners.get(row.inode));
    }),
  ).slice(0, MOST_ROWS);
}

const NOTHING_KNOWN = {
  interface: null,
  v6Only: null,
  acceptQueue: null,
  backlog: null,
  receiveQueue: null,
  sendQueue: null,
  drops: null,
  uid: null,
  user: null,
  inode: null,
} as const;

function rowOf(row: ProcNetRow, protocol: 'tcp' | 'udp', owner: Owner | undefined): readonly SocketRow[] {
  const state = stateOf(protocol, Number.parseInt(row.state, 16));
  if (state === null) return [];
  const isListener = state === 'listen';
  const hasPeer = !isListener && state !== 'unconnected';
  const { family, inode } = row;
  return [
    {
      ...NOTHING_KNOWN,
      protocol,
      family,
      state,
      local: { address: row.address, port: row.port },
      peer: hasPeer ? { address: row.peerAddress, port: row.peerPort } : null,
      acceptQueue: isListener ? row.receiveQueue : null,
      receiveQueue: isListener ? null : row.receiveQueue,
      sendQueue: isListener ? null : row.sendQueue,
      drops: row.drops,
      uid: inode === 0 ? null : row.uid,
      inode,
      owners: owner === undefined ? [] : [{ ...owner, unit: null, container: null }],
      noOwner: owner !== undefined ? null : inode === 0 ? 'kernel' : 'not-seen-there',
    },
  ];
}

/** netstat(1) of the BSDs and macOS names no process. */
function rowOfNetstat({ protocol, family, address, port, v6Only, acceptQueue }: Listener): SocketRow {
  const state = protocol === 'tcp' ? 'listen' : 'unconnected';
  const place = { protocol, family, state, local: { address, port }, peer: null } as const;
  return { ...NOTHING_KNOWN, ...place, v6Only, acceptQueue, owners: [], noOwner: 'not-told' };
}

type Owner = { readonly pid: number; readonly process: string };

/** By inode, from `ls -l /proc/PID/fd` (`/proc/7/fd:`, then `… 3 -> socket:[123]`) and the names of the processes. */
function ownersThere(fds: string, names: string): ReadonlyMap<number, Owner> {
  const nameOf = new Map<number, string>();
  for (const [, pid = '', name = ''] of names.matchAll(/^\/proc\/(\d{1,10}) (.+)$/gm)) {
    nameOf.set(Number(pid), name.slice(0, LONGEST_NAME));
  }
  const owners = new Map<number, Owner>();
  let pid: number | null = null;
  for (const line of fds.split('\n')) {
    const folder = /^\/proc\/(\d{1,10})\/fd:$/.exec(line)?.[1];
    if (folder !== undefined) pid = Number(folder);
    const inode = Number(/-> '?socket:\[(\d{1,20})\]/.exec(line)?.[1] ?? Number.NaN);
    if (pid === null || Number.isNaN(inode) || owners.has(inode)) continue;
    owners.set(inode, { pid, process: nameOf.get(pid) ?? '?' });
  }
  return owners;
}
