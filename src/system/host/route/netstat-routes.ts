import ipaddr from 'ipaddr.js';
import { rowsOf } from '../../process/parse-lines.ts';
import { canonicalAddress } from '../interfaces/machine-address.ts';
import type { TableRoute } from './table.ts';

/** Flags of netstat(1): what is refused, and what holds only for sockets that are bound to the interface (macOS). */
const REFUSED = /[RB]/u;
const SCOPED = 'I';
const DEFAULTS: Readonly<Record<'inet' | 'inet6', string>> = { inet: '0.0.0.0/0', inet6: '::/0' };

/**
 * Reads `netstat -rn` of macOS and FreeBSD: a table for each family, its columns named above it (older systems have more of
 * them). `zone`: the interface that the address names, whose scoped routes count as well.
 */
export function parseNetstatRoutes(text: string, zone: string | null): readonly TableRoute[] {
  const routes: TableRoute[] = [];
  let family: keyof typeof DEFAULTS = 'inet';
  let names: readonly string[] = [];
  for (const row of rowsOf(text)) {
    const [first = '', via = '', flags = ''] = row;
    if (/^Internet6?:$/u.test(first)) {
      family = first === 'Internet6:' ? 'inet6' : 'inet';
      names = [];
    } else if (first === 'Destination') names = row;
    else {
      const name = row[names.indexOf('Netif')];
      const network = first === 'default' ? DEFAULTS[family] : networkOf(first);
      const isForAll = !flags.includes(SCOPED) || name === zone;
      if (name === undefined || network === null || !flags.includes('U') || REFUSED.test(flags) || !isForAll) continue;
      const gateway = flags.includes('G') ? canonicalAddress(via) : null;
      const bits = Number(network.split('/')[1]);
      routes.push({ network, bits, interface: name, gateway, metric: 0, local: false });
    }
  }
  return routes;
}

/**
 * `10.9`, `192.168.1/24`, `127.0.0.1`, `fe80::%en0/64`: of IPv4 only the octets that the mask covers are printed, and the
 * mask where it is not that of the address's class (netname of netstat's route.c).
 */
function networkOf(text: string): string | null {
  const [address = '', length, ...more] = text.split('/');
  if (more.length > 0 || (length !== undefined && !/^\d{1,3}$/u.test(length))) return null;
  if (address.includes(':')) return ipv6Network(address, Number(length ?? 128));
  const octets = address.split('.');
  if (octets.length > 4 || !octets.every((octet) => /^\d{1,3}$/u.test(octet) && Number(octet) <= 255)) return null;
  const bits = Number(length ?? octets.length * 8);
  if (bits > 32) return null;
  return `${[...octets, '0', '0', '0'].slice(0, 4).map(Number).join('.')}/${bits}`;
}

function ipv6Network(address: string, bits: number): string | null {
  const [bare = ''] = address.split('%');
  return ipaddr.IPv6.isValid(bare) && bits <= 128 ? `${bare}/${bits}` : null;
}
