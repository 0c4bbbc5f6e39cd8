import type { Family, IpAddress } from './address.ts';
import type { SocketsUnavailable } from './evidence.ts';

/** RFC 9293 3.3.2, with the kernel's hyphens; `unconnected`: a UDP socket that takes from everybody. */
export const SOCKET_STATES = [
  'listen',
  'unconnected',
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'close-wait',
  'last-ack',
  'closing',
  'time-wait',
  'closed',
] as const;

export type SocketState = (typeof SOCKET_STATES)[number];

/** `port` 0: none, as the peer of a listener. A link-local address carries its interface where that is known. */
export type SocketEnd = { readonly address: IpAddress; readonly port: number };

/** A process that holds a socket. `unit`: of systemd. `container`: its runtime and the short form of its number, or its name. */
export type SocketOwner = {
  readonly pid: number;
  readonly process: string;
  readonly unit: string | null;
  readonly container: string | null;
};

/**
 * `kernel`: no process holds it (TIME-WAIT, closed by its program, not accepted yet). `other-user`: only root sees who
 * does. `hidden`: its process lives where this one does not see, another PID namespace for instance. `not-searched`: it
 * ended before all processes were looked through. `not-told`: this system does not say.
 * `not-seen-there`: the user of the vantage may not see it, or the vantage has no way to tell.
 */
export type NoOwner = 'kernel' | 'other-user' | 'hidden' | 'not-searched' | 'not-told' | 'not-seen-there';

/** One TCP or UDP socket. null: it has none, or it could not be seen, and the listing says why. */
export type SocketRow = {
  readonly protocol: 'tcp' | 'udp';
  /** Of the traffic: a socket that is bound to an IPv4-mapped address (RFC 4291 2.5.5.2) carries IPv4. */
  readonly family: Family;
  readonly state: SocketState;
  readonly local: SocketEnd;
  /** null of a listener and of an unconnected socket. */
  readonly peer: SocketEnd | null;
  /** The one interface that it is bound to (SO_BINDTODEVICE, or a link-local address). */
  readonly interface: string | null;
  /** Of an IPv6 socket that is bound to all addresses: whether it takes no IPv4. */
  readonly v6Only: boolean | null;
  /** Of a listener: connections that wait to be accepted, and how many may. */
  readonly acceptQueue: number | null;
  readonly backlog: number | null;
  /** Bytes that wait to be read and to be sent or acknowledged; null of a listener. */
  readonly receiveQueue: number | null;
  readonly sendQueue: number | null;
  /** Of a listener: connections that it dropped, since it was opened. Of a UDP socket: datagrams. */
  readonly drops: number | null;
  readonly uid: number | null;
  readonly user: string | null;
  /** 0: the kernel's own, as in TIME-WAIT. */
  readonly inode: number | null;
  /** Lowest pid first. */
  readonly owners: readonly SocketOwner[];
  /** Why it has no owner; null where it has one. */
  readonly noOwner: NoOwner | null;
};

/** TcpExt of /proc/net/netstat, since the network namespace was made: connections lost for a full accept queue, and for any reason. */
export type ListenCounters = { readonly overflows: number; readonly drops: number };

/** Why something of the rows is not known, as a fact: each face has its own words for it. */
export type SocketGap =
  | { readonly kind: 'no-owner'; readonly why: NoOwner; readonly sockets: number }
  /** Neither netlink nor ss: no limit of accept queues, no v6-only, no interface. */
  | { readonly kind: 'no-socket-details' }
  /** What this system does not tell. */
  | { readonly kind: 'not-on-this-system'; readonly columns: readonly ('user' | 'queues' | 'backlog' | 'v6-only')[] };

export type SocketListing = {
  readonly method: 'netlink' | 'proc' | 'system';
  readonly rows: readonly SocketRow[];
  readonly counters: ListenCounters | null;
  /** Of the listing as a whole; what single rows lack they say themselves. */
  readonly gaps: readonly SocketGap[];
};

/** All sockets of one machine; `host` is `local`, or a vantage as it was named. */
export type SocketLister = {
  readonly host: string;
  /** The command that a person would type to see the same; `port` null for all. */
  equivalent(port: number | null, isListening: boolean): string;
  /** Never rejects; settles soon after the signal aborts, with what is known. */
  list(
    signal: AbortSignal,
    wanted: SocketsWanted,
  ): Promise<SocketListing | { readonly unavailable: SocketsUnavailable }>;
};

/** `listening`: TCP that listens and UDP that takes from everybody; of a busy machine a small part of all. */
export type SocketsWanted = 'listening' | 'all';

export type StateCount = { readonly state: SocketState; readonly count: number };

/** How many sockets of each protocol are in which state; states that nobody is in are left out. */
export type SocketSummary = { readonly tcp: readonly StateCount[]; readonly udp: readonly StateCount[] };

/** Whether the socket waits for others to begin. */
export function isListener({ state }: SocketRow): boolean {
  return state === 'listen' || state === 'unconnected';
}

/** Linux lets one more wait than the limit says, and drops what comes then (sk_acceptq_is_full). */
export function isQueueFull({ acceptQueue, backlog }: Pick<SocketRow, 'acceptQueue' | 'backlog'>): boolean {
  return acceptQueue !== null && backlog !== null && acceptQueue > backlog;
}
