import type { HopEchoes } from '../../evidence/hop-echoes.ts';
import { binomial, binomialUpTo } from './binomial.ts';
import type { Onset } from './onset.ts';
import { onsetWithin } from './onset.ts';

/** The chance that one hop loses so much more than another by chance. */
const UNLIKELY = 0.001;
/** One echo lost at the target is chance, and cannot be placed. */
const FEWEST_LOST = 2;
/** How sure the range of hops is that is told. */
const TOLD_SHARE = 0.95;
/** How sure it has to be before the sampling may end early. */
const ENOUGH_SHARE = 0.997;
/** How often a router answers echoes for itself worse than it forwards those of others. */
const OWN_LOSS = 0.003;
/** How often the loss grows on its way: less than at the target, and yet loss. */
const GROWING = 0.1;
const GROWING_STEPS = [0.3, 0.5, 0.7, 0.9];
/** The loss that any path may have, and how likely each is. */
const USUAL_LOSS = [
  [0.0005, 0.85],
  [0.005, 0.13],
  [0.02, 0.02],
] as const;
/** The loss in question exceeds the usual one clearly, or there would be no place where it begins. */
const LEAST_EXCESS = 3;
const LOSS_STEPS = Array.from({ length: 48 }, (_, index) => (index + 1) / 50);

/**
 * From which hop on echoes are lost up to the target, with 95 % of certainty. Every place is weighed by how well it
 * explains the counts of all hops: the usual little before it, the target's loss from it on. A hop may lose more than
 * those behind it, as answering for itself is a router's least important work; that places nothing.
 */
export function onsetOfLoss(hops: readonly HopEchoes[]): Onset {
  const weights = placeWeights(hops);
  if (weights === null) return { kind: 'unknown' };
  const [first, last] = rangeOf(weights, TOLD_SHARE);
  return onsetWithin(hops, first, last);
}

/**
 * The hops of which more echoes would narrow the range, as indices; none once it is narrow, or when only hops that never
 * answer stand in the way.
 */
export function undecidedHops(hops: readonly HopEchoes[]): readonly number[] {
  const weights = placeWeights(hops);
  if (weights === null) return hops.flatMap(({ received }, index) => (received > 0 ? [index] : []));
  const [first, last] = rangeOf(weights, ENOUGH_SHARE);
  const open = hops.flatMap(({ received }, index) => (index >= first && index < last && received > 0 ? [index] : []));
  return open.length === 0 ? [] : [...open, ...(last < hops.length - 1 ? [last] : []), hops.length - 1];
}

/**
 * The first hop that loses echoes for itself while the hops behind it, or the target, certainly lose fewer: it forwards
 * everything and answers less. null for none.
 */
export function neglectfulHop(hops: readonly HopEchoes[]): HopEchoes | null {
  const heard = hops.filter(({ received }) => received > 0);
  const neglects = (hop: HopEchoes, behindIt: HopEchoes): boolean => {
    const loss = (behindIt.sent - behindIt.received + 1) / (behindIt.sent + 2);
    const lost = hop.sent - hop.received;
    return lost > 0 && 1 - binomialUpTo(lost - 1, hop.sent, loss) < UNLIKELY;
  };
  return heard.find((hop, index) => heard.slice(index + 1).some((other) => neglects(hop, other))) ?? null;
}

/** How likely the loss begins at each hop, the sum being 1; null where the target itself loses next to nothing. */
function placeWeights(hops: readonly HopEchoes[]): readonly number[] | null {
  const target = hops.at(-1);
  if (target === undefined || target.received === 0 || target.sent - target.received < FEWEST_LOST) return null;
  const weights = hops.map(() => 0);
  for (const loss of LOSS_STEPS) {
    const lossy = hops.map((hop, index) => Math.log(index === hops.length - 1 ? exact(hop, loss) : behind(hop, loss)));
    for (const [usual, share] of USUAL_LOSS) {
      if (loss < LEAST_EXCESS * usual) continue;
      let log = lossy.reduce((sum, each) => sum + each, 0);
      for (const [index, hop] of hops.entries()) {
        weights[index] = (weights[index] ?? 0) + share * Math.exp(log);
        log += Math.log(before(hop, usual)) - (lossy[index] ?? 0);
      }
    }
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : null;
}

function exact({ sent, received }: HopEchoes, loss: number): number {
  return binomial(sent - received, sent, loss);
}

/** The chance of what a hop shows if the loss begins at it or before it. */
function behind(hop: HopEchoes, loss: number): number {
  const { sent, received } = hop;
  if (received === 0) return 1;
  const growing = GROWING_STEPS.reduce((sum, step) => sum + exact(hop, loss * step), 0) / GROWING_STEPS.length;
  // Its own loss comes on top of the path's: anything from that up, all equally likely.
  const more = binomialUpTo(sent - received, sent + 1, loss) / ((1 - loss) * (sent + 1));
  return (1 - OWN_LOSS) * ((1 - GROWING) * exact(hop, loss) + GROWING * growing) + OWN_LOSS * more;
}

/** The chance of what a hop shows if the loss begins behind it. */
function before(hop: HopEchoes, usual: number): number {
  if (hop.received === 0) return 1;
  return (1 - OWN_LOSS) * exact(hop, usual) + OWN_LOSS / (hop.sent + 1);
}

/** The fewest places in a row that hold the share, grown from the likeliest on. */
function rangeOf(weights: readonly number[], share: number): readonly [number, number] {
  const peak = weights.indexOf(Math.max(...weights));
  let [first, last, sum] = [peak, peak, weights[peak] ?? 0];
  while (sum < share) {
    const [near, far] = [weights[first - 1] ?? -1, weights[last + 1] ?? -1];
    if (near < 0 && far < 0) break;
    if (near >= far) first -= 1;
    else last += 1;
    sum += Math.max(near, far);
  }
  return [first, last];
}
