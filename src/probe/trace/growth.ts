import type { Extent } from './extent.ts';
import { seemsToLoop } from './loop.ts';
import type { TracePlan } from './options.ts';

/** TTLs that were never probed and are to be probed now, after so much quiet (ms); none: the path grows no further. */
export type Growth = { readonly ttls: readonly number[]; readonly quietMs: number };

/** A router answers six errors in a row. One that refuses everything answers for each TTL from its own hop up. */
const FIRST_WINDOW = 6;
/** One less: the hop at the upper edge of the window before has answered once already. */
const NEXT_WINDOW = 5;
/** Where a router has answered echoes with errors already: its own hop, and the one behind it. */
const CAREFUL_WINDOW = 2;
/** Hops between two answers of the same router in the longest loop that is looked for. */
const RECENT_HOPS = 5;
/** Silent TTLs above the last hop that answered, after which nothing more is expected (as scamper does). */
const GAP = 5;
const QUIET_MS = 120;

export function nextGrowth(extent: Extent, plan: TracePlan): Growth {
  const { path, lastAnswering } = extent;
  const highest = path.length;
  const isEdgeAnswered = highest === lastAnswering;
  const top = isEdgeAnswered ? highest + windowOf(extent, plan) : silentTop(extent, plan);
  const count = Math.max(0, Math.min(top, plan.maxHops) - highest);
  const ttls = Array.from({ length: count }, (_, index) => highest + 1 + index);
  return { ttls, quietMs: isEdgeAnswered ? 0 : QUIET_MS };
}

/** How far to look behind a silent hop. */
function silentTop({ path, lastAnswering }: Extent, { knownErrorFrom }: TracePlan): number {
  const edge = lastAnswering + GAP;
  return knownErrorFrom === null ? edge : Math.min(path.length + CAREFUL_WINDOW, edge);
}

function windowOf({ path }: Extent, { knownErrorFrom }: TracePlan): number {
  const isAtKnownError = knownErrorFrom !== null && path.includes(knownErrorFrom);
  if (isAtKnownError || seemsToLoop(path.slice(-RECENT_HOPS))) return 1;
  if (knownErrorFrom !== null) return CAREFUL_WINDOW;
  return path.length === 0 ? FIRST_WINDOW : NEXT_WINDOW;
}
