import { transportOf } from '../../domain/target.ts';
import { listenersShown } from '../../evidence/listeners-shown.ts';
import { sockets } from '../../probe/sockets.ts';
import type { TaskContext } from './context.ts';

/** The target's own sockets, where somebody said how to read them or the target is this machine. */
export async function socketsTask({
  target,
  ports,
  signal,
  known,
  chosen,
  progress,
  record,
}: TaskContext): Promise<void> {
  const address = await chosen();
  if (address === null || target.port === null) return;
  const given = known.given;
  const source = given ?? ports.targetSockets ?? (ports.machine.owns(address) ? ports.localSockets : null);
  if (source === null) return;
  const found = await sockets(
    { targetAddress: address, port: target.port, protocol: transportOf(target.scheme) },
    { source, clock: ports.clock },
    signal,
  );
  // Meanwhile somebody may have said where to look instead.
  if (found === undefined || given !== known.given) return;
  record({ sockets: found });
  progress('sockets', { kind: 'listeners', listening: listenersShown(found, target.port) });
}
