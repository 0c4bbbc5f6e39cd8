import type { HopEchoes } from '../evidence/hop-echoes.ts';
import type { Onset } from './loss/onset.ts';
import { onsetWithin } from './loss/onset.ts';

/**
 * From which hop on a value that adds up along the path is higher, up to the target: the greatest step of at least
 * `least` that makes up at least half of the target's own. A step that a hop behind it does not show is the hop's own
 * slowness. Values by hop, in the order of the hops; null where nothing was measured.
 */
export function onsetOfRise(hops: readonly HopEchoes[], values: readonly (number | null)[], least: number): Onset {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ index, value }]));
  const total = values.at(-1) ?? null;
  if (total === null) return { kind: 'unknown' };
  // What every hop from here on takes at least: it can only rise along the path, and a passing step does not show in it.
  const floors = known.map((_, place) => Math.min(...known.slice(place).map(({ value }) => value)));
  const rises = floors.map((floor, place) => floor - (floors[place - 1] ?? 0));
  const greatest = Math.max(...rises);
  const place = rises.indexOf(greatest);
  const at = known[place];
  if (at === undefined || greatest < least || greatest < total / 2) return { kind: 'unknown' };
  return onsetWithin(hops, (known[place - 1]?.index ?? -1) + 1, at.index);
}
