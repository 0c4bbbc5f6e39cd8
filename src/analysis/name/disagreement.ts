import type { ServerAnswer } from '../../domain/evidence.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';

/** The resolvers that said something definite of the name: its addresses, that it has none, or that it is not there. */
export function definite({ servers }: ResolveEvidence): readonly ServerAnswer[] {
  return servers.filter(({ rcode }) => rcode === 'NOERROR' || rcode === 'NXDOMAIN');
}

/** The definite answers where two of them differ: one has none of the addresses of the other, or denies the name. */
export function disagreement(evidence: ResolveEvidence): readonly ServerAnswer[] {
  const said = definite(evidence);
  const differs = said.some((one, index) => said.slice(index + 1).some((other) => !isAlike(one, other)));
  return differs ? said : [];
}

function isAlike(one: ServerAnswer, other: ServerAnswer): boolean {
  if (one.addresses.length === 0 || other.addresses.length === 0) {
    return one.addresses.length === other.addresses.length && one.rcode === other.rcode;
  }
  return one.addresses.some((address) => other.addresses.includes(address));
}
