import type { Family, IpAddress } from './address.ts';
import type { CountedIcmpError, IcmpError } from './icmp-error.ts';
import type { RttMs } from './statistics.ts';

/** Which rung of the ladder of engines measured. */
export type Method = 'raw' | 'kernel' | 'system' | 'sockets';

/** Why something could not be measured, and what grants it. Never a negative result. */
export type Unavailable = {
  readonly reason: 'not-permitted' | 'not-installed' | 'not-supported';
  /** One English sentence: what is missing and how to grant it. */
  readonly hint: string;
};

/** What every entry of the evidence carries. `equivalent` is the command a person would type to see the same. */
export type Timed = {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly equivalent: string;
  /** The deadline or the user ended it early: what is missing was not measured, and no outcome is read from it. */
  readonly cutShort?: true;
};

export type ResolveStatus = 'ok' | 'literal' | 'not-found' | 'no-address' | 'server-failure' | 'timeout';

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
};

export type ResolveEvidence = Timed & {
  readonly host: string;
  readonly status: ResolveStatus;
  /** In the order in which the system would try them; those of the families asked for. */
  readonly addresses: readonly IpAddress[];
  readonly source: 'literal' | 'hosts' | 'dns' | 'other' | null;
  readonly servers: readonly ServerAnswer[];
  /** What the hosts file gives for the name, empty if nothing. */
  readonly hostsFile: readonly IpAddress[];
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

/**
 * How this machine would send to `to` (the target, or a resolver while the name has no address).
 * `local`: the address is this machine's own. `error` is the errno name of the kernel's refusal.
 */
export type RouteEvidence = Timed & {
  readonly to: IpAddress;
  readonly status: 'ok' | 'local' | 'no-network' | 'no-route' | 'unknown';
  readonly error: string | null;
  readonly interface: string | null;
  readonly source: IpAddress | null;
  readonly gateway: IpAddress | null;
  readonly onLink: boolean | null;
  /** Of the next hop: the gateway, or `to` itself when it is on the link; null where it cannot be read. */
  readonly neighbour: NeighbourState | null;
  readonly mtu: number | null;
  /** Families in which this machine has an address of global scope on an interface that is up, and a default or more exact route. */
  readonly usableFamilies: readonly Family[];
};

/** Echoes to one address beside the one that the walk is about. */
export type OtherEcho = {
  readonly address: IpAddress;
  readonly sent: number;
  readonly received: number;
  readonly errors: readonly CountedIcmpError[];
  /** errno name of a refusal on this machine (`EPERM`, `ENETUNREACH`), else null. */
  readonly localError: string | null;
};

export type PingEvidence = Timed & {
  /** null: no engine could send an echo; `unavailable` says why. */
  readonly method: Method | null;
  readonly unavailable: Unavailable | null;
  readonly address: IpAddress;
  /** Echoes that left this machine. */
  readonly sent: number;
  /** Echoes answered at least once. */
  readonly received: number;
  readonly lossPercent: number | null;
  /** 95 % interval of the loss (Wilson score), percent. */
  readonly lossInterval: { readonly low: number; readonly high: number } | null;
  readonly duplicates: number;
  readonly rttMs: RttMs | null;
  /** Mean difference between consecutive round trip times. */
  readonly jitterMs: number | null;
  readonly replyTtl: number | null;
  readonly errors: readonly CountedIcmpError[];
  /** TTL with which the first of the errors arrived; absent without one, or where the engine cannot see it. */
  readonly errorTtl?: number;
  /** errno name with which this machine refused to send (`EPERM`, `ENETUNREACH`, …), else null. */
  readonly localError: string | null;
  /** Sequence numbers (from 0) without an answer, in order: the shape of the loss. */
  readonly lost: readonly number[];
  readonly others: readonly OtherEcho[];
  /** One more echo, given the three seconds that a router takes to find out that the host is gone; absent if not sent. */
  readonly late?: LateEcho;
};

export type LateEcho = {
  readonly waitedMs: number;
  readonly rttMs: number | null;
  readonly error: IcmpError | null;
};

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
};

export type ConnectEvidence = Timed & {
  /** The asked port first, one per address; then, where the host had to be proven up, the well-known ones. */
  readonly attempts: readonly ConnectAttempt[];
  /** Whether ICMP errors could be heard while connecting (needs a raw socket). */
  readonly icmpSeen: boolean;
  /** errno name with which this machine refused a probe to the asked port that does not go through connect() (`EPERM` names the local firewall), else null. */
  readonly sideError: string | null;
};

export type TraceOutcome = 'reached' | 'stopped' | 'loop' | 'unreachable' | 'prohibited' | 'silent';

export type Hop = {
  readonly ttl: number;
  /** Who answered, in order of first answer; empty for a hop that did not. */
  readonly addresses: readonly IpAddress[];
  readonly sent: number;
  readonly received: number;
  readonly rttMs: RttMs | null;
  /** The unreachable or prohibition that came back at this TTL, else null (Time Exceeded and replies are not errors here). */
  readonly error: IcmpError | null;
};

export type TraceEvidence = Timed & {
  readonly method: Method | null;
  readonly unavailable: Unavailable | null;
  readonly address: IpAddress;
  readonly protocol: 'icmp' | 'udp' | 'tcp';
  readonly outcome: TraceOutcome;
  readonly hops: readonly Hop[];
  /** The addresses that answer again and again, first hop of the loop first; empty without a loop. */
  readonly loop: readonly IpAddress[];
};

export type MtuEvidence = Timed & {
  readonly method: Method | null;
  readonly pathMtu: number | null;
  readonly blackhole: boolean;
  readonly reportedBy: IpAddress | null;
};

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
};

export type SocketsEvidence = Timed & {
  /** The vantage that was read: `local`. */
  readonly host: string;
  readonly listening: readonly Listener[];
  /** Whether this machine owns the target's address: else a missing listener proves less. */
  readonly ownsTarget: boolean;
  /** Why a column is empty, in words; null when nothing is missing. */
  readonly missing: string | null;
};

/** Everything that was seen. A probe that did not run is absent. */
export type Evidence = {
  readonly resolve?: ResolveEvidence;
  readonly route?: RouteEvidence;
  readonly ping?: PingEvidence;
  readonly connect?: ConnectEvidence;
  readonly trace?: TraceEvidence;
  readonly mtu?: MtuEvidence;
  readonly sockets?: SocketsEvidence;
};
