import type { IpAddress } from '../../domain/address.ts';

const LONGEST_CYCLE = 4;
/** One router so often in a row: twice may be one that forwards packets of which the TTL is used up. */
const ROW = 4;
/** Where packets with the full TTL are known to run out, less will do. */
const EXPIRED_ROW = 3;

/** `start` and `end` are places in the path; `addresses` the cycle, its first hop first. */
export type FoundLoop = { readonly start: number; readonly end: number; readonly addresses: readonly IpAddress[] };

/** What is known beside the path. */
export type LoopContext = {
  /** Where the probes go. */
  readonly address: IpAddress;
  /** Who has told that a packet of which the TTL had just begun ran out of it; null for nobody. */
  readonly expiredFrom: IpAddress | null;
  /** The highest TTL that is ever probed. */
  readonly maxHops: number;
};

/**
 * Looks for a proven routing loop in a path: the same addresses in the same order over two full cycles of one to four
 * hops. A hop that did not answer (null) fits any address, but then one address must come a third time in step.
 * The target's own address alone proves none, as a translator in front of it lends it to all the routers behind: packets
 * with the full TTL must be known to run out there, or the row last to the highest TTL. The earliest start and the
 * shortest cycle win. null: no loop is proven.
 */
export function findLoop(path: readonly (IpAddress | null)[], context: LoopContext): FoundLoop | null {
  for (let start = 0; start < path.length; start += 1) {
    if (path[start] === null) continue;
    for (let cycle = 1; cycle <= LONGEST_CYCLE; cycle += 1) {
      const end = cycle === 1 ? endOfRow(path, start, context) : provenAt(path, start, cycle);
      if (end === null) continue;
      const addresses = addressesOf(path, start, end, cycle);
      if (cycle === 1 || !isRow(addresses, cycle, context)) return { start, end, addresses };
    }
  }
  return null;
}

/** Whether an address comes twice, which a loop would explain: reason to look more carefully. */
export function seemsToLoop(path: readonly (IpAddress | null)[]): boolean {
  const answered = path.filter((address) => address !== null);
  return new Set(answered).size < answered.length;
}

/** Whether a longer cycle is one address alone after all; with silent hops between, unless it is the target's own. */
function isRow(addresses: readonly IpAddress[], cycle: number, { address }: LoopContext): boolean {
  if (new Set(addresses).size > 1) return false;
  return addresses.length === cycle || addresses[0] === address;
}

/** The place of the last hop that proves a row of one address to be a loop. */
function endOfRow(path: readonly (IpAddress | null)[], start: number, context: LoopContext): number | null {
  const behind = path.findIndex((address, index) => index > start && address !== path[start]);
  const length = (behind === -1 ? path.length : behind) - start;
  if (path[start] === context.expiredFrom) return length >= EXPIRED_ROW ? start + EXPIRED_ROW - 1 : null;
  if (length < ROW) return null;
  if (path[start] !== context.address) return start + ROW - 1;
  return start + length >= context.maxHops ? path.length - 1 : null;
}

/** The place of the last hop that the proof needs. */
function provenAt(path: readonly (IpAddress | null)[], start: number, cycle: number): number | null {
  const whole = start + 2 * cycle;
  if (whole <= path.length && path.slice(start, whole).every((address) => address !== null)) {
    if (isPeriodic(path.slice(start, whole), cycle)) return whole - 1;
  }
  const third = start + 2 * cycle;
  const isThrice = path[third] === path[start] && path[start + cycle] === path[start];
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
