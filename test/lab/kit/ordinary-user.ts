import { readFileSync } from 'node:fs';
import { sh } from './exec.ts';
import type { Namespace } from './namespaces.ts';

/** Who has no account and no group; in a user namespace that knows only root, root without a right. */
const ID = knows(1001) ? 1001 : 0;

/** Runs the command behind it as a user who may do nothing that is not for everybody. */
export const ORDINARY_USER: readonly string[] = [
  'setpriv',
  ...[`--reuid=${ID}`, `--regid=${ID}`, '--clear-groups', '--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'],
].filter((argument) => ID !== 0 || !/^--(reuid|regid|clear)/u.test(argument));

/** Runs the command behind it as the same user, who may run what has the right to send on its own file, such as ping. */
export const USER_WITH_TOOLS: readonly string[] =
  ID === 0 ? [] : ['setpriv', `--reuid=${ID}`, `--regid=${ID}`, '--clear-groups'];

/** Lets the user of a namespace send echoes, as most distributions do; without it the lab's kernel lets nobody. */
export function allowPing(namespace: Namespace): void {
  sh(namespace, `echo "${ID} ${ID}" > /proc/sys/net/ipv4/ping_group_range`);
}

function knows(id: number): boolean {
  return readFileSync('/proc/self/uid_map', 'utf8')
    .trim()
    .split('\n')
    .some((line) => {
      const [first = 0, , count = 0] = line.trim().split(/\s+/u).map(Number);
      return id >= first && id < first + count;
    });
}
