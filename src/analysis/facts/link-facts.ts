import type { FactName } from '../../domain/fact.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { RouteEvidence } from '../../evidence/route.ts';
import type { Context } from '../context.ts';
import { conflictOf } from '../links/conflict.ts';
import { gatewayAnswering, policyRuleOf } from '../links/policy.ts';
import { lastAnswering } from '../trace.ts';

type Known = Partial<Record<FactName, string | number | null | undefined>>;

/** What is known of the way out of this machine, for the texts of a finding. */
export function linkFacts({ route, trace }: Evidence, { target }: Context): Known {
  if (route === undefined) return {};
  const { entry, link, without, gateway } = route;
  const rule = policyRuleOf(route);
  const conflict = conflictOf(route);
  const nextHop = gateway ?? route.to;
  const isSilent = trace !== undefined && lastAnswering(trace) === null;
  return {
    'next-hop': isSilent ? nextHop : null,
    'next-hop-answers': isSilent ? gatewayAnswering(route) : null,
    'static-neighbour': route.neighbour === 'permanent' ? nextHop : null,
    'link-address': entry?.linkAddress,
    'real-link': realLink(route, nextHop),
    'shared-with': listed(sharedWith(route)),
    rule: rule === null ? null : `${rule.selector} lookup ${rule.table}`,
    'rule-priority': rule?.priority,
    'rule-table': rule?.table,
    'source-interface': route.sourceInterface,
    'link-kind': link?.kind,
    'link-network': route.network,
    'link-sent': link?.sentPackets,
    'other-interface': without?.interface,
    'other-gateway': without?.gateway,
    'conflict-address': conflict?.address,
    'conflict-links': listed(conflict?.linkAddresses),
    unserved: route.status === 'no-network' && route.loopbackDown !== true ? target.host : null,
    'loopback-down': route.loopbackDown === true ? 'lo' : null,
  };
}

/** Whoever answered for the next hop, where the neighbour table names somebody else. */
function realLink({ entry, claims = [] }: RouteEvidence, nextHop: string): string | null {
  const claimed = claims.find(({ address }) => address === nextHop)?.linkAddresses ?? [];
  const isOther = entry !== undefined && claimed.length > 0 && !claimed.includes(entry.linkAddress);
  return isOther ? listed(claimed) : null;
}

/** By the neighbour table, and by who answered for the gateways. */
function sharedWith({ entry, claims = [] }: RouteEvidence): readonly string[] {
  if (entry === undefined) return [];
  const claimed = claims.filter(
    ({ of, linkAddresses }) => of === 'gateway' && linkAddresses.includes(entry.linkAddress),
  );
  return [...new Set([...entry.sharedWith, ...claimed.map(({ address }) => address)])];
}

function listed(values: readonly string[] | undefined): string | null {
  return values === undefined || values.length === 0 ? null : values.join(', ');
}
