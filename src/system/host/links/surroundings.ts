import { networkInterfaces } from 'node:os';
import { type Family, familyOf, type IpAddress, withoutZone } from '../../../domain/address.ts';
import type { OtherWay, RouteLink, RouteRule, RouteSurroundings } from '../../../domain/links.ts';
import type { NetlinkCalls } from '../../sockets/netlink.ts';
import { canonicalAddress } from '../interfaces/machine-address.ts';
import { type Device, readDevices } from './devices.ts';
import { decide, type Flow, ruleInto, selectorOf } from './policy.ts';
import { type FibRoute, lookUpRoute, readRoutes } from './routes.ts';
import { type PolicyRule, readRules } from './rules.ts';

type Way = { readonly interface: string; readonly source: IpAddress | null };

/** Hardware types of links on which a frame is addressed to a neighbour (linux/if_arp.h): Ethernet, InfiniBand. */
const NEIGHBOURLY: ReadonlySet<number> = new Set([1, 32]);
const ARPHRD_PPP = 512;
/** Tables with a name of their own (ip-route(8)). */
const TABLES: Readonly<Record<number, string>> = { 253: 'default', 254: 'main', 255: 'local' };
/** What stands on a device that may be hardware, and is as good as that. */
const STACKED: ReadonlySet<string> = new Set([
  'vlan',
  'bond',
  'team',
  'macvlan',
  'macvtap',
  'ipvlan',
  'macsec',
  'hsr',
  'dsa',
]);
const MOST_GATEWAYS = 3;
/** Makers of virtual links that have no kind of their own. */
const VIRTUAL_NAMES = /^(?:vboxnet|vmnet)\d{1,4}$/u;

/** See Links.around. */
export async function surroundings(
  calls: NetlinkCalls,
  to: IpAddress,
  way: Way,
  signal: AbortSignal,
): Promise<RouteSurroundings | null> {
  const bare = withoutZone(to);
  const family = familyOf(bare);
  const devices = await readDevices(calls, signal);
  const device = devices?.find(({ name }) => name === way.interface);
  if (devices === null || device === undefined) return null;
  const rules = await readRules(calls, family, signal);
  const routes = (await readRoutes(calls, family, signal)) ?? [];
  const gateways = gatewaysOf(device, routes);
  const sourceOf = sourceInterface(way);
  return {
    ...(rules !== null && (await policyOf(calls, rules, bare, way.source, signal))),
    ...(rules !== null && waysOf(rules, routes, bare, device, devices)),
    link: linkOf(device, devices, gateways.length > 0),
    ...(gateways.length > 0 && { gateways: gateways.slice(0, MOST_GATEWAYS) }),
    ...(sourceOf !== null && { sourceInterface: sourceOf }),
  };
}

/** The rules by which the kernel's own look-up came to its answer. */
async function policyOf(
  calls: NetlinkCalls,
  rules: readonly PolicyRule[],
  to: IpAddress,
  source: IpAddress | null,
  signal: AbortSignal,
): Promise<Pick<RouteSurroundings, 'rule' | 'boundRule'>> {
  const from = source === null ? null : withoutZone(source);
  const free = await lookUpRoute(calls, to, null, signal);
  const bound = from === null ? null : await lookUpRoute(calls, to, from, signal);
  const rule = free === null ? null : ruleInto(free.table, rules, flowTo(to, null));
  const differs = free !== null && bound !== null && leaveOf(free) !== leaveOf(bound);
  const boundRule = differs ? ruleInto(bound.table, rules, flowTo(to, from)) : null;
  return {
    ...(rule !== null && { rule: ruleText(rule) }),
    ...(boundRule !== null && { boundRule: ruleText(boundRule) }),
  };
}

/** The route that is taken, and the one that would be without the interface. */
function waysOf(
  rules: readonly PolicyRule[],
  routes: readonly FibRoute[],
  to: IpAddress,
  device: Device,
  devices: readonly Device[],
): Pick<RouteSurroundings, 'network' | 'without'> {
  const flow = flowTo(to, null);
  const taken = decide(rules, routes, flow, null);
  const other = otherWay(decide(rules, routes, flow, device.index)?.route, devices);
  return {
    ...(taken !== null && { network: networkText(taken.route, familyOf(to)) }),
    ...(other !== null && { without: other }),
  };
}

function flowTo(to: IpAddress, from: IpAddress | null): Flow {
  return { to, from, uid: process.getuid?.() ?? null };
}

function ruleText(rule: PolicyRule): RouteRule {
  return { priority: rule.priority, selector: selectorOf(rule), table: TABLES[rule.table] ?? String(rule.table) };
}

function networkText({ to }: FibRoute, family: Family): string {
  if (to === null) return family === 6 ? '::/0' : '0.0.0.0/0';
  return `${to.address}/${to.bits}`;
}

function leaveOf({ table, hops }: FibRoute): string {
  return [table, hops[0]?.device, hops[0]?.gateway].join(' ');
}

function otherWay(route: FibRoute | undefined, devices: readonly Device[]): OtherWay | null {
  const hop = route?.hops[0];
  const name = devices.find(({ index }) => index === hop?.device)?.name;
  return hop === undefined || name === undefined ? null : { interface: name, gateway: hop.gateway };
}

function gatewaysOf(device: Device, routes: readonly FibRoute[]): readonly IpAddress[] {
  const hops = routes.flatMap((route) => route.hops.filter((hop) => hop.device === device.index));
  return [...new Set(hops.flatMap(({ gateway }) => gateway ?? []))];
}

function linkOf(device: Device, devices: readonly Device[], hasGateway: boolean): RouteLink {
  const ports = devices.filter(({ master }) => master === device.index);
  return {
    kind: kindOf(device),
    hasNeighbours: NEIGHBOURLY.has(device.hardware),
    leadsOut: hasGateway || isOutward(device) || ports.some(isOutward),
    sentPackets: null,
    receivedPackets: null,
  };
}

function kindOf({ kind, hardware, name }: Device): string | null {
  if (kind !== null) return kind;
  if (hardware === ARPHRD_PPP) return 'ppp';
  return VIRTUAL_NAMES.test(name) ? 'host-only' : null;
}

function isOutward(device: Device): boolean {
  const kind = kindOf(device);
  return kind === null || STACKED.has(kind);
}

/** The interface whose address the source is, where packets leave by another; null where it is theirs, or nobody's. */
function sourceInterface({ source, interface: name }: Way): string | null {
  if (source === null) return null;
  const bare = withoutZone(source);
  const owners = Object.entries(networkInterfaces()).flatMap(([owner, entries]) =>
    entries?.some(({ address }) => canonicalAddress(withoutZone(address)) === bare) ? [owner] : [],
  );
  return owners.length === 0 || owners.includes(name) ? null : (owners[0] ?? null);
}
