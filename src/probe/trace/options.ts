import type { IpAddress } from '../../domain/address.ts';
import type { Unavailable } from '../../domain/evidence.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Prober } from '../../domain/prober.ts';
import type { TraceProtocol } from '../../evidence/trace.ts';
import type { LoopContext } from './loop.ts';
import type { TraceVehicle } from './vehicle.ts';

export type TraceOptions = {
  readonly address: IpAddress;
  /** Default `icmp`. */
  readonly protocol?: TraceProtocol;
  /** UDP and TCP: of the target. Default 33434 (UDP) and 80 (TCP). */
  readonly port?: number;
  /** UDP and TCP: constant, so that the flow is. One that differs from run to run is the caller's to choose. */
  readonly sourcePort?: number;
  /** Default 30. */
  readonly maxHops?: number;
  /** Who has already answered a probe of this run with an error: it gets few more probes to report on. */
  readonly knownErrorFrom: IpAddress | null;
  /** Who has told that a packet of this run with the full TTL ran out of it. Default null: nobody. */
  readonly expiredFrom?: IpAddress | null;
  /** A round trip to the target that this run has seen already: no answer is given up before that. Default 0: none. */
  readonly knownRttMs?: number;
  /** The next hop towards the address; null where it is on the link or not known. */
  readonly gateway?: IpAddress | null;
  /** Once the path is known. Default 2, and at least one for each flow. */
  readonly probesPerHop?: number;
  /** Flows to vary, so that hops behind a router that balances load show: 1 to 6. Default 1. */
  readonly flows?: number;
  /** The longest that one probe is waited for. Default 1000. */
  readonly patienceMs?: number;
  /** The longest that the whole may take. Default 6000. */
  readonly longestMs?: number;
};

export type TracePorts = {
  readonly prober: Prober | null;
  readonly unavailable: Unavailable | null;
  readonly clock: Clock;
};

/** The options that decide what to send, with every default filled in. */
export type TracePlan = LoopContext & {
  readonly knownErrorFrom: IpAddress | null;
  readonly probesPerHop: number;
  readonly flows: number;
  readonly patienceMs: number;
  readonly longestMs: number;
  readonly knownRttMs: number;
};

/** Where traces have always begun (traceroute(8)): nothing listens there. */
const UDP_PORT = 33_434;
const TCP_PORT = 80;
/** Above the range of Linux's ephemeral ports (ip(7)), with room for the other flows behind it. */
const SOURCE_PORT = 61_434;
/** A router gives six errors in a row. */
const MOST_FLOWS = 6;

export function planOf(options: TraceOptions): TracePlan {
  const flows = Math.min(Math.max(1, options.flows ?? 1), MOST_FLOWS);
  return {
    address: options.address,
    expiredFrom: options.expiredFrom ?? null,
    maxHops: options.maxHops ?? 30,
    knownErrorFrom: options.knownErrorFrom,
    probesPerHop: Math.max(options.probesPerHop ?? 2, flows),
    flows,
    patienceMs: options.patienceMs ?? 1000,
    longestMs: options.longestMs ?? 6000,
    knownRttMs: options.knownRttMs ?? 0,
  };
}

export function vehicleOf({ address, protocol = 'icmp', port, sourcePort }: TraceOptions): TraceVehicle {
  return {
    address,
    protocol,
    port: port ?? (protocol === 'udp' ? UDP_PORT : TCP_PORT),
    sourcePort: sourcePort ?? SOURCE_PORT,
  };
}
