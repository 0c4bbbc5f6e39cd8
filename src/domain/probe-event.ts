import type { IpAddress } from './address.ts';
import type { ConnectAttempt, ServerAnswer } from './evidence.ts';
import type { IcmpError } from './icmp-error.ts';

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
  | { readonly kind: 'hop'; readonly ttl: number; readonly address: IpAddress; readonly rttMs: number }
  | {
      readonly kind: 'attempt-started';
      readonly address: IpAddress;
      readonly port: number;
      readonly protocol: 'tcp' | 'udp';
    }
  | { readonly kind: 'attempt'; readonly attempt: ConnectAttempt };

export type OnEvent = (event: ProbeEvent) => void;
