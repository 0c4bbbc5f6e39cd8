import type { SocketsUnavailable } from '../../domain/evidence.ts';
import type { ListenCounters, SocketGap, SocketRow, SocketSummary } from '../../domain/socket.ts';

/** What a command line asked for, as typed; null: whatever it is. */
export type PortsAsked = {
  /** A number, or the name of a service with its number. */
  readonly port: string | null;
  readonly process: string | null;
  readonly states: readonly string[] | null;
  readonly isListening: boolean;
};

/** The sockets of one machine that were asked for, in order. */
export type PortsView = {
  /** `local`, or a vantage as it was named. */
  readonly host: string;
  readonly asked: PortsAsked;
  readonly rows: readonly SocketRow[];
  /** Of these rows. */
  readonly summary: SocketSummary;
  readonly counters: ListenCounters | null;
  readonly gaps: readonly SocketGap[];
  /** Why nothing could be seen; null where it could. */
  readonly unavailable: SocketsUnavailable | null;
};
