import type { IpAddress } from '../../domain/address.ts';
import type { Extent } from './extent.ts';
import type { TracePlan } from './options.ts';
import type { AnsweredShot, Shot } from './shot.ts';

/** Errors that one trace asks of one router, so that the other probes of the run find some left (six in a row). */
const MOST_ERRORS = 3;
/** Probes at the hop where the path falls silent, and at the one behind it. */
const EDGE_PROBES = 3;
const BEHIND_EDGE_PROBES = 2;

/** The TTLs to probe again now that the path's end is known. The routers of a loop have answered often enough. */
export function repeatsOf(shots: readonly Shot[], extent: Extent, end: number, plan: TracePlan): readonly number[] {
  const last = extent.loop === null ? end : extent.loop.start;
  return withinBudget(shots, extent, plan, (ttl) => (ttl <= last ? plan.probesPerHop : 0));
}

/** The TTLs to probe again where the path falls silent without an end. */
export function retriesOf(shots: readonly Shot[], extent: Extent, plan: TracePlan): readonly number[] {
  const edge = extent.lastAnswering + 1;
  return withinBudget(shots, extent, plan, (ttl) => {
    if (ttl < edge) return plan.probesPerHop;
    if (ttl === edge) return EDGE_PROBES;
    return ttl === edge + 1 ? BEHIND_EDGE_PROBES : 0;
  });
}

/** One probe more at each TTL that has had fewer than `wanted`, as long as its router is not asked for too many errors. */
function withinBudget(
  shots: readonly Shot[],
  { path, target, final }: Extent,
  { knownErrorFrom, flows }: TracePlan,
  wanted: (ttl: number) => number,
): readonly number[] {
  const asked = errorsByRouter(shots, final);
  const chosen: number[] = [];
  for (const [index, from] of path.entries()) {
    const ttl = index + 1;
    if (shots.filter((shot) => shot.ttl === ttl).length >= wanted(ttl)) continue;
    // Replies are not limited, errors are; who does not answer cannot be told apart.
    const isLimited = from !== null && (target === null || ttl < target.ttl);
    if (isLimited) {
      const errors = asked.get(from) ?? 0;
      if (from === knownErrorFrom || errors >= Math.max(MOST_ERRORS, flows)) continue;
      asked.set(from, errors + 1);
    }
    chosen.push(ttl);
  }
  return chosen;
}

/** Errors that each router was asked for: those that came, and those that a final error lets expect of its sender. */
function errorsByRouter(shots: readonly Shot[], final: AnsweredShot | null): Map<IpAddress, number> {
  const asked = new Map<IpAddress, number>();
  const count = (from: IpAddress): void => void asked.set(from, (asked.get(from) ?? 0) + 1);
  for (const { ttl, answer } of shots) {
    if (final !== null && ttl >= final.ttl) count(final.answer.from);
    else if (answer !== null && answer.kind !== 'target') count(answer.from);
  }
  return asked;
}
