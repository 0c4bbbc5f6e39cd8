import type { Family } from '../../domain/address.ts';
import { smallBytes } from './sizes.ts';
import { type Chain, followReports, largestPassing, openSizes, packetsOf, type Tally, tallyOf } from './tally.ts';

/** What to do next: send one echo of each of these sizes (bytes of the IP packet) at once, or end. */
export type MtuStep = { readonly kind: 'send'; readonly sizes: readonly number[] } | { readonly kind: 'end' };

/** What the sizes came to. `silent`: too few echoes of any size were answered to tell. */
export type MtuResult =
  | { readonly kind: 'passes'; readonly chain: Chain }
  | { readonly kind: 'mumbled'; readonly chain: Chain; readonly passing: number | null }
  | { readonly kind: 'vanishes'; readonly chain: Chain; readonly passing: number | null }
  | { readonly kind: 'refused' | 'silent'; readonly chain: Chain };

/** None of them elicits an error where packets vanish; a path that loses many needs more to be judged. */
const MOST_PACKETS = 32;
const MOST_VOLLEYS = 14;
const OPENING_SIZES = 4;
/** Of the large size, and of small ones beside it, before anything is concluded from silence. */
const LEAST_LARGE = 3;
const LEAST_SMALL = 2;
/** How improbable it must be that a path which loses small and large alike lost just the large ones. */
const CHANCE = 0.001;

/**
 * The pace of the search, in the order in which the rules apply:
 * 1. The full size goes alone; what a router reports instead is tried next, and so on. An answer ends it.
 * 2. Where a router refused it without saying what it takes, the usual sizes are tried one by one, as each may cost the
 *    router another error.
 * 3. Where the large size met silence, it goes again with a small echo and a few sizes between the largest that passed
 *    and the smallest that was lost, until the two are neighbours among the usual sizes.
 * 4. More of the large and the small ones, until chance is no explanation any more, or the packets are spent.
 */
export function nextVolley(tally: Tally, volleys: number, fullBytes: number, family: Family): MtuStep {
  const chain = followReports(tally, fullBytes, family);
  const { sent, answered, localError } = tallyOf(tally, chain.large);
  if (answered > 0 || localError !== null || volleys >= MOST_VOLLEYS) return { kind: 'end' };
  if (sent === 0) return { kind: 'send', sizes: [chain.large] };
  if (packetsOf(tally) >= MOST_PACKETS) return { kind: 'end' };
  const small = smallBytes(family);
  const most = chain.mumbledBy === null ? OPENING_SIZES : 1;
  const narrowing = narrowingSizes(tally, openSizes(tally, chain.large, family), most);
  if (chain.mumbledBy !== null) return narrowing.length > 0 ? { kind: 'send', sizes: narrowing } : { kind: 'end' };
  const sizes = [
    ...(sent < LEAST_LARGE ? [chain.large] : []),
    ...narrowing,
    ...(tallyOf(tally, small).sent < LEAST_SMALL ? [small] : []),
  ];
  if (sizes.length > 0) return { kind: 'send', sizes };
  if (largestPassing(tally, chain.large) === null && tallyOf(tally, small).sent > LEAST_SMALL) return { kind: 'end' };
  return isBeyondChance(tally, chain.large)
    ? { kind: 'end' }
    : { kind: 'send', sizes: [chain.large, small, chain.large] };
}

export function resultOf(tally: Tally, fullBytes: number, family: Family): MtuResult {
  const chain = followReports(tally, fullBytes, family);
  const large = tallyOf(tally, chain.large);
  if (large.answered > 0) return { kind: 'passes', chain };
  if (large.localError !== null) return { kind: 'refused', chain };
  const isSettled = openSizes(tally, chain.large, family).length === 0;
  const largest = largestPassing(tally, chain.large);
  const passing = largest === null || largest === smallBytes(family) ? null : largest;
  if (chain.mumbledBy !== null) return { kind: 'mumbled', chain, passing };
  if (largest === null || large.sent < LEAST_LARGE || !isSettled || !isBeyondChance(tally, chain.large)) {
    return { kind: 'silent', chain };
  }
  return { kind: 'vanishes', chain, passing };
}

/**
 * Whether it already looks as if the large size vanished: silent twice, while a smaller one was answered. Where a router
 * reports smaller sizes the large one may have been lost by chance, and would cost that router many more errors.
 */
export function looksVanished(tally: Tally, { large, mumbledBy }: Chain): boolean {
  const { sent, answered, localError } = tallyOf(tally, large);
  if (answered > 0 || localError !== null || mumbledBy !== null || largestPassing(tally, large) === null) return false;
  const isReported = tally.some(({ bytes, report }) => bytes < large && report !== null);
  return isReported ? sent >= LEAST_LARGE && isBeyondChance(tally, large) : sent >= 2;
}

/** The smallest size that was lost once, and a few below it, evenly spread; `most` in all. */
function narrowingSizes(tally: Tally, open: readonly number[], most: number): readonly number[] {
  const tried = open.filter((bytes) => tallyOf(tally, bytes).sent > 0);
  const suspect = tried[tried.length - 1];
  const fresh = open.filter((bytes) => suspect === undefined || bytes < suspect);
  const wanted = Math.min(fresh.length, suspect === undefined ? most : most - 1);
  const spread = Array.from(
    { length: wanted },
    (_, index) => fresh[Math.floor(((index + 0.5) * fresh.length) / wanted)],
  );
  return [...(suspect === undefined ? [] : [suspect]), ...spread.flatMap((bytes) => bytes ?? [])];
}

/**
 * Whether packets above the largest that passed are lost for their size. The loss of the path is estimated from those up
 * to it, on the high side: by the rule of succession and one standard error more, as a handful of answers does not prove a
 * path without loss, and as the question is put again after each volley.
 */
function isBeyondChance(tally: Tally, large: number): boolean {
  const passing = largestPassing(tally, large);
  if (passing === null) return false;
  const below = tally.filter(({ bytes }) => bytes <= passing);
  const above = tally.filter(({ bytes, report }) => bytes > passing && bytes <= large && report === null);
  const answered = below.reduce((sum, size) => sum + size.answered, 0);
  const trials = packetsOf(below) + 2;
  const loss = (packetsOf(below) - answered + 1) / trials;
  const highLoss = loss + Math.sqrt((loss * (1 - loss)) / trials);
  return highLoss ** packetsOf(above) < CHANCE;
}
