import { commandOf, processesIn } from './held-sockets.ts';

/** The short names of all processes that can be seen, by number; empty where the system has no /proc. */
export function processNames(root = '/proc'): ReadonlyMap<number, string> {
  return new Map(processesIn(root).map((pid) => [pid, commandOf(`${root}/${pid}/comm`)]));
}
