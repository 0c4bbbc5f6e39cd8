import type { SocketEnd, SocketOwner, SocketRow, SocketState } from '../../domain/socket.ts';
import { isInterfaceName } from '../../text/interface-name.ts';
import { isOldSs, ssAddress, ssV6Only } from './ss-address.ts';

/**
 * `tcp ESTAB 0 0 10.0.0.1:22 10.0.0.9:50000 users:(("sshd",pid=1,fd=3)) ino:1 sk:2 <->`. Where only one protocol was
 * asked for, ss leaves the first word out.
 */
const ROW = /^\s*(?:(tcp|udp)\s+)?([A-Z][A-Z0-9-]+)\s+(\d{1,10})\s+(\d{1,10})\s+(\S+)\s+(\S+)(?:\s(.*))?$/;
const USERS = /(?:^|\s)users:\((?=\()/;
/**
 * A name is at most 15 bytes (TASK_COMM_LEN of the kernel), with escapes more, and stands there whatever it imitates: it
 * ends where what follows is whole, up to the next owner or the end of the list. None is long enough to imitate both.
 */
const OWNER = /\("(.{1,32}?)",pid=(\d{1,10}),fd=\d{1,10}\)(?:,(?=\(")|\)(?=\s|$))/y;
const MOST_ROWS = 100_000;

const STATES: Readonly<Record<string, SocketState>> = {
  LISTEN: 'listen',
  UNCONN: 'unconnected',
  ESTAB: 'established',
  'SYN-SENT': 'syn-sent',
  'SYN-RECV': 'syn-recv',
  'FIN-WAIT-1': 'fin-wait-1',
  'FIN-WAIT-2': 'fin-wait-2',
  'CLOSE-WAIT': 'close-wait',
  'LAST-ACK': 'last-ack',
  CLOSING: 'closing',
  'TIME-WAIT': 'time-wait',
};

/** Reads every row of `ss -tuane` or `ss -tulne`, with -p or without, and of old versions as well. Lines that are no rows are skipped. */
export function parseSsSockets(output: string): readonly SocketRow[] {
  const isOld = isOldSs(output);
  const rows: SocketRow[] = [];
  for (const line of output.split('\n')) {
    if (rows.length === MOST_ROWS) break;
    const row = parseSsRow(line, isOld);
    if (row !== null) rows.push(row);
  }
  return rows;
}

/** Reads one line of ss; null for what is no row, or may be one of either protocol. */
export function parseSsRow(line: string, isOld: boolean): SocketRow | null {
  const [, netid, word = '', received, sent, local = '', remote = '', details = ''] = ROW.exec(line) ?? [];
  const protocol = protocolOf(netid, word);
  const named = Object.hasOwn(STATES, word) ? (STATES[word] ?? null) : null;
  // Of UDP, UNCONN is a socket without a peer; of TCP, one that is closed.
  const state = named === 'unconnected' && protocol === 'tcp' ? 'closed' : named;
  const here = endOf(local, isOld);
  if (protocol === null || state === null || here === null) return null;
  const isListener = state === 'listen';
  const peer = isListener || state === 'unconnected' ? null : endOf(remote, isOld);
  const { owners, rest } = ownersOf(details);
  const inode = numberOf(/(?:^|\s)ino:(\d{1,15})/.exec(rest)?.[1]);
  return {
    protocol,
    family: here.address.includes(':') ? 6 : 4,
    state,
    local: here,
    peer,
    interface: boundTo(local),
    v6Only: here.address === '::' && peer === null ? ssV6Only(local.replace(/:\d+$/, ''), rest) : null,
    ...queuesOf(isListener, Number(received), Number(sent)),
    drops: null,
    uid: uidOf(rest, inode),
    user: null,
    inode,
    owners,
    noOwner: owners.length > 0 ? null : isKernels(state, inode) ? 'kernel' : 'not-seen-there',
  };
}

function protocolOf(netid: string | undefined, state: string): 'tcp' | 'udp' | null {
  if (netid === 'tcp' || netid === 'udp') return netid;
  return state === 'LISTEN' ? 'tcp' : state === 'UNCONN' ? 'udp' : null;
}

function queuesOf(isListener: boolean, received: number, sent: number) {
  return isListener
    ? { acceptQueue: received, backlog: sent, receiveQueue: null, sendQueue: null }
    : { acceptQueue: null, backlog: null, receiveQueue: received, sendQueue: sent };
}

/** ss leaves root's number out. */
function uidOf(details: string, inode: number | null): number | null {
  if (inode === null || inode === 0) return null;
  return numberOf(/(?:^|\s)uid:(\d{1,10})/.exec(details)?.[1]) ?? 0;
}

function isKernels(state: SocketState, inode: number | null): boolean {
  return inode === 0 || (inode === null && state === 'time-wait');
}

function endOf(text: string, isOld: boolean): SocketEnd | null {
  const [, host = '', portText = ''] = /^(.+):(\d{1,5}|\*)$/.exec(text) ?? [];
  const known = ssAddress(host, isOld);
  const port = portText === '*' ? 0 : Number(portText);
  return known === null || port > 65_535 ? null : { address: known.address, port };
}

/** Lowest pid first, each once, and what is said behind them. */
function ownersOf(details: string): { readonly owners: readonly SocketOwner[]; readonly rest: string } {
  const begin = USERS.exec(details);
  if (begin === null) return { owners: [], rest: details };
  const byPid = new Map<number, SocketOwner>();
  const owner = new RegExp(OWNER);
  owner.lastIndex = begin.index + begin[0].length;
  let end = owner.lastIndex;
  for (let found = owner.exec(details); found !== null; found = owner.exec(details)) {
    const [, process = '', pid = ''] = found;
    byPid.set(Number(pid), { pid: Number(pid), process, unit: null, container: null });
    end = owner.lastIndex;
    if (details[end - 1] === ')') break;
  }
  // What names say is none of what follows them.
  return {
    owners: [...byPid.values()].sort((a, b) => a.pid - b.pid),
    rest: details.slice(0, begin.index) + details.slice(end),
  };
}

function boundTo(local: string): string | null {
  const name = /^[^%]*%([^\]%:]+)/.exec(local)?.[1] ?? null;
  return name !== null && isInterfaceName(name) ? name : null;
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
