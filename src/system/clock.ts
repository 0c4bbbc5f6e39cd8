import type { Clock } from '../domain/ports.ts';

/** The machine's clocks: monotonic milliseconds (since the process started), and the wall clock for reports. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  isoNow: () => new Date().toISOString(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(0, ms));
      signal.addEventListener('abort', wake);
    }),
};
