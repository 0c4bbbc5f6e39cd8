import type { Family, IpAddress } from './address.ts';
import type { ConnectAttempt, Listener, NeighbourState, ServerAnswer, SocketsUnavailable } from './evidence.ts';
import type { Links } from './links.ts';
import type { LookupSetup, PairedQuestions } from './name-evidence.ts';
import type { Obstacle } from './obstacle.ts';
import type { ProxyAttempt } from './proxy-evidence.ts';
import type { HttpAttempt, StartTlsProtocol, TlsAttempt } from './service-evidence.ts';
import type { Witness } from './witness.ts';

/** Time. `nowMs` is monotonic with an arbitrary start; `isoNow` is the wall clock, for reports only. */
export type Clock = {
  nowMs(): number;
  isoNow(): string;
  /** Resolves after the time or as soon as the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

/** What the system resolver said: `code` is the getaddrinfo error name (`ENOTFOUND`, `EAI_AGAIN`, …). */
export type SystemAnswer =
  | { readonly kind: 'addresses'; readonly addresses: readonly IpAddress[] }
  | { readonly kind: 'error'; readonly code: string };

export type Resolver = {
  /** getaddrinfo, as every program of this machine asks it; `cancelled` when the signal aborts first. */
  system(
    host: string,
    families: readonly Family[],
    signal: AbortSignal,
  ): Promise<SystemAnswer | { readonly kind: 'cancelled' }>;
  /** Whether the time that `system` takes is that of the look-up alone. */
  readonly isTimed: boolean;
  /** The name of getaddrinfo's own error for a look-up that fails quickly (`EAI_NONAME`); null where it cannot be told. */
  systemError(host: string, families: readonly Family[], signal: AbortSignal): Promise<string | null>;
  /** Where names are looked up; null where that cannot be read. */
  setup(): Promise<LookupSetup | null>;
  /** What the hosts file says of a name (RFC 952 names compare without case). */
  hostsFile(host: string): Promise<readonly IpAddress[]>;
  /** The configured resolvers, in order; the C library's default where none is configured. */
  servers(): Promise<readonly IpAddress[]>;
  /**
   * Asks one resolver for A and AAAA (RFC 1035), through the search list as the C library does, retransmitting until it
   * answers or the signal aborts. Settles with what is known so far when aborted.
   */
  ask(server: IpAddress, host: string, families: readonly Family[], signal: AbortSignal): Promise<ServerAnswer>;
  /** Asks one resolver for both types of a full name from one port; null where it could not be tried. */
  askTogether(server: IpAddress, name: string, signal: AbortSignal): Promise<PairedQuestions | null>;
};

export type RouteAnswer =
  | {
      readonly kind: 'route';
      readonly local: boolean;
      readonly interface: string | null;
      readonly source: IpAddress | null;
      readonly gateway: IpAddress | null;
      readonly onLink: boolean | null;
      readonly mtu: number | null;
    }
  | { readonly kind: 'refused'; readonly errno: string };

/** An address of an interface that is up and has carrier; loopback and bridges without members are left out. */
export type UsableAddress = {
  readonly interface: string;
  readonly address: IpAddress;
  readonly family: Family;
  readonly scope: 'global' | 'link';
};

/** Facts of this machine. Reads only. */
export type Machine = {
  /** The kernel's own answer: what connect() and sendto() would do. */
  route(to: IpAddress, signal: AbortSignal): Promise<RouteAnswer>;
  /** Every usable address of this machine (see UsableAddress); null where they cannot be read. */
  addresses(): Promise<readonly UsableAddress[] | null>;
  /** Whether the address is one of this machine's own, loopback included. */
  owns(address: IpAddress): boolean;
  /** State of a neighbour entry; `none` when there is no entry, null when it cannot be read. */
  neighbour(address: IpAddress, interfaceName: string, signal: AbortSignal): Promise<NeighbourState | null>;
  /** Absent where a machine's links cannot be looked at. */
  readonly links?: Links;
};

/** Listening TCP and bound UDP sockets; `gaps`: what of them could not be seen, and why. */
export type SocketTable =
  | {
      readonly listening: readonly Listener[];
      readonly gaps: readonly Obstacle[];
      /** See SocketsEvidence. */
      readonly listenOverflows?: number;
    }
  | { readonly unavailable: SocketsUnavailable };

/** Where the target's own sockets are read: this machine, a vantage, or what a colleague pasted. Reads only. */
export type SocketSource = {
  /** For the report: `local`, the vantage as it was named, or `pasted`. */
  readonly host: string;
  /** The command that a person would type to see the same; `port` null for all. */
  equivalent(port: number | null, protocol: 'tcp' | 'udp'): string;
  /** Never rejects; settles soon after the signal aborts. */
  read(signal: AbortSignal): Promise<SocketTable>;
  /** Whether the machine looked at has the address itself; null where that cannot be told. */
  owns(address: IpAddress, signal: AbortSignal): Promise<boolean | null>;
  /**
   * By which interfaces of that machine others' traffic for one of its addresses is taken: the one that has it, and the
   * bridge, bond or VRF that this belongs to; null where that cannot be told.
   */
  interfacesOf(address: IpAddress, signal: AbortSignal): Promise<readonly string[] | null>;
  /**
   * Whether the kernel there keeps track of connections (conntrack), without which it passes none on to another address;
   * null where that cannot be told. Asked after something was sent to it: what never came is not tracked either.
   */
  tracks?(): Promise<boolean | null>;
  /** What the machine's own kernel says of packets; absent where nobody can look while they come. */
  readonly witness?: Witness;
};

export type ConnectRequest = {
  readonly address: IpAddress;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly timeoutMs: number;
  /** TCP: after the connection opened, how long to watch for an early end. 0: do not. */
  readonly watchMs: number;
  /** TCP: called when it opens, before it is watched. */
  readonly onOpened?: () => void;
};

/** The transport of the kernel: what an ordinary program would use. Never rejects for what the network did. */
export type Connector = {
  connect(request: ConnectRequest, signal: AbortSignal): Promise<ConnectAttempt>;
  /** Whether ICMP errors can be heard beside it. */
  readonly icmpSeen: boolean;
};

export type TlsRequest = {
  readonly address: IpAddress;
  readonly port: number;
  /** For SNI; null for an address. */
  readonly serverName: string | null;
  /** To offer by ALPN (RFC 7301); empty: none. */
  readonly protocols: readonly string[];
  /** What is spoken before TLS; null: TLS from the first byte on. */
  readonly startTls: StartTlsProtocol | null;
  /** The largest TCP segments of either side, bytes of payload; null: as any program does. */
  readonly segmentBytes: number | null;
  /** Of the whole of it, from the SYN on. */
  readonly timeoutMs: number;
};

export type HttpRequest = {
  readonly address: IpAddress;
  readonly port: number;
  /** null: without TLS. */
  readonly tls: { readonly serverName: string | null } | null;
  /** Of the header Host. */
  readonly host: string;
  /** Printable ASCII, from its slash on. */
  readonly path: string;
  /** What the header Cookie says; null: there is none. */
  readonly cookie: string | null;
  /** See TlsRequest. */
  readonly segmentBytes: number | null;
  readonly timeoutMs: number;
};

/** What a request brought. Where it leads on, and the cookies that were set, may be secrets: no evidence. */
export type HttpReply = {
  readonly attempt: HttpAttempt;
  readonly location: string | null;
  /** `name=value` of each. */
  readonly cookies: readonly string[];
};

export type ProxyRequest = {
  readonly scheme: 'http' | 'https';
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Printable ASCII, from its slash on. */
  readonly path: string;
  readonly timeoutMs: number;
};

/**
 * What a client of the service does, no proxy in between but where that is asked for. Never rejects for what the network did, nor for what came;
 * settles soon after the signal aborts, with what it knows by then.
 */
export type ServiceClient = {
  /** Greets by TLS and reads all the certificates that come back, whatever they are worth. */
  handshake(request: TlsRequest, signal: AbortSignal): Promise<TlsAttempt>;
  /** One GET by HTTP/1.1. Reads the head of the answer, follows no redirect, trusts any certificate. */
  get(request: HttpRequest, signal: AbortSignal): Promise<HttpReply>;
  /** Asks by way of the proxy that the environment of this process names for the URL; null where it names none. */
  throughProxy(request: ProxyRequest, signal: AbortSignal): Promise<ProxyAttempt | null>;
};
