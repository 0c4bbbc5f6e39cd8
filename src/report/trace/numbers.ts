import type { TraceRow } from '../../evidence/trace-row.ts';

/** From so many probes on a share of them means something. */
const ENOUGH_PROBES = 10;

export type RowNumbers = {
  readonly last: number | null;
  readonly median: number | null;
  readonly best: number | null;
  readonly worst: number | null;
};

/** Milliseconds; null where nothing came back. */
export function numbersOf({ rttsMs }: TraceRow): RowNumbers {
  const known = rttsMs.filter((rttMs) => rttMs !== null);
  const sorted = [...known].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [lower, upper] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return {
    last: known.at(-1) ?? null,
    median: lower === undefined || upper === undefined ? null : (lower + upper) / 2,
    best: sorted[0] ?? null,
    worst: sorted.at(-1) ?? null,
  };
}

/** What got no answer: out of few probes as a count (`1/3`), which claims no share, out of more in percent. */
export function lossOf({ sent, rttsMs }: TraceRow): string {
  if (sent === null || sent === 0) return '';
  const lost = sent - rttsMs.filter((rttMs) => rttMs !== null).length;
  return sent < ENOUGH_PROBES ? `${lost}/${sent}` : `${Math.round((lost / sent) * 100)}%`;
}

/** Milliseconds without their unit, three digits or so: `0.08`, `12.4`, `812`. */
export function bareMs(ms: number | null): string {
  if (ms === null) return '';
  if (ms >= 100) return `${Math.round(ms)}`;
  return ms >= 10 ? ms.toFixed(1) : ms.toFixed(2);
}
