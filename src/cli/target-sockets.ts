import type { SocketSource } from '../domain/ports.ts';
import { openVantage } from '../system/open-vantage.ts';
import type { CheckOptions } from './check-options.ts';
import { UserError } from './user-error.ts';

/** A far side that has not answered by then will not; the walk has other things to look at in the time that is left. */
const LONGEST_MS = 8000;
/** Of the deadline; in the rest the path to the port is followed and the report written. */
const SHARE = 0.6;

/** Where `--on` says that the target's own sockets are read; null for nowhere in particular. Starts nothing. */
export function targetSockets({ on, deadline }: Pick<CheckOptions, 'on' | 'deadline'>): SocketSource | null {
  if (on === undefined) return null;
  const opened = openVantage(on, Math.min(LONGEST_MS, SHARE * deadline * 1000));
  if (opened.kind === 'ok') return opened.source;
  throw new UserError(`--on: ${opened.message}.`, `A vantage looks like ${opened.example}`);
}
