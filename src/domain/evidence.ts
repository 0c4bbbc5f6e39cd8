import type { Family, IpAddress } from './address.ts';
import type { HopInterface, MplsLabel } from './hop-extension.ts';
import type { CountedIcmpError, IcmpError } from './icmp-error.ts';
import type { HttpEvidence, TlsEvidence } from './service-evidence.ts';
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
  /** TTL with which the error arrived; absent where there was none, or the engine cannot see it. */
  readonly errorTtl?: number;
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
  /** TTL with which the RST of the asked port arrived, for a further SYN; absent where none was sent, or it cannot be seen. */
  readonly resetTtl?: number;
  /** Whether that RST came from beyond the first hop, and so from no rule of this machine; absent where that was not tried. */
  readonly resetFromAfar?: boolean;
};

export type TraceOutcome = 'reached' | 'stopped' | 'loop' | 'unreachable' | 'prohibited' | 'silent';

export type TraceProtocol = 'icmp' | 'udp' | 'tcp';

/**
 * Why a trace went no further: the target answered, an error says that nothing is behind it, a loop is proven, five hops
 * in a row were silent, the longest path was probed, this machine refused to send, its time was over, or it was interrupted.
 */
export type TraceStop = 'target' | 'error' | 'loop' | 'silent-hops' | 'max-hops' | 'refused' | 'time' | 'interrupted';

/**
 * What shows that the hops of a trace may not be what they look like: the target answered the very first TTL although a
 * gateway lies before it, one address answered every TTL before the target (three or more), or Time Exceeded came from the
 * target's own address, as a translator in front of it sends it.
 */
export type TraceOddity = 'target-at-first-hop' | 'one-address' | 'expired-at-target';

/** What the target itself answered to a trace; `answered`: the engine cannot see whether it accepts or refuses. `ttl` is that of the first answered probe. */
export type TargetAnswer = {
  readonly kind: 'reply' | 'reset' | 'answered' | 'port-unreachable';
  readonly ttl: number;
  /** TTL with which the answer arrived; null where the engine cannot see it. */
  readonly replyTtl: number | null;
};

export type Hop = {
  readonly ttl: number;
  /** Who answered, in order of first answer; empty for a hop that did not. */
  readonly addresses: readonly IpAddress[];
  readonly sent: number;
  readonly received: number;
  readonly rttMs: RttMs | null;
  /** The unreachable or prohibition that came back at this TTL, else null (Time Exceeded and replies are not errors here). */
  readonly error: IcmpError | null;
  /** The MPLS labels with which the packet came to the router (RFC 4950), outermost first; absent where it told none. */
  readonly mpls?: readonly MplsLabel[];
  /** What the router told of its interfaces (RFC 5837); absent where it told nothing. */
  readonly interfaces?: readonly HopInterface[];
};

export type TraceEvidence = Timed & {
  readonly method: Method | null;
  readonly unavailable: Unavailable | null;
  readonly address: IpAddress;
  readonly protocol: TraceProtocol;
  /** Of the target, of a trace by UDP or TCP. */
  readonly port?: number;
  readonly outcome: TraceOutcome;
  readonly stopReason?: TraceStop;
  readonly hops: readonly Hop[];
  /** The addresses that answer again and again, first hop of the loop first; empty without a loop. */
  readonly loop: readonly IpAddress[];
  /** Absent where the target answered nothing. */
  readonly targetAnswer?: TargetAnswer;
  /** Absent where nothing is odd. */
  readonly oddities?: readonly TraceOddity[];
  /** How many flows were probed; absent for one. */
  readonly flows?: number;
};

/** What echoes to a hop's own address met, sent at the same time as those to the others. */
export type HopEchoes = {
  /** null: of the target, where no trace reached it. */
  readonly ttl: number | null;
  /** null: no router named itself at this TTL, and nothing could be sent to it. */
  readonly address: IpAddress | null;
  /** Echoes that were answered, and those that were waited out. */
  readonly sent: number;
  readonly received: number;
  readonly rttMs: RttMs | null;
  /** Mean difference between consecutive round trip times. */
  readonly jitterMs: number | null;
};

/** Loss and delay by hop. A hop that never answers is unknown: many routers ignore echoes that are for themselves. */
export type HopEchoesEvidence = Timed & {
  readonly method: Method;
  readonly address: IpAddress;
  /** Every TTL of the path once; the target last. */
  readonly hops: readonly HopEchoes[];
};

/** Sizes are those of whole IP packets, in bytes; all packets went with "don't fragment". */
export type MtuEvidence = Timed & {
  readonly method: Method | null;
  readonly unavailable: Unavailable | null;
  readonly address: IpAddress;
  /** The largest packet that was to be expected to pass: the interface's MTU, or 9216 where that is more. */
  readonly fullSize: number;
  /** The largest packet that passed, exact where it is the full size or was reported, else among the usual sizes; null if none. */
  readonly pathMtu: number | null;
  /** Large packets vanish without a report while small ones pass, and chance is no explanation. */
  readonly blackhole: boolean;
  /** The router that reported a narrower link, the last of them where there were several. */
  readonly reportedBy: IpAddress | null;
  /** errno name with which this machine refused to send, else null. */
  readonly localError: string | null;
  /** The echoes to the target, largest first. */
  readonly sizes: readonly { readonly bytes: number; readonly sent: number; readonly answered: number }[];
  /** Of a black hole: the last hop that large packets are known to have reached; hop 0 without an address is this machine. */
  readonly lastPassing: { readonly hop: number; readonly address: IpAddress | null } | null;
  /** The hop behind it, where that answered a small packet and no large one. */
  readonly firstFailing: { readonly hop: number; readonly address: IpAddress } | null;
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
  /** The one interface that it takes traffic from (SO_BINDTODEVICE); null for all, absent where it cannot be read. */
  readonly interface?: string | null;
};

/** Why the sockets of a machine could not be seen. `not-answered`: it, or the way to it, did not answer in time. */
export type SocketsUnavailable = {
  readonly reason: 'not-permitted' | 'not-installed' | 'not-supported' | 'not-answered';
  /** One English sentence: what happened and what would help. */
  readonly hint: string;
};

export type SocketsEvidence = Timed & {
  /** What was read: `local`, a vantage as it was named, or `pasted`. */
  readonly host: string;
  /** null where the sockets could not be seen. */
  readonly listening: readonly Listener[] | null;
  /** Why they could not be seen; absent where they were. */
  readonly unavailable?: SocketsUnavailable;
  /** Whether that machine owns the target's address (else a missing listener proves less); null where nobody can tell. */
  readonly ownsTarget: boolean | null;
  /**
   * Where a listener of the asked port is bound to an interface: those by which others' traffic for the target's address is
   * taken. Absent where that cannot be told.
   */
  readonly targetInterfaces?: readonly string[];
  /** Why a column is empty, in words; null when nothing is missing. */
  readonly missing: string | null;
  /** Connections that full accept queues of that machine have turned away since it started, where no queue's limit can be read. */
  readonly listenOverflows?: number;
};

/** Everything that was seen. A probe that did not run is absent. */
export type Evidence = {
  readonly resolve?: ResolveEvidence;
  readonly route?: RouteEvidence;
  readonly ping?: PingEvidence;
  readonly connect?: ConnectEvidence;
  readonly trace?: TraceEvidence;
  /** The trace by TCP to the asked port. */
  readonly portTrace?: TraceEvidence;
  readonly hopEchoes?: HopEchoesEvidence;
  readonly mtu?: MtuEvidence;
  readonly sockets?: SocketsEvidence;
  readonly tls?: TlsEvidence;
  readonly http?: HttpEvidence;
};
