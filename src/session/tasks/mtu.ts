import { mtu } from '../../probe/mtu/mtu.ts';
import type { TaskContext } from './context.ts';

/** Whether large packets pass as well; asked only once a small one did. */
export async function mtuTask({
  ports,
  signal,
  known,
  signs,
  job,
  chosen,
  progress,
  record,
}: TaskContext): Promise<void> {
  const address = await chosen();
  const first = await Promise.race([signs.firstReply.promise, job('ping').then(() => null)]);
  if (address === null || first === null) return;
  await job('route');
  const interfaceMtu = known.evidence.route?.mtu ?? null;
  const found = await mtu({ address, interfaceMtu, rttMs: first.rttMs }, ports, signal, (event) =>
    progress('mtu', event),
  );
  record({ mtu: found });
}
