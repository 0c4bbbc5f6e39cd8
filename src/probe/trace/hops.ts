import { summariseRtts } from '../../domain/statistics.ts';
import type { Hop, TraceOutcome } from '../../evidence/trace.ts';
import type { Extent } from './extent.ts';
import type { Shot } from './shot.ts';
import { answeredOf } from './shot.ts';

const MOST_TRAILING_SILENT = 5;

/** The hops from TTL 1 to the end of the path, or as far as was probed, with at most five silent ones at the end. */
export function hopsOf(shots: readonly Shot[], { path, end, lastAnswering }: Extent): readonly Hop[] {
  const last = end ?? Math.min(path.length, lastAnswering + MOST_TRAILING_SILENT);
  return Array.from({ length: last }, (_, index) => hopAt(index + 1, shots));
}

function hopAt(ttl: number, shots: readonly Shot[]): Hop {
  const here = shots.filter((shot) => shot.ttl === ttl);
  const answers = answeredOf(here)
    .map(({ answer }) => answer)
    .sort((a, b) => a.atMs - b.atMs);
  const mpls = answers.find((answer) => answer.mpls.length > 0)?.mpls;
  const interfaces = answers.find((answer) => answer.interfaces.length > 0)?.interfaces;
  return {
    ttl,
    addresses: [...new Set(answers.map(({ from }) => from))],
    sent: here.length,
    received: answers.length,
    rttMs: summariseRtts(answers.flatMap(({ rttMs }) => rttMs ?? [])),
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    ...(mpls !== undefined && { mpls }),
    ...(interfaces !== undefined && { interfaces }),
  };
}

export function outcomeOf({ target, final, loop, lastAnswering }: Extent): TraceOutcome {
  if (target !== null) return 'reached';
  if (final !== null) return final.answer.error?.kind === 'prohibited' ? 'prohibited' : 'unreachable';
  if (loop !== null) return 'loop';
  return lastAnswering === 0 ? 'silent' : 'stopped';
}
