import type { Unavailable } from '../../domain/evidence.ts';
import type { Machine } from '../../domain/ports.ts';
import type { Hop } from '../../evidence/trace.ts';
import { trace } from '../../probe/trace/trace.ts';
import { usualProtocol } from '../../probe/trace/vehicle.ts';
import type { TaskContext } from './context.ts';
import { MAX_HOPS } from './pace.ts';

const SHARED_LIMIT: Unavailable = {
  reason: 'shared-limit',
  obstacles: [{ code: 'router-limit-shared' }],
};

export async function traceTask(context: TaskContext): Promise<void> {
  const { ports, signal, known, signs, progress, record } = context;
  const address = await context.chosen();
  if (address === null) return;
  const gateway = known.evidence.route?.gateway ?? null;
  const isGranted = (await ports.paths?.grant(gateway, address, signal)) ?? true;
  const found = await trace(
    {
      address,
      protocol: usualProtocol(ports.prober),
      maxHops: MAX_HOPS,
      knownErrorFrom: known.firstErrorFrom,
      expiredFrom: known.expiredFrom,
      ...(known.rttMs !== null && { knownRttMs: known.rttMs }),
      gateway,
      ...(ports.paths !== undefined && { probesPerHop: 1 }),
    },
    isGranted ? ports : { ...ports, prober: null, unavailable: SHARED_LIMIT },
    signal,
    (event) => {
      progress('trace', event);
      if (event.kind === 'hop' && !ports.machine.owns(event.address)) signs.heard.abort();
    },
  );
  const told = { ...found, hops: found.hops.map((hop) => withoutOwn(hop, ports.machine)) };
  record({ trace: told });
  progress('trace', { kind: 'traced', trace: told });
}

/** What this machine's own kernel says of a neighbour that it does not find is no answer of a hop. */
function withoutOwn(hop: Hop, machine: Machine): Hop {
  if (hop.error === null || !machine.owns(hop.error.from)) return hop;
  const addresses = hop.addresses.filter((address) => !machine.owns(address));
  return addresses.length > 0 ? { ...hop, addresses } : { ...hop, addresses, received: 0, rttMs: null };
}
