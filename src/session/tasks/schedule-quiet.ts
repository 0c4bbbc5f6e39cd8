import { methodFor } from '../../domain/prober.ts';
import type { TaskContext } from './context.ts';
import { PROCESS_START_MS, QUIET_MS } from './pace.ts';

/** After a while without a reply, or at the first error, starts what a quiet host needs. */
export function scheduleQuiet({ ports, signal, known, signs, start }: TaskContext): void {
  const { clock, prober } = ports;
  const quiet = clock.sleep(QUIET_MS, AbortSignal.any([signal, signs.answered.signal]));
  void Promise.race([quiet, signs.troubled.promise]).then(async () => {
    if (signal.aborted || signs.answered.signal.aborted) return;
    // A router that has already reported the host has said its last word, and its next errors are few. Otherwise this
    // echo goes ahead of the rest: a router that looks for the host answers only the first of the packets it holds.
    if (prober !== null && known.firstErrorFrom === null) {
      start('late');
      if (methodFor(prober, 'echo') === 'system') await clock.sleep(PROCESS_START_MS, signal);
    }
    start('alive');
    if (prober !== null) start('trace');
  });
}
