import type { IpAddress } from '../../../domain/address.ts';
import { isInNetwork } from '../interfaces/machine-address.ts';
import type { FibRoute } from './routes.ts';
import type { Network, PolicyRule } from './rules.ts';

/** A packet of this machine's own, as the policy database looks at it. */
export type Flow = {
  readonly to: IpAddress;
  /** null: the source is not chosen yet. */
  readonly from: IpAddress | null;
  readonly uid: number | null;
};

export type Decision = { readonly rule: PolicyRule; readonly route: FibRoute };

/**
 * Which rule and which route a packet takes: the rules in their order, in the table of each the most exact route, of
 * equals the one of the lowest metric (ip-rule(8), ip-route(8)). `without`: as if this interface were not there. null
 * where none matches, or a route refuses.
 */
export function decide(
  rules: readonly PolicyRule[],
  routes: readonly FibRoute[],
  flow: Flow,
  without: number | null,
): Decision | null {
  const ordered = rules.toSorted((a, b) => a.priority - b.priority);
  let from = 0;
  for (const rule of ordered) {
    if (rule.priority < from || !matches(rule, flow)) continue;
    if (rule.action === 'refuse') return null;
    if (rule.action === 'goto') from = rule.goto ?? 0;
    if (rule.action !== 'lookup') continue;
    const route = bestOf(routes, rule, flow.to, without);
    if (route === null || route.type === 'throw') continue;
    return route.type === 'unicast' ? { rule, route } : null;
  }
  return null;
}

/** The rule by which a packet came into a table. */
export function ruleInto(table: number, rules: readonly PolicyRule[], flow: Flow): PolicyRule | null {
  const ordered = rules.toSorted((a, b) => a.priority - b.priority);
  return ordered.find((rule) => rule.action === 'lookup' && rule.table === table && matches(rule, flow)) ?? null;
}

function bestOf(routes: readonly FibRoute[], rule: PolicyRule, to: IpAddress, without: number | null): FibRoute | null {
  const fitting = routes.filter(
    (route) =>
      route.table === rule.table &&
      !route.isDead &&
      contains(route.to, to) &&
      lengthOf(route) > (rule.suppressed ?? -1) &&
      // What is for this machine itself is none of the other ways.
      (without === null || (route.type !== 'own' && route.hops.every(({ device }) => device !== without))),
  );
  return fitting.toSorted((a, b) => lengthOf(b) - lengthOf(a) || a.metric - b.metric)[0] ?? null;
}

/** Whether the rule takes a packet of this machine. One that looks at protocols or ports takes some, and is not counted. */
function matches(rule: PolicyRule, { to, from, uid }: Flow): boolean {
  const doesMatch =
    !rule.isNarrower &&
    rule.tos === 0 &&
    contains(rule.to, to) &&
    (rule.from === null || (from !== null && contains(rule.from, from))) &&
    (rule.mark === null || (rule.mark.value & rule.mark.mask) === 0) &&
    (rule.iif === null || rule.iif === 'lo') &&
    rule.oif === null &&
    (rule.uids === null || (uid !== null && uid >= rule.uids.first && uid <= rule.uids.last));
  return doesMatch !== rule.isInverted;
}

function contains(network: Network | null, address: IpAddress): boolean {
  return network === null || isInNetwork(address, `${network.address}/${network.bits}`);
}

function lengthOf(route: FibRoute): number {
  return route.to?.bits ?? 0;
}

/** As ip-rule(8) writes it, without priority and table. */
export function selectorOf(rule: PolicyRule): string {
  const { from, to, mark, iif, oif, uids, isInverted } = rule;
  return [
    isInverted ? 'not' : null,
    `from ${from === null ? 'all' : networkText(from)}`,
    to === null ? null : `to ${networkText(to)}`,
    mark === null ? null : `fwmark 0x${mark.value.toString(16)}`,
    iif === null ? null : `iif ${iif}`,
    oif === null ? null : `oif ${oif}`,
    uids === null ? null : `uidrange ${uids.first}-${uids.last}`,
  ]
    .filter((word) => word !== null)
    .join(' ');
}

function networkText({ address, bits }: Network): string {
  return bits === (address.includes(':') ? 128 : 32) ? address : `${address}/${bits}`;
}
