import type { Clock } from '../domain/ports.ts';

/** Lets one loop sleep until a time comes, something arrives, or the signal aborts, whichever is first. */
export type Waker = {
  /** Ends the present sleep, or the next one if nobody sleeps. */
  wake(): void;
  sleep(ms: number): Promise<void>;
  /** Stops listening to the signal. */
  close(): void;
};

export function createWaker(clock: Clock, signal: AbortSignal): Waker {
  let bell = new AbortController();
  const wake = (): void => bell.abort();
  signal.addEventListener('abort', wake, { once: true });
  return {
    wake,
    sleep: async (ms) => {
      if (!signal.aborted) await clock.sleep(Math.max(0, ms), bell.signal);
      bell = new AbortController();
    },
    close: () => signal.removeEventListener('abort', wake),
  };
}
