import type { Family, IpAddress } from '../../../domain/address.ts';

/**
 * One packet as a raw socket gives it: from the IP header on in IPv4, from behind it in IPv6, where `hopLimit` tells what
 * stood in the header, or null where the reader cannot see it. `bytes` is reused afterwards.
 */
export type Received = {
  readonly bytes: Uint8Array;
  readonly from: IpAddress;
  readonly atMs: number;
  readonly hopLimit: number | null;
};

export type Departure =
  | { readonly kind: 'sent'; readonly atMs: number }
  | { readonly kind: 'refused'; readonly code: string };

/** One raw socket. */
export type Channel = {
  readonly kind: 'open';
  /** Hands the packet to the kernel before it returns; `refused` with an errno name where the kernel will not. */
  send(
    bytes: Uint8Array,
    to: IpAddress,
    how: { readonly ttl: number | null; readonly dontFragment: boolean },
  ): Departure;
  /** Reads what already waits in the socket. */
  drain(): void;
  isOpen(): boolean;
  close(): void;
};

export type OpenedChannel = Channel | { readonly kind: 'refused'; readonly code: string };

export type ChannelOptions = {
  readonly family: Family;
  readonly protocol: number;
  readonly onReceived: (received: Received) => void;
};

/** Opens raw sockets, each with room for bursts and, of ICMP, only for what answers a probe. */
export type Channels = {
  /** Opens one, or says with an errno name why this machine does not. */
  open(options: ChannelOptions): OpenedChannel;
  close(): void;
};
