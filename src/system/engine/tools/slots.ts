/** Lets a bounded number of tasks run at once; the rest wait in their order. */
export type Slots = {
  /** Whether the next one has to wait. */
  isFull(): boolean;
  /** Runs the task when there is room; null, without running it, when the signal aborts before that. */
  within<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T | null>;
};

export function createSlots(most: number): Slots {
  const waiting = new Set<() => void>();
  let taken = 0;

  const enter = (signal: AbortSignal): Promise<boolean> => {
    if (signal.aborted) return Promise.resolve(false);
    if (taken < most) {
      taken += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const settle = (isIn: boolean): void => {
        waiting.delete(admit);
        signal.removeEventListener('abort', leave);
        resolve(isIn);
      };
      const admit = (): void => settle(true);
      const leave = (): void => settle(false);
      waiting.add(admit);
      signal.addEventListener('abort', leave, { once: true });
    });
  };

  /** The room of one that is done goes to the next in the row, or is free. */
  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) taken -= 1;
    else next();
  };

  return {
    isFull: () => taken >= most,
    async within(task, signal) {
      if (!(await enter(signal))) return null;
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
