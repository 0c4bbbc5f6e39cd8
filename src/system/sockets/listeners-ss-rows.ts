import ipaddr from 'ipaddr.js';
import type { Family, IpAddress } from '../../domain/address.ts';
import type { Listener } from '../../domain/evidence.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';

/** `tcp LISTEN 0 128 [::]:22 [::]:* users:(("sshd",pid=1,fd=3)) ino:1 v6only:1`; without -u, ss leaves the first word out. */
const ROW = /^\s*(?:(tcp|udp)\s+)?(LISTEN|UNCONN)\s+(\d{1,10})\s+(\d{1,10})\s+(\S+)\s+(\S+)(?:\s(.*))?$/;
const OWNER = /\(\("((?:[^"\\]|\\.){1,64})",pid=(\d{1,10})\b/;
/** Before 2018 ss wrote the IPv6 wildcard without brackets, and `*` for that of IPv4 alone. */
const OLD_WILDCARD = /\s:::\d/;
const MOST_ROWS = 100_000;

/** Reads the listeners out of `ss -lntu`, with -p and -e where they were given. Lines that are no rows are skipped. */
export function parseSsListeners(output: string): readonly Listener[] {
  const isOld = isOldSs(output);
  const listeners: Listener[] = [];
  for (const line of output.split('\n')) {
    if (listeners.length === MOST_ROWS) break;
    const listener = parseSsRow(line, isOld);
    if (listener !== null) listeners.push(listener);
  }
  return listeners;
}

/** Whether this is the output of an ss that means IPv4 alone by `*`. */
export function isOldSs(output: string): boolean {
  return OLD_WILDCARD.test(output);
}

/** Reads one line of `ss`; null for what is no listener. */
export function parseSsRow(line: string, isOld: boolean): Listener | null {
  const [, netid, state, queue, limit, local = '', , details = ''] = ROW.exec(line) ?? [];
  const bound = boundTo(local, details, isOld);
  if (bound === null) return null;
  const isTcp = (netid ?? (state === 'LISTEN' ? 'tcp' : 'udp')) === 'tcp';
  const [, process = null, pid = null] = OWNER.exec(details) ?? [];
  return {
    protocol: isTcp ? 'tcp' : 'udp',
    ...bound,
    process,
    pid: pid === null ? null : Number(pid),
    acceptQueue: isTcp ? Number(queue) : null,
    backlog: isTcp ? Number(limit) : null,
  };
}

type Bound = Pick<Listener, 'family' | 'address' | 'port' | 'v6Only'>;

function boundTo(local: string, details: string, isOld: boolean): Bound | null {
  const [, text = '', portText = ''] = /^(.+):(\d{1,5})$/.exec(local) ?? [];
  const port = Number(portText);
  const bound = ssAddress(text, isOld);
  if (bound === null || port < 1 || port > 65_535) return null;
  return { ...bound, port, v6Only: bound.family === 4 ? null : ssV6Only(text, details) };
}

/** The address as ss writes it, with its brackets, its interface, or `*` for all; null for what is none. */
export function ssAddress(
  text: string,
  isOld: boolean,
): { readonly family: Family; readonly address: IpAddress } | null {
  if (text === '*') return isOld ? { family: 4, address: '0.0.0.0' } : { family: 6, address: '::' };
  const [, inBrackets, zone = ''] = /^\[(.*)\](%.+)?$/.exec(text) ?? [];
  const address = canonicalAddress(inBrackets === undefined ? text : `${inBrackets}${zone}`);
  if (address?.includes(':')) return unmapped(address);
  // `127.0.0.53%lo` is bound to an interface as well.
  const plain = canonicalAddress(text.replace(/%.*$/, ''));
  return plain === null ? null : { family: 4, address: plain };
}

/** A socket that is bound to an IPv4-mapped address (RFC 4291 2.5.5.2) serves IPv4 only. */
function unmapped(address: IpAddress): { readonly family: Family; readonly address: IpAddress } {
  if (!/^::ffff:/i.test(address)) return { family: 6, address };
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? { family: 4, address: parsed.toString() } : { family: 6, address };
}

/** What `v6only:` says, else what the wildcard does; null where neither does. */
export function ssV6Only(text: string, details: string): boolean | null {
  const word = /(?:^|\s)v6only:([01])/.exec(details)?.[1];
  if (word !== undefined) return word === '1';
  return text === '*' ? false : null;
}
