import type { IpAddress } from '../../domain/address.ts';
import type { Answer } from '../../domain/prober.ts';
import { fire, type VolleyOptions, type VolleyPorts } from './volley.ts';

/** The hops before the edge that are asked: it rarely lies farther back than a tunnel is long. */
const MOST_HOPS = 8;
/** In addition to one of each size, before a hop is believed to answer small echoes and no large ones. */
const MORE_LARGE = 3;
const MORE_SMALL = 1;

export type PassedHop = { readonly hop: number; readonly address: IpAddress };

/**
 * The last of the hops whose large echo replies come back, where those of the next that answers any do not: large packets
 * reach that one (it said so by Time Exceeded) and are lost on the way back from it. Hop 0 without an address: none of
 * them. null where every hop's large reply comes back, or too few answer to tell. Echoes only, which cost no router an
 * error.
 */
export async function findReturning(
  passed: readonly PassedHop[],
  largeBytes: number,
  smallBytes: number,
  options: VolleyOptions,
  ports: VolleyPorts,
  signal: AbortSignal,
): Promise<{ readonly hop: number; readonly address: IpAddress | null } | null> {
  const asked = passed.toSorted((a, b) => a.hop - b.hop).slice(-MOST_HOPS);
  const ask = (hops: readonly PassedHop[], bytes: number, times: number): Promise<readonly Answer[]> => {
    const shots = hops.flatMap(({ address }) =>
      Array.from({ length: times }, () => ({ bytes, ttl: null, to: address })),
    );
    return fire(shots, options, ports, signal);
  };
  const [large, small] = await Promise.all([ask(asked, largeBytes, 1), ask(asked, smallBytes, 1)]);
  const last = asked.findLastIndex((_, index) => isAnswered(large[index]));
  const next = asked.find((_, index) => index > last && isAnswered(small[index]));
  if (signal.aborted || next === undefined) return null;
  const [more, also] = await Promise.all([ask([next], largeBytes, MORE_LARGE), ask([next], smallBytes, MORE_SMALL)]);
  if (signal.aborted || more.some(isAnswered) || !also.every(isAnswered)) return null;
  return asked[last] ?? { hop: 0, address: null };
}

function isAnswered(answer: Answer | undefined): boolean {
  return answer?.kind === 'reply';
}
