import type { IpAddress } from './address.ts';

/** One entry of an MPLS label stack (RFC 3032, 2.1). */
export type MplsLabel = {
  readonly label: number;
  readonly trafficClass: number;
  readonly bottom: boolean;
  readonly ttl: number;
};

/**
 * What a router says of one of its interfaces (RFC 5837, 4.1): by which the packet came in, or would have left. Whatever
 * it leaves out is null. The name is text of the network.
 */
export type HopInterface = {
  readonly role: 'incoming' | 'sub-ip' | 'outgoing' | 'next-hop';
  readonly index: number | null;
  readonly address: IpAddress | null;
  readonly name: string | null;
  readonly mtu: number | null;
};
