import type { SegmentTrial } from '../domain/service-evidence.ts';
import type { Evidence } from '../evidence/kinds.ts';

/** Which way large segments are lost: on the way to the target, on the way back, or it cannot be told. */
export type Direction = 'there' | 'back' | 'unknown';

export type StalledSegments = { readonly trial: SegmentTrial; readonly direction: Direction };

/** As many on either side, before a stall is laid to the size of the segments. */
const ENOUGH = 2;

/**
 * A service that stalls over every connection of ordinary segments and answers over every one of small segments: the large
 * ones are lost. What had been sent says which way: where the other side has acknowledged it, its answer is lost.
 */
export function stalledSegments({ tls, http }: Evidence): StalledSegments | null {
  for (const service of [tls, http]) {
    const trial = service?.segments;
    if (service === undefined || trial === undefined || service.cutShort) continue;
    const { small, usual } = trial;
    if (small.tried < ENOUGH || usual.tried < ENOUGH || small.answered < small.tried || usual.answered > 0) continue;
    const acknowledged = service.acknowledged ?? null;
    return { trial, direction: acknowledged === null ? 'unknown' : acknowledged ? 'back' : 'there' };
  }
  return null;
}
