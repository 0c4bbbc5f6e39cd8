import { familyOf, type IpAddress } from './address.ts';

/** From where a bound address can be reached. `one`: by the ways that lead to this one address. */
export type BindScope = 'all' | 'loopback' | 'link-local' | 'multicast' | 'one';

/** The scope of an address that is well formed (RFC 5735 and 3927; RFC 4291, section 2.4). */
export function bindScopeOf(address: IpAddress): BindScope {
  if (familyOf(address) === 4) {
    if (address === '0.0.0.0') return 'all';
    if (address.startsWith('127.')) return 'loopback';
    if (address.startsWith('169.254.')) return 'link-local';
    const first = Number(address.slice(0, address.indexOf('.')));
    return first >= 224 && first <= 239 ? 'multicast' : 'one';
  }
  if (address === '::') return 'all';
  if (address === '::1') return 'loopback';
  if (/^fe[89ab][0-9a-f]:/u.test(address)) return 'link-local';
  return /^ff[0-9a-f]{2}:/u.test(address) ? 'multicast' : 'one';
}
