import type { IpAddress } from '../domain/address.ts';
import type { ConnectAttempt, Listener, ServerAnswer } from '../domain/evidence.ts';
import type { IcmpError } from '../domain/icmp-error.ts';
import type { TraceEvidence } from './trace.ts';
import type { TraceRow } from './trace-row.ts';

/** Echoes of one size, in bytes of the whole packet. `reportedBy`: who said that it is too large. */
export type SizeProgress = {
  readonly bytes: number;
  readonly sent: number;
  readonly answered: number;
  readonly reportedBy: IpAddress | null;
};

/** Progress of a probe, for the faces to draw. Plain, serialisable data; the evidence never depends on it. */
export type ProbeEvent =
  | { readonly kind: 'addresses'; readonly addresses: readonly IpAddress[] }
  | { readonly kind: 'server'; readonly answer: ServerAnswer }
  | { readonly kind: 'echo-sent'; readonly sequence: number }
  | {
      readonly kind: 'echo-answered';
      readonly sequence: number;
      readonly rttMs: number;
      readonly replyTtl: number | null;
    }
  | { readonly kind: 'echo-error'; readonly sequence: number; readonly error: IcmpError }
  | { readonly kind: 'hop'; readonly ttl: number; readonly address: IpAddress; readonly rttMs: number | null }
  /** The trace is over: what its hops lost is known. */
  | { readonly kind: 'traced'; readonly trace: TraceEvidence }
  /** Echoes to all hops so far; told a few times a second. */
  | { readonly kind: 'hop-echoes'; readonly rows: readonly TraceRow[] }
  /** Echoes of each size so far, largest first. */
  | { readonly kind: 'sizes'; readonly sizes: readonly SizeProgress[] }
  /** The sockets of the target, those of the asked port first; null where they could not be seen. */
  | { readonly kind: 'listeners'; readonly listening: readonly Listener[] | null }
  | {
      readonly kind: 'attempt-started';
      readonly address: IpAddress;
      readonly port: number;
      readonly protocol: 'tcp' | 'udp';
    }
  | { readonly kind: 'attempt'; readonly attempt: ConnectAttempt }
  /** How a handshake or a request went: its state, or what was agreed on. */
  | {
      readonly kind: 'service-answer';
      readonly protocol: 'tls' | 'http';
      readonly answer: string;
      readonly isGood: boolean;
      readonly ms: number | null;
    };

export type OnEvent = (event: ProbeEvent) => void;
