import type { IpAddress } from '../../domain/address.ts';
import type { HopEchoes } from '../../evidence/hop-echoes.ts';

/**
 * Where on the path something begins that lasts to the end. `between`: at one of these hops, which the measurement
 * cannot tell apart. Hop counts; null for a target whose distance is not known.
 */
export type Onset =
  | { readonly kind: 'at'; readonly hop: number | null; readonly address: IpAddress | null }
  | { readonly kind: 'between'; readonly first: number; readonly last: number }
  | { readonly kind: 'unknown' };

/** The onset at one of the hops from `first` to `last`. A range that says no more than "on the path" says nothing. */
export function onsetWithin(hops: readonly HopEchoes[], first: number, last: number): Onset {
  const [near, far] = [hops[first], hops[last]];
  if (near === undefined || far === undefined) return { kind: 'unknown' };
  if (first === last) return { kind: 'at', hop: near.ttl, address: near.address };
  const isEverywhere = first === 0 && last === hops.length - 1;
  if (isEverywhere || near.ttl === null || far.ttl === null) return { kind: 'unknown' };
  return { kind: 'between', first: near.ttl, last: far.ttl };
}
