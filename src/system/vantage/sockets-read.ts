import type { Listener } from '../../domain/evidence.ts';
import type { SocketTable } from '../../domain/ports.ts';
import { parseSsListeners } from '../sockets/listeners-ss-rows.ts';
import { readPastedSockets } from '../sockets/pasted/sockets.ts';
import { type ProcNetRow, parseProcNetRow } from '../sockets/proc-net.ts';
import { sectionsOf } from './sockets-script.ts';

const FILES = [
  ['tcp', 'tcp'],
  ['tcp6', 'tcp'],
  ['udp', 'udp'],
  ['udp6', 'udp'],
] as const;

const LISTEN = '0A';
const CLOSE = '07';
const MOST_ROWS = 100_000;
const LONGEST_NAME = 64;

/** Machines whose kernel prints addresses in network order, by what uname(1) calls them. */
export const BIG_ENDIAN = /^Linux (?:s390x?|ppc(?:64)?|mips(?:64)?|sparc(?:64)?|armv\w*b|parisc(?:64)?|m68k)$/m;

/** Reads what the sockets script wrote on a vantage; every byte of it may be anything. `where` names it in the words. */
export function readVantageSockets(output: string, where: string): SocketTable {
  const sections = sectionsOf(output);
  if (!sections.has('end')) {
    return {
      unavailable: { reason: 'not-supported', hint: `the shell of ${where} did not run what was asked of it.` },
    };
  }
  if (sections.has('whole')) {
    const listening = parseSsListeners(sections.get('ss') ?? '');
    return { listening, missing: ownerless(listening) };
  }
  if (!sections.has('tcp')) {
    const listening = readPastedSockets(sections.get('netstat') ?? '')?.listening ?? [];
    // No machine that has a shell over the network has no socket at all.
    if (listening.length > 0) return { listening, missing: 'netstat there tells no queues and no processes' };
    const hint = `none of ss, /proc/net and netstat is to be had on ${where}.`;
    return { unavailable: { reason: 'not-supported', hint } };
  }
  const listening = fromProc(sections);
  const limits = 'ss is not installed there, so the limit of accept queues and v6-only sockets are not known';
  const owners = ownerless(listening);
  const overflows = listenOverflows(sections.get('counters') ?? '');
  return {
    listening,
    missing: owners === null ? limits : `${limits}; ${owners}`,
    ...(overflows === null ? {} : { listenOverflows: overflows }),
  };
}

function fromProc(sections: ReadonlyMap<string, string>): readonly Listener[] {
  const byteOrder = BIG_ENDIAN.test(sections.get('system') ?? '') ? 'BE' : 'LE';
  const owners = ownersThere(sections.get('fds') ?? '', sections.get('names') ?? '');
  return FILES.flatMap(([file, protocol]) =>
    (sections.get(file) ?? '')
      .split('\n')
      .map((line) => parseProcNetRow(line, byteOrder))
      .filter((row) => row !== null)
      .filter(({ state }) => state === (protocol === 'tcp' ? LISTEN : CLOSE))
      .map((row) => listenerOf(row, protocol, owners.get(row.inode))),
  ).slice(0, MOST_ROWS);
}

function listenerOf(row: ProcNetRow, protocol: 'tcp' | 'udp', owner: Owner | undefined): Listener {
  return {
    protocol,
    family: row.family,
    address: row.address,
    port: row.port,
    v6Only: null,
    process: owner?.process ?? null,
    pid: owner?.pid ?? null,
    acceptQueue: protocol === 'tcp' ? row.receiveQueue : null,
    backlog: null,
  };
}

type Owner = { readonly pid: number; readonly process: string };

/** By inode, from `ls -l /proc/PID/fd` (`/proc/7/fd:`, then `… 3 -> socket:[123]`) and the names of the processes. */
export function ownersThere(fds: string, names: string): ReadonlyMap<number, Owner> {
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

function ownerless(listening: readonly Listener[]): string | null {
  const count = listening.filter(({ pid }) => pid === null).length;
  if (count === 0) return null;
  return `the process of ${count} sockets is not visible to the user there; root sees those of others`;
}

/** `ListenOverflows` of /proc/net/netstat: a line of names, then one of numbers. */
function listenOverflows(text: string): number | null {
  const [names = '', numbers = ''] = text.split('\n').filter((line) => line.startsWith('TcpExt:'));
  const value = numbers.split(' ')[names.split(' ').indexOf('ListenOverflows')] ?? '';
  return /^\d{1,15}$/.test(value) ? Number(value) : null;
}
