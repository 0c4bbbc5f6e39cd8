import type { SocketSource } from '../../domain/ports.ts';
import { openVantage } from '../../system/vantage/open-vantage.ts';
import { UserError } from '../common/user-error.ts';
import type { CheckOptions } from '../options/check-options.ts';

/** A far side that has not answered by then will not; the walk has other things to look at in the time that is left. */
const LONGEST_MS = 8000;
/** Of the deadline; in the rest the path to the port is followed and the report written. */
const SHARE = 0.6;

type OnOptions = Pick<CheckOptions, 'on' | 'deadline'>;

/** Where `--on` says that the target's own sockets are read; null for nowhere in particular. Starts nothing. */
export function targetSockets(options: OnOptions): SocketSource | null {
  return open(options)?.source ?? null;
}

/** What `--on` will run, here and there, for a person to read before it does; empty where it runs nothing. */
export function explainOn(options: OnOptions): string {
  const commands = open(options)?.commands ?? null;
  if (commands === null) return '';
  const there = commands.there.split('\n').map((line) => `  | ${line}\n`);
  return `netwhy: to read the sockets of ${options.on} this is run here:\n  $ ${commands.here}\nand this is what the shell there is told. It only reads:\n${there.join('')}`;
}

function open({ on, deadline }: OnOptions) {
  if (on === undefined) return null;
  const opened = openVantage(on, Math.min(LONGEST_MS, SHARE * deadline * 1000));
  if (opened.kind === 'ok') return opened;
  throw new UserError(`--on: ${opened.message}.`, `A vantage looks like ${opened.example}`);
}
