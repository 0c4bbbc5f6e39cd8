import type { Target } from '../../domain/target.ts';
import type { BadLine } from '../../evidence/report/many.ts';
import type { Flow } from '../../flow/flow.ts';
import { printable } from '../../text/printable.ts';
import { readTarget } from '../check/prepare.ts';
import { UserError } from '../common/user-error.ts';
import type { ListOptions } from '../options/check-options.ts';
import { MOST_TARGETS } from './list-entry.ts';
import { readTargets } from './read-targets.ts';

export type Gathered = {
  /** Each once, in the order in which it was named. */
  readonly targets: readonly { readonly target: Target; readonly name: string | null }[];
  readonly bad: readonly BadLine[];
  /** How many were named again. */
  readonly twice: number;
};

/**
 * The targets of the command line and of its lists. A mistake on the command line ends the run before anything is sent, as
 * with a single target; one in a list costs its line alone. Where no line is a target there is nothing to ask.
 */
export async function gather(named: readonly string[], options: ListOptions, flow: Flow): Promise<Gathered> {
  const found = new Map<string, Gathered['targets'][number]>();
  const bad: BadLine[] = [];
  let twice = 0;
  const add = (target: Target, name: string | null) => {
    const { scheme, host, port, input } = target;
    const path = scheme === 'http' || scheme === 'https' ? input : '';
    const key = `${scheme} ${host.toLowerCase()} ${port ?? ''} ${path}`;
    if (found.has(key)) twice += 1;
    else found.set(key, { target, name });
  };
  for (const input of named.filter((each) => each !== '-')) add(readTarget(input, options, flow), null);
  const files = [...options.targets, ...(named.includes('-') ? ['-'] : [])];
  for (const file of new Set(files)) {
    const list = await readTargets(file);
    bad.push(...list.bad);
    for (const { input, name, line, file: shown } of list.entries) {
      try {
        add(readTarget(input, options, flow), name === null ? null : printable(name));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        bad.push({ file: shown, line, message: printable(error.message).slice(0, 200) });
      }
    }
  }
  if (found.size > MOST_TARGETS) throw new UserError(`more than ${MOST_TARGETS} targets are not asked in one run.`);
  const [first] = bad;
  if (found.size === 0) {
    throw first === undefined
      ? new UserError('no target was named.', 'netwhy check db1.example:5432, or --targets FILE')
      : new UserError(`no line is a target. ${first.file}:${first.line}: ${first.message}`, 'One target a line.');
  }
  return { targets: [...found.values()], bad, twice };
}
