import type { BindScope } from '../../domain/bind-scope.ts';
import type { SocketGap, SocketState } from '../../domain/socket.ts';
import type { PortsAsked } from './view.ts';

/** The words of the tables of sockets and of the sentences under them. */
export type PortsWords = {
  /** `host` null: this machine. */
  readonly title: (host: string | null, asked: PortsAsked) => string;
  readonly listening: string;
  readonly connections: string;
  readonly protocol: string;
  readonly address: string;
  readonly scope: string;
  readonly local: string;
  readonly peer: string;
  readonly state: string;
  readonly process: string;
  readonly pid: string;
  readonly queue: string;
  readonly received: string;
  readonly unsent: string;
  readonly drops: string;
  readonly user: string;
  readonly place: string;
  readonly states: Readonly<Record<SocketState, string>>;
  /** Of a UDP socket with a peer. */
  readonly connected: string;
  readonly scopes: Readonly<Record<Exclude<BindScope, 'all'>, string>>;
  readonly all: Readonly<Record<'ipv4' | 'ipv6-only' | 'both' | 'ipv6-unknown', string>>;
  readonly through: (device: string) => string;
  readonly more: (rows: number) => string;
  readonly keys: string;
  readonly reading: string;

  readonly nothingAtPort: (port: string) => string;
  readonly nothingFits: string;
  readonly onlyConnections: (port: string, connections: number) => string;
  readonly listens: (port: string, process: string | null) => string;
  readonly loopbackOnly: (port: string) => string;
  readonly queueFull: (at: string, waiting: number, limit: number) => string;
  readonly otherQueuesFull: (count: number) => string;
  readonly overflows: (overflows: number, drops: number) => string;
  readonly gap: (gap: SocketGap) => string;
  readonly unavailable: (hint: string) => string;
  readonly why: (command: string) => string;
};
