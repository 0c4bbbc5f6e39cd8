import { neighbour } from '../../probe/neighbour.ts';
import type { TaskContext } from './context.ts';
import { NEIGHBOUR_SETTLE_MS } from './pace.ts';

/** The next hop's entry in the neighbour table, once packets have made the kernel look for it. */
export async function neighbourTask({ ports, signal, known, signs, job, over, record }: TaskContext): Promise<void> {
  await job('route');
  const { route } = known.evidence;
  if (route === undefined || route.status !== 'ok') return;
  if (known.primary !== null && ports.prober !== null) await Promise.race([job('trace'), over]);
  const until = AbortSignal.any([signal, signs.heard.signal]);
  record({ route: await neighbour({ route, settleMs: NEIGHBOUR_SETTLE_MS }, ports, until) });
}
