/** A value outside React that components subscribe to. `get` gives the same object until it was set to another. */
export type Store<T> = {
  readonly get: () => T;
  /** Tells the subscribers at once: for what a person does. */
  readonly set: (value: T) => void;
  /** Tells them within `BATCH_MS`, many changes together: for what comes in by itself. */
  readonly setSoon: (value: T) => void;
  readonly subscribe: (listener: () => void) => () => void;
};

/** Ten frames a second are as many as one can follow; each costs some 25 ms. */
const BATCH_MS = 100;

/** `sleep` settles after so many ms. */
export function createStore<T>(initial: T, sleep: (ms: number) => Promise<void>): Store<T> {
  let value = initial;
  let isDue = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    isDue = false;
    for (const listener of listeners) listener();
  };
  return {
    get: () => value,
    set: (next) => {
      if (next === value) return;
      value = next;
      tell();
    },
    setSoon: (next) => {
      if (next === value) return;
      value = next;
      if (isDue) return;
      isDue = true;
      void sleep(BATCH_MS).then(() => {
        if (isDue) tell();
      });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
