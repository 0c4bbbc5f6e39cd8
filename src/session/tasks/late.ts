import { late } from '../../probe/ping/late.ts';
import type { TaskContext } from './context.ts';
import { LATE_PATIENCE_MS } from './pace.ts';

/** One more echo to a quiet host, with more patience than the others had. */
export async function lateTask({ ports, signal, known, signs, chosen, job }: TaskContext): Promise<void> {
  const { prober, clock } = ports;
  const address = await chosen();
  if (address === null || prober === null) return;
  const found = await late(
    { address, patienceMs: LATE_PATIENCE_MS, earlier: signs.lateAnswer.promise },
    { prober, clock },
    signal,
  );
  await job('ping');
  const { ping } = known.evidence;
  if (ping !== undefined && found !== null) known.evidence = { ...known.evidence, ping: { ...ping, late: found } };
}
