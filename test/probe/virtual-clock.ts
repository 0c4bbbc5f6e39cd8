import type { Clock } from '../../src/domain/ports.ts';

export type VirtualClock = Clock & {
  /** Runs a promise to its end; time jumps to the next sleeper whenever nothing else can happen. */
  run<T>(work: Promise<T>): Promise<T>;
};

type Sleeper = { readonly atMs: number; readonly wake: () => void };

/** A clock that moves only when everybody sleeps. */
export function createVirtualClock(): VirtualClock {
  let nowMs = 0;
  let sleepers: readonly Sleeper[] = [];
  const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const sleeper = {
        atMs: nowMs + ms,
        wake: () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      sleepers = [...sleepers, sleeper];
      signal.addEventListener('abort', sleeper.wake);
    });

  async function run<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const finished = work.finally(() => {
      done = true;
    });
    finished.catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (done) return finished;
      const [next] = [...sleepers].sort((a, b) => a.atMs - b.atMs);
      if (next === undefined) throw new Error('nobody sleeps and the work is not done');
      nowMs = Math.max(nowMs, next.atMs);
      next.wake();
    }
  }

  return { nowMs: () => nowMs, isoNow: () => '2026-01-01T00:00:00.000Z', sleep, run };
}
