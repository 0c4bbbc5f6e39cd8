import type { IpAddress } from '../../domain/address.ts';
import type { Unavailable } from '../../domain/evidence.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Answer, Prober } from '../../domain/prober.ts';
import { DEFAULT_ECHO_BYTES } from '../../domain/prober.ts';

export type PingOptions = {
  readonly address: IpAddress;
  /** Further addresses of the same name, each to be asked with a few echoes of its own. */
  readonly others: readonly IpAddress[];
  /** Echoes of a run in which nothing is lost. Default 20. */
  readonly count?: number;
  /** Between two echoes while answers come. Default 25. */
  readonly intervalMs?: number;
  /** Default 56. */
  readonly payloadBytes?: number;
  /** Echoes of a run in which something was lost. Default 100. */
  readonly extendTo?: number;
  /** How long after the first echo silence is believed. Default 1600. */
  readonly patienceMs?: number;
  /** Called with what still comes for an echo after a run without any answer, until the signal aborts. */
  readonly onLate?: (answer: Answer) => void;
};

export type PingPorts = {
  readonly prober: Prober | null;
  readonly unavailable: Unavailable | null;
  readonly clock: Clock;
};

/** The options that decide when to send, with every default filled in. */
export type PingPlan = {
  readonly count: number;
  readonly intervalMs: number;
  readonly payloadBytes: number;
  readonly extendTo: number;
  readonly patienceMs: number;
};

export function planOf(options: PingOptions): PingPlan {
  const count = options.count ?? 20;
  return {
    count,
    intervalMs: options.intervalMs ?? 25,
    payloadBytes: options.payloadBytes ?? DEFAULT_ECHO_BYTES,
    extendTo: Math.max(options.extendTo ?? 100, count),
    patienceMs: options.patienceMs ?? 1600,
  };
}
