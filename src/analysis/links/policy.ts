import type { IpAddress } from '../../domain/address.ts';
import type { RouteRule } from '../../domain/links.ts';
import type { RouteEvidence } from '../../evidence/route.ts';

/** The tables that every machine has, and looks into last. */
const USUAL_TABLES: ReadonlySet<string> = new Set(['local', 'main', 'default']);

/** The rule that sends packets into a table of its own; null where it is one of those that every machine has. */
export function policyRuleOf({ rule, boundRule }: RouteEvidence): RouteRule | null {
  return [rule, boundRule].find((each) => each !== undefined && !USUAL_TABLES.has(each.table)) ?? null;
}

/**
 * Whether this machine sends such packets another way than it sends most: by a rule of its policy database, from an
 * address of another interface, or to a link-layer address that was fixed by hand.
 */
export function isSentApart(route: RouteEvidence): boolean {
  return policyRuleOf(route) !== null || route.sourceInterface !== undefined || route.neighbour === 'permanent';
}

/** The gateway, where it answered an echo to itself; null where it did not, or was not asked. */
export function gatewayAnswering({ gateway, gatewayEcho }: RouteEvidence): IpAddress | null {
  return gatewayEcho !== undefined && gatewayEcho.received > 0 && gatewayEcho.address === gateway ? gateway : null;
}
