import { bundleOf } from './bundle.ts';
import { startChild } from './child.ts';
import { run } from './exec.ts';
import type { Namespace } from './namespaces.ts';

/** A program with many kinds of sockets, or with many sockets. `title` becomes the name of its process. */
export type Machine =
  | {
      readonly kind: 'rich';
      readonly title: string;
      /** Addresses of this machine, and one whose port 7999 says nothing. */
      readonly own: string;
      readonly linkLocal: string;
      readonly silent: string;
    }
  | {
      readonly kind: 'crowd';
      readonly title: string;
      readonly listeners?: { readonly from: number; readonly count: number };
      readonly connections?: { readonly to: number; readonly ports: number; readonly count: number };
    };

/** Runs it in a namespace until the test ends. Settles when all of its sockets are there. */
export async function openSockets(namespace: Namespace, machine: Machine): Promise<void> {
  await startChild(namespace, bundleOf('sockets'), machine);
}

/** A socket as one line: protocol, state, queues, both ends as ss writes them, and the processes that hold it. */
export type SocketLine = string;

const STATES: Readonly<Record<string, string>> = {
  ESTAB: 'established',
  UNCONN: 'unconnected',
};

/** What ss(8) lists. */
export async function socketsBySs(namespace: Namespace): Promise<readonly SocketLine[]> {
  const { stdout, exitCode, stderr } = await run(namespace, ['ss', '-H', '-t', '-u', '-a', '-n', '-p', '-O']);
  if (exitCode !== 0) throw new Error(`ss: ${stderr}`);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [protocol, state = '', received, sent, local = '', peer = '', ...users] = line.split(/\s+/);
    const pids = [...new Set([...users.join(' ').matchAll(/,pid=(\d+),fd=/g)].map((match) => Number(match[1])))];
    const name = STATES[state] ?? state.toLowerCase();
    const to = peer.endsWith(':*') ? '' : plain(peer);
    return socketLine([protocol ?? '', name, received ?? '', sent ?? '', plain(local), to], pids);
  });
}

/** ss writes an IPv4-mapped address with its prefix. */
function plain(end: string): string {
  return end.replace(/^\[::ffff:([\d.]+)\]/, '$1');
}

type Row = {
  readonly protocol: string;
  readonly state: string;
  readonly local: { readonly address: string; readonly port: number };
  readonly peer: { readonly address: string; readonly port: number } | null;
  readonly interface: string | null;
  readonly v6Only: boolean | null;
  readonly acceptQueue: number | null;
  readonly backlog: number | null;
  readonly receiveQueue: number | null;
  readonly sendQueue: number | null;
  readonly owners: readonly { readonly pid: number }[];
};

/** What `netwhy ports --json` lists, in the same words. */
export function socketsOfDocument(document: { readonly sockets: readonly Row[] }): readonly SocketLine[] {
  return document.sockets.map((row) => {
    const received = row.acceptQueue ?? row.receiveQueue ?? 0;
    const sent = row.backlog ?? row.sendQueue ?? 0;
    const local = row.v6Only === false ? `*:${row.local.port}` : endOf(row.local, row.interface);
    const peer = row.peer === null ? '' : endOf(row.peer, null);
    return socketLine(
      [row.protocol, row.state, `${received}`, `${sent}`, local, peer],
      row.owners.map(({ pid }) => pid),
    );
  });
}

function endOf({ address, port }: Row['local'], device: string | null): string {
  const [bare = ''] = address.split('%');
  const host = bare.includes(':') ? `[${bare}]` : bare;
  return `${host}${device === null ? '' : `%${device}`}:${port}`;
}

function socketLine(parts: readonly string[], pids: readonly number[]): SocketLine {
  return [...parts, [...pids].sort((a, b) => a - b).join(',')].join(' ');
}
