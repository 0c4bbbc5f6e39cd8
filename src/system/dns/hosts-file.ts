import type { IpAddress } from '../../domain/address.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';

/** The addresses that a hosts file (hosts(5)) gives for a name, in file order, each once. Names compare without case. */
export function addressesInHostsFile(text: string, host: string): readonly IpAddress[] {
  const wanted = host.toLowerCase();
  const addresses = new Set<IpAddress>();
  for (const line of text.split('\n')) {
    const [addressText = '', ...names] = line.replace(/#.*$/u, '').trim().split(/\s+/u);
    if (!names.some((name) => name.toLowerCase() === wanted)) continue;
    const address = canonicalAddress(addressText);
    if (address !== null) addresses.add(address);
  }
  return [...addresses];
}
