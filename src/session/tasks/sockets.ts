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
  signs,
  over,
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
  progress('sockets', { kind: 'listeners', listening: listenersShown(found, target.port) });
  const tracks = source.tracks === undefined || !ports.machine.owns(address) ? null : await trackedBy(source.tracks);
  record({ sockets: { ...found, ...(tracks !== null && { tracksConnections: tracks }) } });

  /** What the port was asked is tracked once it has come, and where it opens nobody needs to know. */
  async function trackedBy(asks: () => Promise<boolean | null>): Promise<boolean | null> {
    await Promise.race([signs.portAnswered.promise, over]);
    const { state, dropped } = known.asked ?? { state: 'open', dropped: null };
    return state === 'open' && dropped === null ? null : asks();
  }
}
