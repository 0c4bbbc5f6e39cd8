import type { IpAddress } from './address.ts';
import type { Method, Unavailable } from './evidence.ts';
import type { HopInterface, MplsLabel } from './hop-extension.ts';
import type { IcmpError } from './icmp-error.ts';

/** Payload of an echo where its size does not matter: what ping has always sent. */
export const DEFAULT_ECHO_BYTES = 56;

/** One packet to send. `ttl` null: the system's default. Sizes are of the payload, in bytes. */
export type Probe = {
  readonly to: IpAddress;
  readonly ttl: number | null;
  readonly timeoutMs: number;
} & (
  | {
      readonly kind: 'echo';
      readonly payloadBytes: number;
      readonly dontFragment: boolean;
      /** Echoes of one flow have the same ICMP checksum, those of two have not: routers may balance load by it. Default 0. */
      readonly flow?: number;
    }
  | { readonly kind: 'udp'; readonly port: number; readonly sourcePort: number | null; readonly payload: Uint8Array }
  | {
      readonly kind: 'syn';
      readonly port: number;
      readonly sourcePort: number | null;
      /** Without the TCP options that every ordinary SYN has; only engines that build their own SYN can do that. */
      readonly bare?: true;
    }
);

/**
 * What came back for one probe. `replyTtl` is null where the engine cannot see it (IPv6 through the package raw-socket).
 * `reply` is an echo reply, a UDP answer or a SYN-ACK; `reset` an RST to a SYN; `answered` is an answer of the target
 * where the engine cannot see whether it accepts or refuses.
 * `local-error` is this machine's refusal, `code` an errno name (`EPERM`: its firewall); such a probe was never sent.
 */
export type Answer =
  | {
      readonly kind: 'reply' | 'reset' | 'answered';
      readonly from: IpAddress;
      readonly rttMs: number;
      readonly replyTtl: number | null;
    }
  | {
      readonly kind: 'icmp-error';
      readonly error: IcmpError;
      /** null where the engine cannot see when it came. */
      readonly rttMs: number | null;
      readonly replyTtl: number | null;
      /** Of a packet-too-big: the next link's MTU; else null. */
      readonly mtu: number | null;
      /** What the router told beside it (RFC 4950, RFC 5837); absent where it told nothing. */
      readonly mpls?: readonly MplsLabel[];
      readonly interfaces?: readonly HopInterface[];
    }
  | {
      readonly kind: 'local-error';
      readonly code: string;
      /** Of `EMSGSIZE`: the path MTU that this machine remembers, where it tells. */
      readonly mtu?: number;
    }
  | { readonly kind: 'silent'; readonly waitedMs: number };

export type SendOptions = {
  readonly signal: AbortSignal;
  /** Called for each further answer to the same probe. */
  readonly onDuplicate?: () => void;
  /**
   * Called when a SYN-ACK to this very SYN, by its acknowledgement number, comes from another address than it went to; only
   * by engines that see whole segments.
   */
  readonly onStray?: (from: IpAddress, port: number) => void;
  /**
   * Called by an engine that walks a path hop by hop, or has room for so many probes: the probe waits for those before it,
   * and then leaves. A probe of which nothing is told leaves at once.
   */
  readonly onTurn?: (turn: 'waits' | 'leaves') => void;
};

/** errno of a local error: an engine that walks hop by hop was at its end before it came to the probe. */
export const NEVER_ITS_TURN = 'ECANCELED';

/** Which packets of other sockets of this machine an eavesdropper waits for: those that an ICMP error quotes. */
export type QuoteMatch = {
  readonly protocol: 'tcp' | 'udp';
  readonly to: IpAddress;
  readonly port: number;
  /** Our own port of the quoted packet, where it is known by now. */
  readonly sourcePort: () => number | null;
};

/**
 * What an engine may be unable to send: a kind of probe, or of the echoes only those with a TTL of their own, or those
 * that must not be fragmented.
 */
export type ProbeAbility = Probe['kind'] | 'limited-echo' | 'sized-echo';

/**
 * Sends probes and tells what came back. Never rejects for what the network or the kernel did; an aborted probe
 * settles as `silent`. Every answer has been checked against what was sent (identifier, sequence, quoted packet,
 * source, checksum) before it counts.
 */
export type Prober = {
  readonly method: Method;
  /** Which probes another engine sends; absent where it is `method` for all. */
  readonly methods?: { readonly [ability in ProbeAbility]?: Method };
  /** What this engine cannot send, and why; what is absent can be sent. */
  readonly lacks: { readonly [ability in ProbeAbility]?: Unavailable };
  send(probe: Probe, options: SendOptions): Promise<Answer>;
  /** Hears ICMP errors that quote packets sent by other sockets; the returned function ends it. */
  watch(match: QuoteMatch, onError: (error: IcmpError) => void): () => void;
  close(): void;
};

/** Which engine sends such probes. */
export function methodFor(prober: Prober, ability: ProbeAbility): Method {
  return prober.methods?.[ability] ?? prober.method;
}

/** Why the engine cannot send such probes, null where it can. One without echoes has no limited or sized ones either. */
export function lackOf(prober: Prober, ability: ProbeAbility): Unavailable | null {
  const isEcho = ability === 'limited-echo' || ability === 'sized-echo';
  return (isEcho ? prober.lacks.echo : undefined) ?? prober.lacks[ability] ?? null;
}

/** What an engine has to be able to send for a probe. */
export function abilityFor(probe: Probe): ProbeAbility {
  if (probe.kind !== 'echo') return probe.kind;
  if (probe.dontFragment) return 'sized-echo';
  return probe.ttl === null ? 'echo' : 'limited-echo';
}
