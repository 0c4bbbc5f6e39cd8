import { type IpAddress, withoutZone } from '../../domain/address.ts';
import { canonicalAddress, isInNetwork } from '../host/interfaces/machine-address.ts';
import { localIpv4, localIpv6 } from '../host/interfaces/machine-owns.ts';
import { sectionsOf } from './sockets-script.ts';

/** `inet 10.0.0.1/24` of ip(8) and `inet 10.0.0.1 netmask …` of ifconfig(8), old and new. */
const LISTED = /\binet6? (?:addr: ?)?([0-9A-Fa-f:.]{2,45})/g;
const LOOPBACK = ['127.0.0.0/8', '::1/128'] as const;
const MOST_NETWORKS = 20_000;

/** Tells of an address whether the machine that wrote the output of the sockets script has it; null where that cannot be told. */
export function ownAddresses(output: string): (address: IpAddress) => boolean | null {
  const sections = sectionsOf(output);
  const text = sections.get('addresses') ?? '';
  const listed = new Set(
    [...text.matchAll(LISTED)].slice(0, MOST_NETWORKS).map(([, address = '']) => canonicalAddress(address) ?? ''),
  );
  const ipv4 = localIpv4(text).filter(isNetwork).slice(0, MOST_NETWORKS);
  const ipv6 = new Set(localIpv6(sections.get('inet6') ?? ''));
  const isKnown = listed.size > 0 || ipv4.length > 0 || ipv6.size > 0;
  return (address) => {
    const bare = withoutZone(address);
    if (LOOPBACK.some((network) => isInNetwork(bare, network))) return true;
    if (!isKnown) return null;
    return listed.has(bare) || ipv6.has(bare) || ipv4.some((network) => isInNetwork(bare, network));
  };
}

function isNetwork(text: string): boolean {
  return Number(text.split('/')[1]) <= 32;
}

/** `2: eth0    inet 10.0.0.5/24 …` of `ip -o address`, and `2: eth0: <…> … master br0 …` of `ip -o link`. */
const ADDRESS_LINE = /^\d+: ([^\s@:]{1,15})(?:@\S+)?\s+inet6? ([0-9A-Fa-f:.]{2,45})/gm;
const MASTER_LINE = /^\d+: ([^\s@:]{1,15})(?:@[^\s:]+)?: .*\bmaster (\S{1,15})/gm;

/**
 * Tells by which interfaces of the machine that wrote the output traffic for one of its addresses is taken: the one that
 * has it, and what that belongs to (a bridge, a bond, a VRF). null where that cannot be told.
 */
export function interfacesThere(output: string): (address: IpAddress) => readonly string[] | null {
  const text = sectionsOf(output).get('links') ?? '';
  const holders = [...text.matchAll(ADDRESS_LINE)].slice(0, MOST_NETWORKS);
  const masters = new Map([...text.matchAll(MASTER_LINE)].map(([, name = '', master = '']) => [name, master]));
  return (address) => {
    const bare = withoutZone(address);
    const names = holders.flatMap(([, name = '', held = '']) => (canonicalAddress(held) === bare ? [name] : []));
    return names.length === 0 ? null : names.flatMap((name) => withMaster(name, masters));
  };
}

function withMaster(name: string, masters: ReadonlyMap<string, string>): readonly string[] {
  const master = masters.get(name);
  return master === undefined ? [name] : [name, master];
}
