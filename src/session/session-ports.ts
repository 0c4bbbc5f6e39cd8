import type { Unavailable } from '../domain/evidence.ts';
import type { Clock, Connector, Machine, Resolver } from '../domain/ports.ts';
import type { Prober } from '../domain/prober.ts';

/** Everything that a session needs of the outside. `prober` is null where no engine can send; `unavailable` says why. */
export type SessionPorts = {
  readonly clock: Clock;
  readonly resolver: Resolver;
  readonly machine: Machine;
  readonly connector: Connector;
  readonly prober: Prober | null;
  readonly unavailable: Unavailable | null;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
};
