import { useEffect, useState } from 'react';
import type { Clock } from '../../domain/ports.ts';

/** What comes in is drawn ten times a second by itself (store.ts); this is for the time line only. */
const TICK_MS = 200;

/** How long run number `run` has been active, in ms, not counting the times between. The wizard's one clock. */
export function useElapsed(clock: Clock, run: number, isActive: boolean): number {
  const [passed, setPassed] = useState({ run, ms: 0 });
  if (passed.run !== run) setPassed({ run, ms: 0 });
  useEffect(() => {
    if (!isActive) return;
    const stop = new AbortController();
    const tick = async () => {
      let lastMs = clock.nowMs();
      while (!stop.signal.aborted) {
        await clock.sleep(TICK_MS, stop.signal);
        const nowMs = clock.nowMs();
        const sinceMs = nowMs - lastMs;
        lastMs = nowMs;
        setPassed((before) => (before.run === run ? { run, ms: before.ms + sinceMs } : before));
      }
    };
    void tick();
    return () => stop.abort();
  }, [clock, isActive, run]);
  return passed.run === run ? passed.ms : 0;
}
