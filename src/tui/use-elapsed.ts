import { useEffect, useState } from 'react';
import type { Clock } from '../domain/ports.ts';

const TICK_MS = 100;

/** How long run number `run` has taken, in ms; ticks only while `isActive`. The wizard's one clock. */
export function useElapsed(clock: Clock, run: number, isActive: boolean): number {
  const [started, setStarted] = useState({ run, atMs: clock.nowMs() });
  const [nowMs, setNowMs] = useState(started.atMs);
  if (started.run !== run) {
    const atMs = clock.nowMs();
    setStarted({ run, atMs });
    setNowMs(atMs);
  }
  useEffect(() => {
    if (!isActive) return;
    const stop = new AbortController();
    const tick = async () => {
      while (!stop.signal.aborted) {
        await clock.sleep(TICK_MS, stop.signal);
        if (!stop.signal.aborted) setNowMs(clock.nowMs());
      }
    };
    void tick();
    return () => stop.abort();
  }, [clock, isActive]);
  return Math.max(0, nowMs - started.atMs);
}
