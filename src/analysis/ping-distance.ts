/** What systems start the TTL of their packets with. */
const INITIAL_TTLS = [32, 64, 128, 255];

/**
 * How many routers a reply has passed, guessed from its TTL: the nearest usual start above it. A path back that differs
 * from the path there gives another number than the trace, which is no fault. null for what is no TTL.
 */
export function distanceFromTtl(replyTtl: number): number | null {
  const initial = INITIAL_TTLS.find((start) => replyTtl <= start);
  return initial === undefined || replyTtl < 0 ? null : initial - replyTtl;
}
