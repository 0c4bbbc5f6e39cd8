import { readFile } from 'node:fs/promises';
import ipaddr from 'ipaddr.js';
import { familyOf, type IpAddress, withoutZone } from '../../../domain/address.ts';
import { canonicalAddress, isInNetwork, zoneOf } from '../interfaces/machine-address.ts';
import type { RouteDetail } from './detail.ts';

/** One usable route of a kernel table: `network` as `address/bits`. */
export type TableRoute = {
  readonly network: string;
  readonly bits: number;
  readonly interface: string;
  readonly gateway: IpAddress | null;
  readonly metric: number;
  readonly local: boolean;
};

/** Flags of both tables (linux/route.h, linux/ipv6_route.h). */
const RTF_UP = 0x1;
const RTF_GATEWAY = 0x2;
const RTF_REJECT = 0x200;
const RTF_LOCAL = 0x80000000;

/** The text of a file, here or on another machine; null where it cannot be read. Never rejects. */
export type ReadText = (path: string) => Promise<string | null>;

const readHere: ReadText = (path) => readFile(path, 'utf8').catch(() => null);

/** Finds the route in /proc by longest prefix: for systems without iproute2. Knows the main table only; null where it cannot be read. */
export async function routeByTable(to: IpAddress, read: ReadText = readHere): Promise<RouteDetail | null> {
  const isIpv6 = familyOf(to) === 6;
  const text = await read(isIpv6 ? '/proc/net/ipv6_route' : '/proc/net/route');
  return text === null ? null : bestRoute(isIpv6 ? parseIpv6Table(text) : parseIpv4Table(text), to);
}

/** The most exact route to the address, the lowest metric among equals; null where none matches. */
export function bestRoute(routes: readonly TableRoute[], to: IpAddress): RouteDetail | null {
  const zone = zoneOf(to);
  const matching = routes.filter(
    (route) => isInNetwork(to, route.network) && (zone === null || route.interface === zone),
  );
  const [best] = matching.sort((a, b) => b.bits - a.bits || a.metric - b.metric);
  if (best === undefined) return null;
  return { local: best.local, interface: best.interface, gateway: best.gateway, source: null, mtu: null };
}

/** /proc/net/route: one line per route, addresses as hex in the machine's own byte order (little endian here). */
export function parseIpv4Table(text: string): readonly TableRoute[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [name = '', destination, gateway, flagsText = '', , , metric, mask] = line.trim().split(/\s+/u);
      const flags = Number.parseInt(flagsText, 16);
      const [network, via, netmask] = [destination, gateway, mask].map((hex) => ipv4OfHex(hex ?? ''));
      if (!network || !via || !netmask || !usable(flags)) return [];
      const bits = ipaddr.IPv4.parse(netmask).prefixLengthFromSubnetMask() ?? 32;
      const hop = (flags & RTF_GATEWAY) === 0 ? null : via;
      return [
        { network: `${network}/${bits}`, bits, interface: name, gateway: hop, metric: Number(metric), local: false },
      ];
    });
}

/** /proc/net/ipv6_route: destination, its bits, source, its bits, next hop, metric, counters, flags, interface; all hex. */
export function parseIpv6Table(text: string): readonly TableRoute[] {
  return text.split('\n').flatMap((line) => {
    const [destination, bitsHex = '', , , via, metric = '', , , flagsText = '', name = ''] = line.trim().split(/\s+/u);
    const flags = Number.parseInt(flagsText, 16);
    const network = ipv6OfHex(destination ?? '');
    if (network === null || !usable(flags)) return [];
    const bits = Number.parseInt(bitsHex, 16);
    const hop = (flags & RTF_GATEWAY) === 0 ? null : ipv6OfHex(via ?? '');
    const local = (flags & RTF_LOCAL) !== 0;
    return [
      {
        network: `${network}/${bits}`,
        bits,
        interface: name,
        gateway: hop,
        metric: Number.parseInt(metric, 16),
        local,
      },
    ];
  });
}

function usable(flags: number): boolean {
  return (flags & RTF_UP) !== 0 && (flags & RTF_REJECT) === 0;
}

function ipv4OfHex(hex: string): IpAddress | null {
  if (!/^[0-9a-f]{8}$/iu.test(hex)) return null;
  return [...Buffer.from(hex, 'hex')].reverse().join('.');
}

function ipv6OfHex(hex: string): IpAddress | null {
  if (!/^[0-9a-f]{32}$/iu.test(hex)) return null;
  return canonicalAddress(withoutZone(hex.match(/.{4}/gu)?.join(':') ?? ''));
}
