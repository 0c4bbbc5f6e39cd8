import type { Certificate } from '../../domain/service-evidence.ts';
import type { TlsEvidence } from '../../evidence/tls.ts';

/** `common-name`: only by its common name, which is no longer read by all (RFC 9525 2). */
export type NameMatch = 'matches' | 'common-name' | 'differs';

/** What the certificate must be for: the name that was sent, or the address. */
export function identityOf({ serverName, address }: Pick<TlsEvidence, 'serverName' | 'address'>): string {
  return serverName ?? address.replace(/%.*$/u, '');
}

/** Whether a certificate is for the name or the address (RFC 9525 6.3, 6.4; addresses RFC 5280 4.2.1.6). */
export function matchName(certificate: Certificate, serverName: string | null, address: string): NameMatch {
  const { names, addresses, commonName } = certificate;
  if (serverName === null) return addresses.includes(address.replace(/%.*$/u, '')) ? 'matches' : 'differs';
  if (names.some((pattern) => covers(pattern, serverName))) return 'matches';
  const hasNames = names.length > 0 || addresses.length > 0;
  return !hasNames && commonName !== null && covers(commonName, serverName) ? 'common-name' : 'differs';
}

/** A wildcard stands for one whole label, the first, and for none of a name of two (RFC 9525 6.3). */
function covers(pattern: string, name: string): boolean {
  const [wanted, given] = [name.toLowerCase(), pattern.toLowerCase().replace(/\.$/u, '')];
  if (!given.startsWith('*.')) return given === wanted;
  const dot = wanted.indexOf('.');
  const parent = given.slice(1);
  return dot > 0 && parent.includes('.', 1) && wanted.slice(dot) === parent;
}
