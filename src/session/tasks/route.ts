import type { LinkClaims } from '../../domain/links.ts';
import type { RouteEvidence } from '../../evidence/route.ts';
import { route } from '../../probe/route.ts';
import type { TaskContext } from './context.ts';
import { CLAIMS_LISTEN_MS } from './pace.ts';

/** The way to the target; where its name has no address, the way in question is the one to the resolvers. */
export async function routeTask(context: TaskContext): Promise<void> {
  const { options, ports, signal, signs, known, record } = context;
  const { links } = ports.machine;
  known.countersBefore = (await links?.counters(signal)) ?? null;
  const to = await context.chosen();
  const others = await signs.addressesKnown.promise;
  const found =
    to === null
      ? await routeToResolver(context)
      : await route({ to, families: options.families, others }, ports, signal);
  if (found === null) return;
  record({ route: found });
  if (links === undefined || found.status !== 'ok' || found.interface === null) return;
  const claims = await links.claims(askedOf(found), found.interface, CLAIMS_LISTEN_MS, signal);
  if (claims !== null) record({ route: { ...(known.evidence.route ?? found), claims } });
}

/** The best of the ways to the resolvers. */
async function routeToResolver({ ports, signal }: TaskContext): Promise<RouteEvidence | null> {
  const servers = await ports.resolver.servers();
  const ways = await Promise.all(servers.map((to) => route({ to, families: [4, 6] }, ports, signal)));
  return ways.find(({ status }) => status === 'ok') ?? ways.find(({ status }) => status === 'local') ?? ways[0] ?? null;
}

/** The addresses of the link that the way rests on; a link without neighbours has none. */
function askedOf({
  to,
  gateway,
  source,
  link,
  gateways = [],
}: RouteEvidence): readonly Pick<LinkClaims, 'address' | 'of'>[] {
  if (link?.hasNeighbours !== true) return [];
  const nextHops =
    gateway === null ? [{ address: to, of: 'target' as const }] : [{ address: gateway, of: 'gateway' as const }];
  const others = gateways.filter((each) => each !== gateway).map((address) => ({ address, of: 'gateway' as const }));
  return [...nextHops, ...(source === null ? [] : [{ address: source, of: 'own' as const }]), ...others];
}
