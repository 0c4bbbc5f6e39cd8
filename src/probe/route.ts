import { type Family, familyOf, type IpAddress } from '../domain/address.ts';
import type { Clock, Machine, RouteAnswer, UsableAddress } from '../domain/ports.ts';
import { roundMs } from '../domain/statistics.ts';
import { type RouteEvidence, routeCommand } from '../evidence/route.ts';

export type RouteOptions = {
  readonly to: IpAddress;
  readonly families: readonly Family[];
  /** Further addresses of the same name: a way to one of them makes its family usable without a default route. */
  readonly others?: readonly IpAddress[];
};

/** Addresses of documentation (RFC 5737, RFC 3849) that only a default route covers. Nothing is sent to them. */
const BEYOND: Readonly<Record<Family, IpAddress>> = { 4: '192.0.2.1', 6: '2001:db8::1' };

/** errno names by which a kernel says that it has no way; any other tells of this process, not of the network. */
const NO_WAY: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EACCES',
  'EINVAL',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'ENETDOWN',
  'EHOSTDOWN',
  'ENODEV',
]);

/** Reads how this machine would send to an address. Sends nothing. */
export async function route(
  options: RouteOptions,
  ports: { readonly machine: Machine; readonly clock: Clock },
  signal: AbortSignal,
): Promise<RouteEvidence> {
  const { to, families, others = [] } = options;
  const { machine, clock } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const [answer, usable] = await Promise.all([machine.route(to, signal), machine.addresses()]);
  const way = answer.kind === 'route' ? answer : null;
  const found = statusOf(to, answer, usable, machine.owns(to));
  const isLoopbackDown = found === 'local' && (await machine.links?.loopbackIsUp(signal)) === false;
  const status = isLoopbackDown ? 'no-network' : found;
  const nextHop = way?.gateway ?? to;
  const isUsable = async (family: Family, beyond: readonly IpAddress[]): Promise<readonly Family[]> => {
    if (usable?.some((own) => own.family === family && own.scope === 'global') !== true) return [];
    if (familyOf(to) === family && leadsOut(answer)) return [family];
    const ways = beyond.filter((other) => familyOf(other) === family).map((other) => machine.route(other, signal));
    return (await Promise.all(ways)).some(leadsOut) ? [family] : [];
  };
  const leave = status === 'ok' && way?.interface != null ? { ...way, interface: way.interface } : null;
  const [neighbour, around, usableFamilies] = await Promise.all([
    leave === null ? null : machine.neighbour(nextHop, leave.interface, signal),
    leave === null ? null : machine.links?.around(to, leave, signal),
    Promise.all(families.map((family) => isUsable(family, [...others, BEYOND[family]]))),
  ]);
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: routeCommand(to),
    to,
    status,
    error: answer.kind === 'refused' ? answer.errno : null,
    interface: way?.interface ?? null,
    source: way?.source ?? null,
    gateway: way?.gateway ?? null,
    onLink: way?.onLink ?? null,
    neighbour,
    mtu: way?.mtu ?? null,
    usableFamilies: usableFamilies.flat(),
    ...(isLoopbackDown && { loopbackDown: true as const }),
    ...around,
  };
}

function statusOf(
  to: IpAddress,
  answer: RouteAnswer,
  usable: readonly UsableAddress[] | null,
  owned: boolean,
): RouteEvidence['status'] {
  if (owned || (answer.kind === 'route' && answer.local)) return 'local';
  // Without the addresses, a way that names no interface is none that was seen.
  if (usable === null && answer.kind === 'route') return answer.interface === null ? 'unknown' : 'ok';
  if (usable !== null && !usable.some((own) => serves(own, to)) && !borrowsSource(answer, usable)) return 'no-network';
  if (answer.kind === 'route') return 'ok';
  return NO_WAY.has(answer.errno) ? 'no-route' : 'unknown';
}

/** Whether an address of this machine could be the source of a packet to `to`: of its family, and link-local only for link-local. */
function serves(own: UsableAddress, to: IpAddress): boolean {
  if (own.family !== familyOf(to)) return false;
  if (!isLinkLocal(to)) return own.scope === 'global';
  const [, zone] = to.split('%');
  return zone === undefined || own.interface === zone;
}

/** A live interface without an address of its own may send from one of the loopback interface (unnumbered links). */
function borrowsSource(answer: RouteAnswer, usable: readonly UsableAddress[]): boolean {
  if (answer.kind !== 'route' || answer.source === null || isLinkLocal(answer.source)) return false;
  return usable.some((own) => own.interface === answer.interface);
}

/** RFC 3927 and RFC 4291 2.5.6, on well-formed addresses. */
function isLinkLocal(address: IpAddress): boolean {
  return familyOf(address) === 6 ? /^fe[89ab][0-9a-f]:/iu.test(address) : address.startsWith('169.254.');
}

function leadsOut(answer: RouteAnswer): boolean {
  return answer.kind === 'route' && !answer.local;
}
