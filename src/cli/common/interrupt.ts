import { EXIT } from './exit-code.ts';

/** Aborts at the first Ctrl-C (SIGTERM, or a terminal that went away), so that what is known can be said; a second one ends the process at once. */
export function interruptSignal(): AbortSignal {
  const interrupt = new AbortController();
  const onSignal = () => (interrupt.signal.aborted ? process.exit(EXIT.interrupted) : interrupt.abort());
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  return interrupt.signal;
}
