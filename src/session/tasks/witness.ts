import type { SocketSource } from '../../domain/ports.ts';
import { lackOf } from '../../domain/prober.ts';
import { transportOf } from '../../domain/target.ts';
import type { Watched } from '../../domain/witness.ts';
import { witness } from '../../probe/witness.ts';
import type { TaskContext } from './context.ts';

/** Few enough for any limit, many enough that nothing else moves a counter by just so many. */
const PROBES = { least: 5, further: 4 };
const SPACING_MS = 20;
/** The kernel sends a SYN again after a second, a datagram is asked again after half of that. */
const TIMEOUT_MS = { tcp: 600, udp: 450, icmp: 600 } as const;
/** Of the way there, the quiet, the time that is watched, and the looks between. */
export const WITNESS_MS = 3000;

/** What the machine says that was named, or this one where the target or the fault is this one. */
export async function witnessTask(context: TaskContext): Promise<void> {
  const { target, ports, known, signal, record } = context;
  const address = await context.chosen();
  const source = witnessed(context);
  if (address === null || source?.witness === undefined) return;
  const watched: Watched =
    target.port === null ? { protocol: 'icmp' } : { protocol: transportOf(target.scheme), port: target.port };
  if (watched.protocol === 'icmp' && (ports.prober === null || lackOf(ports.prober, 'echo') !== null)) return;
  const found = await witness(
    {
      address,
      watched,
      source: known.evidence.route?.source ?? null,
      host: source.host,
      count: PROBES.least + Math.floor(ports.random() * PROBES.further),
      spacingMs: SPACING_MS,
      timeoutMs: TIMEOUT_MS[watched.protocol],
    },
    { ...ports, witness: source.witness },
    signal,
  );
  record({ witness: found });
}

/** Who is to be asked what became of the probes; null for nobody. */
export function witnessed({ ports, known }: TaskContext): SocketSource | null {
  const { primary, given, isOwnFault } = known;
  if (isOwnFault) return ports.localSockets;
  return given ?? ports.targetSockets ?? (primary !== null && ports.machine.owns(primary) ? ports.localSockets : null);
}
