import type { TaskContext } from './context.ts';
import { PORT_QUIET_MS } from './pace.ts';

/** Starts the trace to a port that refuses, or says nothing for a while, once the host is known to be up. */
export function schedulePortTrace({ target, ports, signal, known, signs, start }: TaskContext): void {
  if (target.port === null) return;
  const { clock, machine } = ports;
  const startedMs = clock.nowMs();
  const wait = async (): Promise<void> => {
    const { rttMs } = await signs.isUp.promise;
    const quietMs = Math.max(PORT_QUIET_MS, 2 * rttMs + 100) - (clock.nowMs() - startedMs);
    await Promise.race([signs.portAnswered.promise, clock.sleep(Math.max(0, quietMs), signal)]);
    const state = known.asked?.state ?? 'filtered';
    const isWorthIt = state === 'filtered' || state === 'rejected' || state === 'closed';
    if (isWorthIt && !signal.aborted && known.primary !== null && !machine.owns(known.primary)) start('port-trace');
  };
  void wait();
}
