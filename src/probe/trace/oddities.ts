import { type IpAddress, withoutZone } from '../../domain/address.ts';
import type { TraceOddity } from '../../evidence/trace.ts';
import type { Extent } from './extent.ts';
import type { Shot } from './shot.ts';
import { answeredOf } from './shot.ts';

/** Twice in a row may be a router that forwards packets of which the TTL is used up. */
const ROW = 3;

/** What in the answers does not fit a path of one router for each TTL. `gateway` is known to be the next hop. */
export function odditiesOf(
  shots: readonly Shot[],
  extent: Extent,
  { address, gateway }: { readonly address: IpAddress; readonly gateway: IpAddress | null },
): readonly TraceOddity[] {
  const expired = answeredOf(shots).filter(({ answer }) => answer.kind === 'hop');
  const others = extent.path.map((from) => (from !== null && withoutZone(from) === withoutZone(address) ? null : from));
  const found: readonly (TraceOddity | false)[] = [
    extent.target?.ttl === 1 && gateway !== null && gateway !== address && 'target-at-first-hop',
    hasRow(others.slice(0, (extent.end ?? extent.path.length + 1) - 1)) && 'one-address',
    expired.some(({ answer }) => withoutZone(answer.from) === withoutZone(address)) && 'expired-at-target',
  ];
  return found.filter((oddity) => oddity !== false);
}

function hasRow(path: readonly (IpAddress | null)[]): boolean {
  return path.some((first, start) => {
    const row = path.slice(start, start + ROW);
    return first !== null && row.length === ROW && row.every((address) => address === first);
  });
}
