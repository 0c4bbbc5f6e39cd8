/**
 * The probes in the air of one run. Each has a signal of its own: an engine may listen to each more than once, and Node
 * warns on the terminal when one signal has more than ten listeners.
 */
export type Flights = {
  /** The signal of one more probe. */
  open(): AbortSignal;
  isOver(): boolean;
  /** Nothing that arrives from now on counts; every probe in the air is told to give up. */
  end(): void;
};

export function createFlights(): Flights {
  const controllers: AbortController[] = [];
  let isOver = false;
  return {
    open: () => {
      const controller = new AbortController();
      controllers.push(controller);
      return controller.signal;
    },
    isOver: () => isOver,
    end: () => {
      isOver = true;
      for (const controller of controllers) controller.abort();
    },
  };
}
