import type { Clock } from '../../src/domain/ports.ts';

export type FakeClock = Clock & {
  /** Runs `what` does at a time of this clock, `ms` from now. */
  after(ms: number, what: () => void): void;
  /** Lets time pass until the promise settles; rejects when nothing is left to wait for. */
  run<T>(promise: Promise<T>): Promise<T>;
};

type Timer = { readonly atMs: number; readonly order: number; readonly fire: () => void };

/** A clock that moves only from one timer to the next, so that a test waits for nothing. */
export function createFakeClock(startMs = 1000): FakeClock {
  let nowMs = startMs;
  let order = 0;
  const timers = new Set<Timer>();

  const add = (ms: number, fire: () => void): Timer => {
    const timer = { atMs: nowMs + Math.max(0, ms), order: order++, fire };
    timers.add(timer);
    return timer;
  };

  const fireNext = (): void => {
    const [next] = [...timers].sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    if (next === undefined) throw new Error('the fake clock has no timer left, and the promise has not settled');
    timers.delete(next);
    nowMs = Math.max(nowMs, next.atMs);
    next.fire();
  };

  return {
    nowMs: () => nowMs,
    isoNow: () => new Date(Date.UTC(2026, 0, 1) + nowMs).toISOString(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) {
          resolve();
          return;
        }
        const wake = (): void => {
          timers.delete(timer);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = add(ms, wake);
        signal.addEventListener('abort', wake);
      }),
    after: (ms, what) => void add(ms, what),
    run: async (promise) => {
      let isSettled = false;
      const done = (): void => {
        isSettled = true;
      };
      promise.then(done, done);
      for (;;) {
        // One turn of the event loop: every promise that can settle without time passing has settled then.
        await new Promise((resolve) => setImmediate(resolve));
        if (isSettled) return promise;
        fireNext();
      }
    },
  };
}
