import { lastingCode } from '../../analysis/hops.ts';
import { distanceFromTtl } from '../../analysis/ping-distance.ts';
import { hopEchoes } from '../../probe/hop-echoes/hop-echoes.ts';
import type { TaskContext } from './context.ts';
import { hopEchoesPlan } from './hop-echoes-plan.ts';

/** Samples each hop of a path whose target loses or delays, to say from where it lasts. */
export async function hopsTask(context: TaskContext): Promise<void> {
  const { options, ports, signal, known, job, progress, record } = context;
  const { prober, clock, random } = ports;
  const address = await context.chosen();
  if (address === null || prober === null || ports.paths !== undefined) return;
  await Promise.all([job('ping'), job('trace')]);
  const { ping, trace = null } = known.evidence;
  const plan = hopEchoesPlan(lastingCode(known.evidence, options), context.leftMs());
  if (plan === null || (trace?.hops.length ?? 0) < 2) return;
  const routers = distanceFromTtl(ping?.replyTtl ?? -1);
  const distance = routers === null ? null : routers + 1;
  const found = await hopEchoes({ address, trace, distance, ...plan }, { prober, clock, random }, signal, (event) =>
    progress('hops', event),
  );
  record({ hopEchoes: found });
}
