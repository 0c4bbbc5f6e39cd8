import type { RouteEvidence } from '../../evidence/route.ts';

/**
 * What the interface is to the packets that leave by it. `tunnel`: it carries them inside of others, to a far end.
 * `own-network`: it leads to nothing but what runs on this machine, as far as can be seen. `link`: to other machines.
 */
export type LinkRole = 'tunnel' | 'own-network' | 'link';

/** Kinds that carry Ethernet frames through a tunnel. A `tun` with frames (a tap) may be that of a virtual machine as well. */
const FRAME_TUNNELS: ReadonlySet<string> = new Set([
  'vxlan',
  'geneve',
  'gretap',
  'ip6gretap',
  'erspan',
  'ip6erspan',
  'l2tpeth',
  'batadv',
]);
const OWN_NETWORKS: ReadonlySet<string> = new Set(['bridge', 'veth', 'dummy', 'tun', 'host-only', 'netkit']);
/** Kinds without link-layer addresses that carry nothing to a far end. */
const NO_TUNNELS: ReadonlySet<string> = new Set(['dummy', 'vrf', 'ifb', 'nlmon', 'vcan', 'rmnet', 'wwan', 'loopback']);
/** Shorter prefixes are no network of somebody's, but a way that is to take everything (`0.0.0.0/1`, `2000::/3`). */
const SHORTEST_NETWORK_BITS = { ipv4: 8, ipv6: 16 } as const;

/** null where the interface is not known. */
export function linkRole({ link, gateway, network }: RouteEvidence): LinkRole | null {
  if (link === undefined) return null;
  const { kind } = link;
  if (kind === null) return 'link';
  if (!link.hasNeighbours) return NO_TUNNELS.has(kind) ? 'own-network' : 'tunnel';
  if (FRAME_TUNNELS.has(kind)) return 'tunnel';
  if (kind === 'tun' && (gateway !== null || isForEverything(network))) return 'tunnel';
  return OWN_NETWORKS.has(kind) && !link.leadsOut ? 'own-network' : 'link';
}

function isForEverything(network: string | undefined): boolean {
  if (network === undefined) return false;
  const bits = Number(network.split('/')[1]);
  return bits < (network.includes(':') ? SHORTEST_NETWORK_BITS.ipv6 : SHORTEST_NETWORK_BITS.ipv4);
}
