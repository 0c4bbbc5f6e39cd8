import type { IpAddress } from '../domain/address.ts';
import type { Unavailable } from '../domain/evidence.ts';
import type { Clock } from '../domain/ports.ts';
import type { Prober } from '../domain/prober.ts';

export type TraceOptions = {
  readonly address: IpAddress;
  /** Default 30. */
  readonly maxHops?: number;
  /** Who has already answered an echo of this run with an error: it gets few more probes to report on. */
  readonly knownErrorFrom: IpAddress | null;
  /** Once the path is known. Default 2. */
  readonly probesPerHop?: number;
  /** The longest that one probe is waited for. Default 1000. */
  readonly patienceMs?: number;
};

export type TracePorts = {
  readonly prober: Prober | null;
  readonly unavailable: Unavailable | null;
  readonly clock: Clock;
};

/** The options that decide what to send, with every default filled in. */
export type TracePlan = {
  readonly maxHops: number;
  readonly knownErrorFrom: IpAddress | null;
  readonly probesPerHop: number;
  readonly patienceMs: number;
};

export function planOf(options: TraceOptions): TracePlan {
  return {
    maxHops: options.maxHops ?? 30,
    knownErrorFrom: options.knownErrorFrom,
    probesPerHop: options.probesPerHop ?? 2,
    patienceMs: options.patienceMs ?? 1000,
  };
}
