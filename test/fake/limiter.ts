/** A token bucket: `burst` at once, then `perSecond`. */
export type Limit = { readonly burst: number; readonly perSecond: number };

/** How Linux limits ICMP errors to one destination (icmp_ratelimit 1000, XRLIM_BURST_FACTOR 6). */
export const LINUX_ERRORS: Limit = { burst: 6, perSecond: 1 };

/** Tells for each event, by its time, whether the limit lets it pass. */
export function createLimiter(limit: Limit | null): (nowMs: number) => boolean {
  let tokens = limit?.burst ?? 0;
  let lastMs: number | null = null;
  return (nowMs) => {
    if (limit === null) return true;
    tokens = Math.min(limit.burst, tokens + ((nowMs - (lastMs ?? nowMs)) * limit.perSecond) / 1000);
    lastMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
