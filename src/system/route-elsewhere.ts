import { networkInterfaces } from 'node:os';
import { familyOf, type IpAddress } from '../domain/address.ts';
import { canonicalAddress, isInNetwork, withoutZone } from './machine-address.ts';
import { ownsAddress } from './machine-owns.ts';
import type { RouteDetail } from './route-detail.ts';

/**
 * For macOS and Windows: the interface is the one that has the source address, and what is outside its network goes to
 * the default gateway. Written from documentation; not tested on such a machine.
 */
export async function routeElsewhere(to: IpAddress, source: IpAddress | null): Promise<RouteDetail> {
  const bare = source === null ? null : withoutZone(source);
  const entries = Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? []).map((entry) => ({ ...entry, name, canonical: canonicalAddress(entry.address) })),
  );
  const own = entries.find(({ canonical }) => canonical !== null && withoutZone(canonical) === bare);
  const onLink = own?.cidr != null && isInNetwork(to, own.cidr);
  const gateway = onLink || own === undefined || familyOf(to) === 6 ? null : await defaultGateway();
  return { local: ownsAddress(to), interface: own?.name ?? null, gateway, source, mtu: null };
}

async function defaultGateway(): Promise<IpAddress | null> {
  const { networkGatewayDefault } = await import('systeminformation');
  return canonicalAddress(await networkGatewayDefault());
}
