import type { RouteEvidence } from '../../evidence/route.ts';
import { route } from '../../probe/route.ts';
import type { TaskContext } from './context.ts';

/** The way to the target; where its name has no address, the way in question is the one to the resolvers. */
export async function routeTask(context: TaskContext): Promise<void> {
  const { options, ports, signal, signs, record } = context;
  const to = await context.chosen();
  const others = await signs.addressesKnown.promise;
  const found =
    to === null
      ? await routeToResolver(context)
      : await route({ to, families: options.families, others }, ports, signal);
  if (found !== null) record({ route: found });
}

/** The best of the ways to the resolvers. */
async function routeToResolver({ ports, signal }: TaskContext): Promise<RouteEvidence | null> {
  const servers = await ports.resolver.servers();
  const ways = await Promise.all(servers.map((to) => route({ to, families: [4, 6] }, ports, signal)));
  return ways.find(({ status }) => status === 'ok') ?? ways.find(({ status }) => status === 'local') ?? ways[0] ?? null;
}
