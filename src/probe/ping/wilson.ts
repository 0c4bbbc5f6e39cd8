/** Two-sided 95 % of the normal distribution. */
const Z = 1.96;

/**
 * The 95 % interval of a share, in percent, from `hits` out of `trials` (Wilson 1927). Unlike the plain normal
 * interval it is honest near 0 and 100 % and with few trials. null without trials.
 */
export function wilsonPercent(hits: number, trials: number): { readonly low: number; readonly high: number } | null {
  if (trials <= 0) return null;
  const share = hits / trials;
  const weight = 1 + Z ** 2 / trials;
  const centre = share + Z ** 2 / (2 * trials);
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  // At the edges the exact bounds are 0 and 1; floating point would leave a crumb.
  const low = hits === 0 ? 0 : (centre - spread) / weight;
  const high = hits === trials ? 1 : (centre + spread) / weight;
  return { low: percent(low), high: percent(high) };
}

function percent(share: number): number {
  return Math.round(share * 1e4) / 100;
}
