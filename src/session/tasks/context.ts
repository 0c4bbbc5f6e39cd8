import type { IpAddress } from '../../domain/address.ts';
import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { LinkCounters } from '../../domain/links.ts';
import type { ProbeName } from '../../domain/outcome.ts';
import type { SocketSource } from '../../domain/ports.ts';
import type { Target } from '../../domain/target.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import type { SessionOptions } from './session-options.ts';
import type { SessionPorts } from './session-ports.ts';
import type { Signs } from './signs.ts';

/** What the probes of one run have brought so far. Tasks write it; it is read by what comes after them. */
export type Known = {
  evidence: Evidence;
  /** The address that the walk is about. */
  primary: IpAddress | null;
  /** Packet manners: a router that already reported the host gets few more probes to report on. */
  firstErrorFrom: IpAddress | null;
  /** Who told that an echo ran out of its full TTL; null for nobody. */
  expiredFrom: IpAddress | null;
  /** Of the first echo that was answered; null while none is. */
  rttMs: number | null;
  /** What the host's other ports said. */
  aliveAttempts: readonly ConnectAttempt[];
  /** What the asked port of the address that the walk is about said; null while it says nothing. */
  asked: ConnectAttempt | null;
  /** Packets of each interface before the run sent any; null where they are not counted. */
  countersBefore: ReadonlyMap<string, LinkCounters> | null;
  /** What a person said of where the target's sockets are to be read. */
  given: SocketSource | null;
  /** Whether this machine itself is what stops the probes, so that its own kernel is asked. */
  isOwnFault: boolean;
};

/** What every task works with. */
export type TaskContext = {
  readonly options: SessionOptions;
  readonly target: Target;
  readonly ports: SessionPorts;
  readonly signal: AbortSignal;
  /** Settles when the signal aborts. */
  readonly over: Promise<void>;
  readonly known: Known;
  readonly signs: Signs;
  readonly leftMs: () => number;
  readonly progress: (probe: ProbeName, event: ProbeEvent) => void;
  /** Runs a probe once; whoever needs it waits for the same run. */
  readonly job: (probe: ProbeName) => Promise<void>;
  /** Runs it without anybody waiting. */
  readonly start: (probe: ProbeName) => void;
  /** The address that the walk is about, once the name is resolved; null where it has none. */
  readonly chosen: () => Promise<IpAddress | null>;
  /** Adds to the evidence what a probe found, marked where the deadline or the user ended it early. */
  readonly record: (found: Evidence) => void;
};
