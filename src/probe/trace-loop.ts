import type { IpAddress } from '../domain/address.ts';

const LONGEST_CYCLE = 4;
/** One router so often in a row: twice may be one that forwards packets of which the TTL is used up. */
const ROW = 4;
/** A router that has answered an ordinary echo with an error as well needs less. */
const KNOWN_ROW = 3;

/** `start` and `end` are places in the path; `addresses` the cycle, its first hop first. */
export type FoundLoop = { readonly start: number; readonly end: number; readonly addresses: readonly IpAddress[] };

/**
 * Looks for a proven routing loop in a path: the same addresses in the same order over two full cycles of one to four
 * hops. A hop that did not answer (null) fits any address, but then one address must come a third time in step.
 * The earliest start and the shortest cycle win. null: no loop is proven.
 */
export function findLoop(path: readonly (IpAddress | null)[], knownErrorFrom: IpAddress | null): FoundLoop | null {
  for (let start = 0; start < path.length; start += 1) {
    if (path[start] === null) continue;
    const row = path[start] === knownErrorFrom ? KNOWN_ROW : ROW;
    for (let cycle = 1; cycle <= LONGEST_CYCLE; cycle += 1) {
      const end = provenAt(path, start, cycle, row);
      if (end !== null) return { start, end, addresses: addressesOf(path, start, end, cycle) };
    }
  }
  return null;
}

/** Whether an address comes twice, which a loop would explain: reason to look more carefully. */
export function seemsToLoop(path: readonly (IpAddress | null)[]): boolean {
  const answered = path.filter((address) => address !== null);
  return new Set(answered).size < answered.length;
}

/** The place of the last hop that the proof needs. */
function provenAt(path: readonly (IpAddress | null)[], start: number, cycle: number, row: number): number | null {
  const whole = start + (cycle === 1 ? row : 2 * cycle);
  if (whole <= path.length && path.slice(start, whole).every((address) => address !== null)) {
    if (isPeriodic(path.slice(start, whole), cycle)) return whole - 1;
  }
  const third = start + 2 * cycle;
  const isThrice = cycle > 1 && path[third] === path[start] && path[start + cycle] === path[start];
  return isThrice && isPeriodic(path.slice(start, third + 1), cycle) ? third : null;
}

/** Silence fits anything. */
function isPeriodic(hops: readonly (IpAddress | null)[], cycle: number): boolean {
  return hops.slice(cycle).every((address, index) => {
    const before = hops[index] ?? null;
    return address === null || before === null || address === before;
  });
}

function addressesOf(
  path: readonly (IpAddress | null)[],
  start: number,
  end: number,
  cycle: number,
): readonly IpAddress[] {
  const places = Array.from({ length: cycle }, (_, place) => start + place);
  return places.flatMap((place) => {
    for (let at = place; at <= end; at += cycle) {
      const address = path[at] ?? null;
      if (address !== null) return [address];
    }
    return [];
  });
}
