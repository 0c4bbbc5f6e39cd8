import type { EchoView } from '../../session/view/view.ts';
import type { Glyphs } from '../theme/glyphs.ts';

/** Below this a time is as good as none, and differences are noise. */
const LEAST_SLOWEST_MS = 0.001;

/** The last echoes as a strip: a bar by RTT against the slowest, a cross for an error, a dot for one not answered yet. */
export function echoStrip(echoes: readonly EchoView[], columns: number, glyphs: Glyphs): string {
  if (columns < 1) return '';
  const shown = echoes.slice(-columns);
  const slowestMs = shown.reduce((slowest, { rttMs }) => Math.max(slowest, rttMs ?? 0), LEAST_SLOWEST_MS);
  const bars = [...glyphs.bars];
  return shown
    .map(({ rttMs, error }) => {
      if (rttMs !== null) return bars[Math.floor((rttMs / slowestMs) * (bars.length - 1))] ?? glyphs.waiting;
      return error === null ? glyphs.waiting : glyphs.lost;
    })
    .join('');
}
