import type { IpAddress } from '../../domain/address.ts';
import type { Quotes } from './quotes.ts';

export type End = { readonly address: IpAddress; readonly port: number };

/** What happens to a TCP connection. `failed` after `opened`: the peer reset it. */
export type TcpEvent =
  | { readonly kind: 'opened' | 'data' | 'ended' }
  | { readonly kind: 'failed'; readonly errno: string };

/** What happens to a connected UDP socket. `refused`: this machine would not send, so it is nobody's answer. */
export type UdpEvent =
  | { readonly kind: 'connected' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused' | 'failed'; readonly errno: string };

/** One socket that talks to one end, and the ICMP errors that are heard of it. Times are those of `performance.now()`. */
type Line<Event> = {
  readonly quotes: Quotes;
  /** When the first packet left. */
  startedMs(): number;
  /** Calls back with each event from now on, or from the beginning. */
  onEvent(listener: (event: Event) => void): void;
  /** Ends it as a polite program would. */
  close(): void;
};

export type TcpLine = Line<TcpEvent> & {
  /** From the SYN to its answer, by the kernel's own clock; null where the system does not tell, or it was sent again. */
  openedMs(): number | null;
  /** How often the SYN of a connection that opened had to be sent again; null where the system does not tell. */
  retransmitted(): number | null;
  /** Sends a FIN, and goes on to hear what the peer does. */
  endSending(): void;
  /** Whether the peer has acknowledged that FIN; null where the system does not tell. */
  isEndAcknowledged(): boolean | null;
};
export type UdpLine = Line<UdpEvent> & { send(bytes: Uint8Array): void };

/** Opens sockets towards an end; whatever goes wrong is told as an event. */
export type Lines = { tcp(end: End): TcpLine; udp(end: End): UdpLine };
