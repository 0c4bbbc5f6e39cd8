import type { TraceRow } from '../../evidence/trace-row.ts';
import type { PathPlace } from './options.ts';
import type { HopRun } from './run.ts';

/**
 * One hop as a row to draw: each echo that was answered, and as lost those that were sent up to `untilMs` and were not.
 * Where the hop of the target is not known it stands behind the others.
 */
export function rowOf({ ttl, address }: PathPlace, index: number, run: HopRun | undefined, untilMs: number): TraceRow {
  const rttsMs = (run?.echoes.echoes ?? []).flatMap(({ answer, sentAtMs, isWaiting }) => {
    if (answer?.kind === 'reply') return [answer.rttMs];
    return sentAtMs <= untilMs && isWaiting !== true ? [null] : [];
  });
  const isHeard = rttsMs.some((rttMs) => rttMs !== null);
  return {
    ttl: ttl ?? index + 1,
    addresses: address === null ? [] : [address],
    // Routers may ignore echoes that are for themselves: of those that never answer nothing is lost.
    sent: isHeard ? rttsMs.length : null,
    rttsMs: isHeard ? rttsMs : [],
    error: null,
  };
}
