import { familyOf } from '../../domain/address.ts';
import { isTaught, mtu } from '../../probe/mtu/mtu.ts';
import type { TaskContext } from './context.ts';
import { serviceAsked } from './start-service.ts';

/** Whether large packets pass as well; asked only once a small one did. */
export async function mtuTask(context: TaskContext): Promise<void> {
  const { ports, signal, known, signs, job, chosen, progress, record } = context;
  const address = await chosen();
  const first = await Promise.race([signs.firstReply.promise, job('ping').then(() => null)]);
  if (address === null || first === null) return;
  await job('route');
  // A report teaches the kernel what would repair the very fault that the service is asked about: it is asked first.
  if (ports.prober !== null && isTaught(ports.prober, familyOf(address))) await serviceAsked(context);
  if (signal.aborted) return;
  const interfaceMtu = known.evidence.route?.mtu ?? null;
  const found = await mtu({ address, interfaceMtu, rttMs: first.rttMs }, ports, signal, (event) =>
    progress('mtu', event),
  );
  record({ mtu: found });
}
