import type { IcmpError } from '../../domain/icmp-error.ts';
import type { Prober, QuoteMatch } from '../../domain/prober.ts';
import { isFinal } from './verdict.ts';

/** The raw socket and the connecting one are read in turns: what the first hears may come a moment after the second's error. */
const LAGGARD_MS = 20;

/**
 * The ICMP errors that are heard of one attempt. `own`: those that the kernel itself took for answers to it. `overheard`:
 * they quote its addresses and ports, and may be forged by whoever does not know the rest: they explain what the kernel
 * says and never stand in its place.
 */
export type Quotes = {
  readonly are: 'own' | 'overheard';
  /** The most telling error so far: a decision before a hint. */
  heard(): IcmpError | null;
  /** When that one came, by `performance.now()`. */
  heardMs(): number | null;
  /** Calls back with each error from now on. */
  onHeard(listener: (error: IcmpError) => void): void;
  /** Waits, where one can hear and nothing was heard yet, as long as an error may lag behind. */
  laggards(): Promise<void>;
  end(): void;
};

const DEAF: Quotes = {
  are: 'overheard',
  heard: () => null,
  heardMs: () => null,
  onHeard: () => {},
  laggards: () => Promise.resolve(),
  end: () => {},
};

/** Listens for ICMP errors that quote packets of the attempt; without a prober, to nothing. */
export function hearQuotes(prober: Prober | null, match: QuoteMatch): Quotes {
  if (prober === null) return DEAF;
  const { quotes, tell } = collectQuotes();
  const end = prober.watch(match, tell);
  return {
    ...quotes,
    are: 'overheard',
    laggards: () =>
      new Promise((resolve) => {
        if (quotes.heard() !== null) return resolve();
        const timer = setTimeout(resolve, LAGGARD_MS);
        quotes.onHeard(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
    end,
  };
}

/** Keeps what is told of one attempt. Nothing lags behind where the errors come through the same socket. */
export function collectQuotes(): { readonly quotes: Quotes; readonly tell: (error: IcmpError) => void } {
  let heard: IcmpError | null = null;
  let heardMs: number | null = null;
  const listeners = new Set<(error: IcmpError) => void>();
  const quotes: Quotes = {
    are: 'own',
    heard: () => heard,
    heardMs: () => heardMs,
    onHeard: (listener) => void listeners.add(listener),
    laggards: () => Promise.resolve(),
    end: () => listeners.clear(),
  };
  const tell = (error: IcmpError): void => {
    // Path MTU discovery at work, which ends nothing.
    if (error.kind === 'packet-too-big') return;
    if (heard === null || (isFinal(error) && !isFinal(heard))) {
      heard = error;
      heardMs = performance.now();
    }
    for (const listener of listeners) listener(error);
  };
  return { quotes, tell };
}
