import type { LinkClaims } from '../../domain/links.ts';
import type { RouteEvidence } from '../../evidence/route.ts';

/** The first address that two machines answer for: another one than this for its own, or two for another; null for none. */
export function conflictOf(route: RouteEvidence | undefined): LinkClaims | null {
  return route?.claims?.find(({ of, linkAddresses }) => linkAddresses.length > (of === 'own' ? 0 : 1)) ?? null;
}
