import type { Family, IpAddress } from './address.ts';
import type { IcmpError } from './icmp-error.ts';
import type { ExtendedError, RecordAnswer } from './name-evidence.ts';
import type { Obstacle } from './obstacle.ts';
import type { UdpQuestion } from './udp-question.ts';

/** Which rung of the ladder of engines measured. */
export type Method = 'raw' | 'kernel' | 'system' | 'sockets';

/** Why something could not be measured, and what grants it. Never a negative result. */
export type Unavailable = {
  /** `shared-limit`: other targets of the same run had asked the routers for as much as they may be asked. */
  readonly reason: 'not-permitted' | 'not-installed' | 'not-supported' | 'shared-limit';
  /** What stands in the way, the best engine's first; their words say how it is removed. */
  readonly obstacles: readonly Obstacle[];
};

/** What one configured resolver said; `rcode` and `ms` are null where it said nothing usable. */
export type ServerAnswer = {
  readonly address: IpAddress;
  readonly rcode: string | null;
  readonly ms: number | null;
  readonly addresses: readonly IpAddress[];
  /** Queries sent to it, over UDP and TCP, A and AAAA together. */
  readonly sent: number;
  /** A local or ICMP error (`EPERM`, `ECONNREFUSED`, `ENETUNREACH`), or `malformed` where only garbage came; else null. */
  readonly error: string | null;
  /** The name that this is the word on, where it is not the one that was typed: one with a suffix of the search list. */
  readonly name?: string;
  /** What it says of the name exactly as typed, where the word is on another; `rcode` null: nothing. */
  readonly typed?: { readonly rcode: string | null; readonly addresses: readonly IpAddress[] };
  /** The names behind an alias (CNAME), in order; the last is the one that the word is on, or one that was there before: a loop. */
  readonly chain?: readonly string[];
  /** What it said beside a failure (RFC 8914). */
  readonly extendedErrors?: readonly ExtendedError[];
  /** Its answer over UDP was cut (TC), and no whole one came over TCP: `error` says why, null for silence. */
  readonly truncated?: true;
  /** Something came from its address that is no answer to what was asked. */
  readonly garbage?: true;
  /** Each type by itself. */
  readonly records?: readonly RecordAnswer[];
};

export type NeighbourState =
  | 'reachable'
  | 'stale'
  | 'delay'
  | 'probe'
  | 'incomplete'
  | 'failed'
  | 'permanent'
  | 'noarp'
  | 'none';

export type ConnectState = 'open' | 'closed' | 'filtered' | 'rejected' | 'unreachable' | 'local-error';

/** One connection attempt (TCP), or one datagram and what came back (UDP). */
export type ConnectAttempt = {
  readonly address: IpAddress;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly state: ConnectState;
  /** Until the answer; for silence, how long was waited. */
  readonly ms: number;
  /** errno name; null where there was no error. */
  readonly error: string | null;
  /** The ICMP error that answered, null where none came or none could be seen. */
  readonly icmp: IcmpError | null;
  /** After `open`: `closed` or `reset` when the peer ended it at once with no byte received; else null. */
  readonly dropped: 'closed' | 'reset' | null;
  /** Over UDP: what the port was asked; absent in the reports of before. */
  readonly asked?: UdpQuestion;
  /** TCP, after `open`: how often the SYN had to be sent again; absent where the system does not tell. */
  readonly retransmissions?: number;
  /** TCP, after `open`: whether our FIN was acknowledged, and after how long that was so, or was given up; absent where it was not looked at. */
  readonly ending?: { readonly acknowledged: boolean; readonly ms: number };
  /** Who answered in place of the address that was asked; absent where nobody did, or it could not be seen. */
  readonly stray?: Stray;
};

/** An answer to what was sent that came from another address, which programs ignore. */
export type Stray = { readonly address: IpAddress; readonly port: number };

/** One listening TCP socket, or one bound UDP socket. `process` and `pid` are null where this user may not see them. */
export type Listener = {
  readonly protocol: 'tcp' | 'udp';
  readonly family: Family;
  readonly address: IpAddress;
  readonly port: number;
  /** An IPv6 socket that takes no IPv4; null for IPv4 sockets and where it cannot be read. */
  readonly v6Only: boolean | null;
  readonly process: string | null;
  readonly pid: number | null;
  /** Connections that wait to be accepted, and the limit; null where they cannot be read. */
  readonly acceptQueue: number | null;
  readonly backlog: number | null;
  /** The one interface that it takes traffic from (SO_BINDTODEVICE); null for all, absent where it cannot be read. */
  readonly interface?: string | null;
};

/** Why the sockets of a machine could not be seen. `not-answered`: it, or the way to it, did not answer in time. */
export type SocketsUnavailable = {
  readonly reason: 'not-permitted' | 'not-installed' | 'not-supported' | 'not-answered';
  readonly obstacles: readonly Obstacle[];
};
