/** Round trip times in milliseconds; null as a whole where nothing answered. `stddev` is of the population. */
export type RttMs = {
  readonly min: number;
  readonly median: number;
  readonly avg: number;
  readonly max: number;
  readonly stddev: number;
};

/** Summarises round trip times (ms, any order); null for none. Rounded to a microsecond. */
export function summariseRtts(rtts: readonly number[]): RttMs | null {
  const sorted = [...rtts].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted[sorted.length - 1]];
  if (min === undefined || max === undefined) return null;
  const avg = sorted.reduce((sum, rtt) => sum + rtt, 0) / sorted.length;
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? max;
  const lower = sorted[Math.ceil(middle) - 1] ?? min;
  const variance = sorted.reduce((sum, rtt) => sum + (rtt - avg) ** 2, 0) / sorted.length;
  return {
    min: roundMs(min),
    median: roundMs((upper + lower) / 2),
    avg: roundMs(avg),
    max: roundMs(max),
    stddev: roundMs(Math.sqrt(variance)),
  };
}

/** Rounded as `roundMs`; null stays null: not known. */
export function roundedOrNull(ms: number | null): number | null {
  return ms === null ? null : roundMs(ms);
}

/** Milliseconds to three decimals: finer than that no engine here can measure. */
export function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
