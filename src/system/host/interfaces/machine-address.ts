import ipaddr from 'ipaddr.js';
import { type IpAddress, withoutZone } from '../../../domain/address.ts';
import { isInterfaceName } from '../../../text/interface-name.ts';

/** The shortest form of an address as the system writes it, zone kept (RFC 5952); null for what is none. */
export function canonicalAddress(text: string): IpAddress | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toString();
  const [bare = '', zone, ...more] = text.split('%');
  if (more.length > 0 || zone === '' || !bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return null;
  const address = ipaddr.IPv6.parse(bare).toRFC5952String();
  if (zone === undefined) return address;
  return isInterfaceName(zone) ? `${address}%${zone}` : null;
}

/** The interface that a link-local address names, null where it names none. */
export function zoneOf(address: IpAddress): string | null {
  return address.split('%')[1] ?? null;
}

/** Whether an address is good on its own link only (RFC 3927, RFC 4291 2.5.6). */
export function isLinkLocal(address: IpAddress): boolean {
  return ipaddr.process(withoutZone(address)).range() === 'linkLocal';
}

/** Whether the address lies in a network written as `address/bits`. */
export function isInNetwork(address: IpAddress, network: string): boolean {
  const parsed = ipaddr.process(withoutZone(address));
  const [prefix, bits] = ipaddr.parseCIDR(network);
  return parsed.kind() === prefix.kind() && parsed.match([prefix, bits] as [ipaddr.IPv4, number]);
}
