import type { ReportTarget } from '../domain/target.ts';
import { type Evidence, entriesOf } from './kinds.ts';

/**
 * The evidence with the commands that netwhy itself would give for it: what a file says of commands is somebody else's
 * word, and is not shown to be copied.
 */
export function withCommandsAnew(evidence: Evidence, target: ReportTarget): Evidence {
  const anew = entriesOf(evidence).map(({ name, kind, found }) => [
    name,
    { ...found, equivalent: kind.command(found, target) },
  ]);
  return Object.fromEntries(anew) as Evidence;
}
