import { undecidedHops } from '../../analysis/loss/loss-by-hop.ts';
import type { HopEchoes } from '../../evidence/hop-echoes.ts';
import type { HopEchoesOptions } from '../../probe/hop-echoes/options.ts';

type Plan = Pick<HopEchoesOptions, 'count' | 'most' | 'undecided' | 'longestMs'>;

/** Most runs are decided in half of this; the rest is for those that chance leaves open. */
const LONGEST_MS = 4000;
/** Kept back of the deadline: the last answers, and the conclusion. Without a place the finding stands all the same. */
const CLOSING_MS = 1500;
const SHORTEST_MS = 500;

const SAMPLES = {
  // A loss of a tenth shows in forty echoes as a rule; where chance leaves two hops alike, in more of them.
  'packet-loss': { count: 40, most: 400, undecided: undecidedHops },
  'high-latency': { count: 8, most: 8, undecided: none },
  'high-jitter': { count: 40, most: 40, undecided: none },
} as const;

/** How many echoes the hops get for what is to be placed; null where there is nothing to place, or no time left. */
export function hopEchoesPlan(code: keyof typeof SAMPLES | null, leftMs: number): Plan | null {
  const longestMs = Math.min(LONGEST_MS, leftMs - CLOSING_MS);
  return code === null || longestMs < SHORTEST_MS ? null : { ...SAMPLES[code], longestMs };
}

function none(_hops: readonly HopEchoes[]): readonly number[] {
  return [];
}
