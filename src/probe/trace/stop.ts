import type { TraceStop } from '../../evidence/trace.ts';
import type { Extent } from './extent.ts';
import type { TracePlan } from './options.ts';
import type { TraceRun } from './run.ts';

/** Why a trace that is over went no further. */
export function stopOf(
  { refusals }: TraceRun,
  { target, final, loop, path }: Extent,
  { maxHops, longestMs }: TracePlan,
  ended: { readonly afterMs: number; readonly isAborted: boolean },
): TraceStop {
  if (ended.isAborted) return 'interrupted';
  if (target !== null) return 'target';
  if (final !== null) return 'error';
  if (loop !== null) return 'loop';
  if (refusals > 0 && path.length === 0) return 'refused';
  if (ended.afterMs >= longestMs) return 'time';
  return path.length >= maxHops ? 'max-hops' : 'silent-hops';
}
