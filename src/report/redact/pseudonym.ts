import ipaddr from 'ipaddr.js';
import type { IpAddress } from '../../domain/address.ts';

/** RFC 5737, 254 addresses each; RFC 2544 takes what is left of a very large report. */
const IPV4_PREFIXES = ['192.0.2', '198.51.100', '203.0.113'] as const;

const PER_PREFIX = 254;

/** Gives every address a stand-in, the same each time. */
export type AddressPseudonyms = (address: IpAddress) => IpAddress;

/**
 * Stand-ins for addresses: of the same family and kind, from the ranges for documentation (RFC 5737, RFC 3849), in the
 * order in which the addresses are first asked for. What names no one stays: loopback, the unspecified address,
 * multicast and broadcast. Link-local stays link-local and keeps its zone, an IPv4-mapped address stays mapped.
 * A text that is no address is returned as it is.
 */
export function addressPseudonyms(): AddressPseudonyms {
  const known = new Map<string, string>();
  const used = { ipv4: 0, linkLocal4: 0, ipv6: 0, linkLocal6: 0 };

  const next = (key: string, make: () => string): string => {
    const made = known.get(key) ?? make();
    known.set(key, made);
    return made;
  };

  const ofIpv4 = (address: ipaddr.IPv4): string => {
    const range = address.range();
    if (range === 'loopback' || range === 'unspecified' || range === 'multicast' || range === 'broadcast') {
      return address.toString();
    }
    return next(address.toString(), () => {
      if (range === 'linkLocal') {
        used.linkLocal4 += 1;
        return `169.254.${(used.linkLocal4 >> 8) & 255}.${used.linkLocal4 & 255}`;
      }
      used.ipv4 += 1;
      return documentationIpv4(used.ipv4);
    });
  };

  const ofIpv6 = (address: ipaddr.IPv6): string => {
    if (address.isIPv4MappedAddress()) return `::ffff:${ofIpv4(address.toIPv4Address())}`;
    const bare = ipaddr.fromByteArray(address.toByteArray());
    const range = address.range();
    if (range === 'loopback' || range === 'unspecified' || range === 'multicast') return bare.toString();
    return next(bare.toString(), () => {
      if (range === 'linkLocal') {
        used.linkLocal6 += 1;
        return `fe80::${used.linkLocal6.toString(16)}`;
      }
      used.ipv6 += 1;
      return ipaddr
        .parse(`2001:db8::${(used.ipv6 >> 16).toString(16)}:${(used.ipv6 & 0xffff).toString(16)}`)
        .toString();
    });
  };

  return (address) => {
    const [bare = '', zone] = address.split('%');
    if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ofIpv4(ipaddr.IPv4.parse(bare));
    if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return address;
    return ofIpv6(ipaddr.IPv6.parse(bare)) + (zone === undefined ? '' : `%${zone}`);
  };
}

/** `index` counts from 1. */
function documentationIpv4(index: number): string {
  const prefix = IPV4_PREFIXES[Math.floor((index - 1) / PER_PREFIX)];
  if (prefix !== undefined) return `${prefix}.${((index - 1) % PER_PREFIX) + 1}`;
  const rest = index - PER_PREFIX * IPV4_PREFIXES.length;
  return `198.${18 + ((rest >> 16) & 1)}.${(rest >> 8) & 255}.${rest & 255}`;
}
