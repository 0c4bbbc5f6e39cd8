import type { IpAddress } from './address.ts';

/** A rule of the policy database (ip-rule(8)) that decides where packets to an address go. */
export type RouteRule = {
  readonly priority: number;
  /** As it is written, e.g. `from all to 203.0.113.0/24`. */
  readonly selector: string;
  /** `main`, `local`, `default`, or the number. */
  readonly table: string;
};

/** A way that the routing tables have beside the one that is taken. */
export type OtherWay = { readonly interface: string; readonly gateway: IpAddress | null };

/** The interface that packets to an address leave by. */
export type RouteLink = {
  /** What made it, as the system calls it (`bridge`, `tun`, `wireguard`, `veth`, `ppp`); null for hardware. */
  readonly kind: string | null;
  /** Whether frames are addressed to neighbours there, so that ARP or neighbour discovery says something. */
  readonly hasNeighbours: boolean;
  /** Whether it leads out of this machine as far as can be seen: hardware, a bridge with a port that is, or a gateway is reached by it. */
  readonly leadsOut: boolean;
  /** Packets that left by it and came by it during the run; null where they are not counted. */
  readonly sentPackets: number | null;
  readonly receivedPackets: number | null;
};

/** What surrounds a route. Absent is what is not so, and what could not be read. */
export type RouteSurroundings = {
  /** That decides. */
  readonly rule?: RouteRule;
  /** Where the route differs for a socket that is bound to the source address, as that of a connection is: its rule. */
  readonly boundRule?: RouteRule;
  /** The destination of the route that is taken, e.g. `172.18.0.0/16`. */
  readonly network?: string;
  /** The way that packets would take if the interface were not there. */
  readonly without?: OtherWay;
  readonly link?: RouteLink;
  /** Gateways of any route by the interface. */
  readonly gateways?: readonly IpAddress[];
  /** The interface whose address the source is, where that is another one than packets leave by. */
  readonly sourceInterface?: string;
};

/** Who answers for an address on the link, and which further addresses have the same link-layer address. */
export type LinkEntry = {
  readonly linkAddress: string;
  readonly isPermanent: boolean;
  readonly sharedWith: readonly IpAddress[];
};

/** Packets that an interface has sent and received since it was made. */
export type LinkCounters = { readonly sent: number; readonly received: number };

/** An address of a link, and the link-layer addresses from which it was claimed. */
export type LinkClaims = {
  readonly address: IpAddress;
  readonly of: 'target' | 'gateway' | 'own';
  readonly linkAddresses: readonly string[];
};

/** The links of this machine, beyond what a route tells. Reads only; null where it could not be read. */
export type Links = {
  loopbackIsUp(signal: AbortSignal): Promise<boolean | null>;
  around(
    to: IpAddress,
    way: { readonly interface: string; readonly source: IpAddress | null },
    signal: AbortSignal,
  ): Promise<RouteSurroundings | null>;
  /** By interface. */
  counters(signal: AbortSignal): Promise<ReadonlyMap<string, LinkCounters> | null>;
  /** The entry of a neighbour that has been resolved. */
  entry(address: IpAddress, interfaceName: string, signal: AbortSignal): Promise<LinkEntry | null>;
  /**
   * Asks the link who has the addresses, in the name of nobody (RFC 5227 2.1.1; RFC 4862 5.4), and collects who answers for
   * as long as told. null where this machine does not allow to.
   */
  claims(
    asked: readonly Pick<LinkClaims, 'address' | 'of'>[],
    interfaceName: string,
    listenMs: number,
    signal: AbortSignal,
  ): Promise<readonly LinkClaims[] | null>;
};
