import ipaddr from 'ipaddr.js';
import type { Family, IpAddress } from '../../domain/address.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';

/** Before 2018 ss wrote the IPv6 wildcard without brackets, and `*` for that of IPv4 alone. */
const OLD_WILDCARD = /\s:::\d/;

/** Whether this is the output of an ss that means IPv4 alone by `*`. */
export function isOldSs(output: string): boolean {
  return OLD_WILDCARD.test(output);
}

/** The address as ss writes it, with its brackets, its interface, or `*` for all; null for what is none. */
export function ssAddress(
  text: string,
  isOld: boolean,
): { readonly family: Family; readonly address: IpAddress } | null {
  if (/^\*(?:%.+)?$/.test(text)) return isOld ? { family: 4, address: '0.0.0.0' } : { family: 6, address: '::' };
  const [, inBrackets, zone = ''] = /^\[(.*)\](%.+)?$/.exec(text) ?? [];
  // All addresses of one interface: the interface is told apart from the address.
  if (inBrackets === '::') return { family: 6, address: '::' };
  const address = canonicalAddress(inBrackets === undefined ? text : `${inBrackets}${zone}`);
  if (address?.includes(':')) return unmapped(address);
  // `127.0.0.53%lo` is bound to an interface as well.
  const plain = canonicalAddress(text.replace(/%.*$/, ''));
  return plain === null ? null : { family: 4, address: plain };
}

/** A socket that is bound to an IPv4-mapped address (RFC 4291 2.5.5.2) serves IPv4 only. */
function unmapped(address: IpAddress): { readonly family: Family; readonly address: IpAddress } {
  if (!/^::ffff:/i.test(address)) return { family: 6, address };
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? { family: 4, address: parsed.toString() } : { family: 6, address };
}

/** What `v6only:` says, else what the wildcard does; null where neither does. */
export function ssV6Only(text: string, details: string): boolean | null {
  const word = /(?:^|\s)v6only:([01])/.exec(details)?.[1];
  if (word !== undefined) return word === '1';
  return text.startsWith('*') ? false : null;
}
