import type { IpAddress } from '../../../domain/address.ts';

/** What a routing table adds to the kernel's yes: which interface, which next hop. */
export type RouteDetail = {
  readonly local: boolean;
  readonly interface: string | null;
  /** null: the destination itself is the next hop. */
  readonly gateway: IpAddress | null;
  /** The source that the route prefers. */
  readonly source: IpAddress | null;
  /** MTU that the route itself fixes; not what the kernel learned about one path. */
  readonly mtu: number | null;
};
