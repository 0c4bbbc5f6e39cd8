import type { PingEvidence } from '../evidence/ping.ts';

/** So many lost behind the burst: less may be chance. */
const FEWEST_LOST = 3;
/** A limiter lets little pass once its burst is spent. */
const LEAST_LOSS = 0.3;
/** Chance that so many echoes in a row would pass if the loss behind them ruled from the beginning. */
const UNLIKELY = 0.01;

/**
 * Whether the shape of the loss is that of a limiter (a token bucket): a burst passes unharmed, and of the rest much is
 * lost. Loss by chance or by congestion hits the first echoes as well. An outage that begins during the run looks the same.
 */
export function looksRateLimited({ sent, lost, errors }: Pick<PingEvidence, 'sent' | 'lost' | 'errors'>): boolean {
  const burst = lost[0];
  if (burst === undefined || lost.length < FEWEST_LOST || errors.length > 0) return false;
  // One trial more than there were: after a single echo even a total loss proves no burst.
  const loss = lost.length / (sent - burst + 1);
  return loss >= LEAST_LOSS && (1 - loss) ** burst < UNLIKELY;
}
