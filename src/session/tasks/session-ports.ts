import type { IpAddress } from '../../domain/address.ts';
import type { Unavailable } from '../../domain/evidence.ts';
import type { Clock, Connector, Machine, Resolver, ServiceClient, SocketSource } from '../../domain/ports.ts';
import type { Prober } from '../../domain/prober.ts';

/** What all sessions of a run together may ask of the routers: an error is answered only so often (RFC 1812 4.3.2.8). */
export type PathBudget = {
  /**
   * Whether the path to the address may be traced, one probe a hop; waits for its turn. False when it did not come in time,
   * or the signal aborted.
   */
  grant(gateway: IpAddress | null, to: IpAddress, signal: AbortSignal): Promise<boolean>;
};

/** Everything that a session needs of the outside. `prober` is null where no engine can send; `unavailable` says why. */
export type SessionPorts = {
  readonly clock: Clock;
  readonly resolver: Resolver;
  readonly machine: Machine;
  readonly connector: Connector;
  readonly prober: Prober | null;
  readonly unavailable: Unavailable | null;
  /** null where no service can be asked from there; `serviceUnavailable` says why. */
  readonly service: ServiceClient | null;
  readonly serviceUnavailable: Unavailable | null;
  /** This machine's own sockets: read where the target is one of its addresses. */
  readonly localSockets: SocketSource;
  /** What was named to read the target's sockets from; null for nothing. */
  readonly targetSockets: SocketSource | null;
  /** Where several sessions share the way out; absent where there is one only. */
  readonly paths?: PathBudget;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
};
