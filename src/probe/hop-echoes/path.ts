import type { IpAddress } from '../../domain/address.ts';
import { DEFAULT_ECHO_BYTES } from '../../domain/prober.ts';
import type { TraceEvidence } from '../../evidence/trace.ts';
import { createFlights } from '../flights.ts';
import { overdueAfterMs } from '../ping/overdue.ts';
import type { HopEchoesPorts, PathPlace } from './options.ts';

/** With the three at most of the trace, no router is asked for more than six errors in a row. */
const TRIES = 3;
const TRY_INTERVAL_MS = 40;

/**
 * The places of a path from its first hop to the target, the latter last. Where the trace did not reach it, the target
 * has a hop only if the TTL of its replies says that it follows the last one that answered; else something unknown is in
 * between.
 */
export function pathOf(trace: TraceEvidence | null, address: IpAddress, distance: number | null): readonly PathPlace[] {
  const hops = trace?.hops ?? [];
  const end = hops.find(({ addresses }) => addresses.some((each) => isSame(each, address)));
  const last = end?.ttl ?? hops.findLast(({ addresses }) => addresses.length > 0)?.ttl ?? 0;
  const before = hops.filter(({ ttl }) => (end === undefined ? ttl <= last : ttl < last));
  const isNext = end === undefined && distance === last + 1;
  return [
    ...before.map(({ ttl, addresses }) => ({ ttl, address: addresses[0] ?? null })),
    ...(end === undefined && !isNext ? [{ ttl: last + 1, address: null }] : []),
    { ttl: end?.ttl ?? (isNext ? distance : null), address },
  ];
}

/**
 * Asks for the names of the hops that the trace did not hear, three times each at most: where echoes are lost, some are
 * silent by chance only, and the target may seem one hop further than it is.
 */
export async function completePath(
  path: readonly PathPlace[],
  target: IpAddress,
  slowestMs: number,
  { prober, clock }: HopEchoesPorts,
  signal: AbortSignal,
): Promise<readonly PathPlace[]> {
  const missing = path.flatMap(({ ttl, address }) => (ttl !== null && address === null ? [ttl] : []));
  const found = new Map<number, IpAddress>();
  const flights = createFlights();
  const stop = (): void => flights.end();
  signal.addEventListener('abort', stop, { once: true });
  const ask = async (ttl: number): Promise<void> => {
    for (let tried = 0; tried < TRIES && !signal.aborted && !found.has(ttl); tried += 1) {
      const timeoutMs = overdueAfterMs(slowestMs);
      const answer = await prober.send(
        { kind: 'echo', to: target, ttl, timeoutMs, payloadBytes: DEFAULT_ECHO_BYTES, dontFragment: false },
        { signal: flights.open() },
      );
      if (answer.kind === 'reply') found.set(ttl, target);
      if (answer.kind === 'icmp-error' && answer.error.kind === 'time-exceeded') found.set(ttl, answer.error.from);
    }
  };
  await Promise.all(
    missing.map(async (ttl, index) => {
      await clock.sleep((index * TRY_INTERVAL_MS) / missing.length, signal);
      await ask(ttl);
    }),
  );
  signal.removeEventListener('abort', stop);
  flights.end();
  return withFound(path, found, target);
}

function withFound(
  path: readonly PathPlace[],
  found: ReadonlyMap<number, IpAddress>,
  target: IpAddress,
): readonly PathPlace[] {
  const ends = [...found].flatMap(([ttl, address]) => (isSame(address, target) ? [ttl] : []));
  const end = Math.min(path.at(-1)?.ttl ?? Infinity, ...ends);
  const before = path.flatMap(({ ttl, address }) =>
    ttl !== null && ttl < end ? [{ ttl, address: address ?? found.get(ttl) ?? null }] : [],
  );
  return [...before, { ttl: end === Infinity ? null : end, address: target }];
}

/** A raw socket loses the zone of a link-local address. */
function isSame(a: IpAddress, b: IpAddress): boolean {
  return a.split('%')[0] === b.split('%')[0];
}
