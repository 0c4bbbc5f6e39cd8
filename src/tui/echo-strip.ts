import type { EchoView } from '../session/view.ts';
import type { Glyphs } from './glyphs.ts';

/** The last echoes as a strip: a bar by RTT against the slowest, a cross for an error, a dot for one not answered yet. */
export function echoStrip(echoes: readonly EchoView[], columns: number, glyphs: Glyphs): string {
  const shown = echoes.slice(-Math.max(1, columns));
  const slowestMs = Math.max(...shown.map(({ rttMs }) => rttMs ?? 0), 0.001);
  const bars = [...glyphs.bars];
  return shown
    .map(({ rttMs, error }) => {
      if (error !== null) return glyphs.lost;
      if (rttMs === null) return '.';
      return bars[Math.min(bars.length - 1, Math.floor((rttMs / slowestMs) * (bars.length - 1)))] ?? bars[0];
    })
    .join('');
}
