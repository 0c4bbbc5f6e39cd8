const BARS = { unicode: '▁▂▃▄▅▆▇█', ascii: '_.-=oO0#' } as const;
const LOST = { unicode: '×', ascii: 'x' } as const;

/** Round trip times as bars against the slowest of the whole table (`scaleMs`), a cross for one that did not come back. */
export function sparkline(rttsMs: readonly (number | null)[], scaleMs: number, ascii: boolean): string {
  const set = ascii ? 'ascii' : 'unicode';
  const bars = [...BARS[set]];
  const highest = bars.length - 1;
  return rttsMs
    .map((rttMs) => {
      if (rttMs === null) return LOST[set];
      const height = scaleMs > 0 ? Math.round((rttMs / scaleMs) * highest) : 0;
      return bars[Math.min(Math.max(0, height), highest)] ?? '';
    })
    .join('');
}
