import ipaddr from 'ipaddr.js';
import type { IpAddress } from '../../domain/address.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';

/** Names that are this machine's own by definition (RFC 6761 6.3), and those that hosts files have beside them. */
const OWN_NAME = /^(.+\.)?(localhost|localhost\.localdomain|ip6-localhost|ip6-loopback|loopback)\.?$/iu;

/** Whether no other machine can have the address: unspecified or loopback (RFC 1122 3.2.1.3, RFC 4291 2.5.2 and 2.5.3). */
export function isNobodyElses(address: IpAddress): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return isUnspecified(address) || range === 'loopback';
}

/** 0.0.0.0 and ::, where a resolver that blocks names sends who asks. */
export function isUnspecified(address: IpAddress): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr
    .process(address)
    .toByteArray()
    .every((byte) => byte === 0);
}

/** The addresses that DNS gives for a name and that cannot be another machine's; empty for names of this machine's own. */
export function sinkholeAddresses({ host, addresses, source, hostsFile }: ResolveEvidence): readonly IpAddress[] {
  if (OWN_NAME.test(host) || source === 'hosts' || source === 'literal') return [];
  return addresses.filter((address) => isNobodyElses(address) && !hostsFile.includes(address));
}

/** Whether the name leads nowhere else. */
export function isSinkholed(evidence: ResolveEvidence): boolean {
  const { status, addresses } = evidence;
  return status === 'ok' && addresses.length > 0 && sinkholeAddresses(evidence).length === addresses.length;
}
