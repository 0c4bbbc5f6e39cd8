import { trace } from '../../probe/trace/trace.ts';
import { usualProtocol } from '../../probe/trace/vehicle.ts';
import type { TaskContext } from './context.ts';
import { MAX_HOPS } from './pace.ts';

export async function traceTask(context: TaskContext): Promise<void> {
  const { ports, signal, known, signs, progress, record } = context;
  const address = await context.chosen();
  if (address === null) return;
  const found = await trace(
    {
      address,
      protocol: usualProtocol(ports.prober),
      maxHops: MAX_HOPS,
      knownErrorFrom: known.firstErrorFrom,
      expiredFrom: known.expiredFrom,
      ...(known.rttMs !== null && { knownRttMs: known.rttMs }),
      gateway: known.evidence.route?.gateway ?? null,
    },
    ports,
    signal,
    (event) => {
      progress('trace', event);
      if (event.kind === 'hop' && !ports.machine.owns(event.address)) signs.heard.abort();
    },
  );
  record({ trace: found });
  progress('trace', { kind: 'traced', trace: found });
}
