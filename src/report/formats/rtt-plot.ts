import type { Report } from '../../evidence/report/report.ts';
import { formatMs } from '../../text/format-ms.ts';
import { xmlText } from './xml.ts';

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 64;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 28;
/** Labels below have room for so many. */
const MOST_LABELS = 16;

type Point = { readonly ttl: number; readonly min: number; readonly median: number; readonly max: number };

/**
 * Round trip times by hop as SVG: a dot for the median, a line from the least to the greatest, the place of the diagnosis
 * in its colour. Empty where fewer than two hops answered. A hop that did not answer has no dot: silence is not zero.
 */
export function rttPlot(report: Report, words: { readonly title: string; readonly hop: string }): string {
  const points = pointsOf(report);
  if (points.length < 2) return '';
  const most = Math.max(...points.map(({ max }) => max));
  const last = Math.max(...points.map(({ ttl }) => ttl));
  const top = most > 0 ? most * 1.1 : 1;
  const x = (ttl: number) => round(LEFT + ((ttl - 0.5) / last) * (WIDTH - LEFT - RIGHT));
  const y = (ms: number) => round(HEIGHT - BOTTOM - (ms / top) * (HEIGHT - TOP - BOTTOM));
  const marks = [0, most / 2, most].map(
    (ms) =>
      `<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(ms)}" y2="${y(ms)}"/><text x="${LEFT - 6}" y="${y(ms) + 4}" text-anchor="end">${xmlText(formatMs(ms))}</text>`,
  );
  const every = Math.ceil(last / MOST_LABELS);
  const hops = Array.from({ length: last }, (_, index) => index + 1).flatMap((ttl) =>
    ttl % every === 0 || ttl === 1 ? [`<text x="${x(ttl)}" y="${HEIGHT - 10}" text-anchor="middle">${ttl}</text>`] : [],
  );
  const { where } = report.diagnosis;
  const dots = points.map(({ ttl, min, median, max }) => {
    const name = `${words.hop} ${ttl}: ${formatMs(min)} / ${formatMs(median)} / ${formatMs(max)}`;
    const kind = report.verdict !== 'healthy' && where?.hop === ttl ? 'at' : 'dot';
    return `<g><title>${xmlText(name)}</title><line class="span" x1="${x(ttl)}" x2="${x(ttl)}" y1="${y(min)}" y2="${y(max)}"/><circle class="${kind}" cx="${x(ttl)}" cy="${y(median)}" r="4"/></g>`;
  });
  const title = xmlText(words.title);
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}"><title>${title}</title>${[...marks, ...hops, ...dots].join('')}</svg>`;
}

/** The hops that were asked most: those of the sampling where there was one, else those of the trace. */
function pointsOf({ evidence }: Report): readonly Point[] {
  const hops: readonly { readonly ttl: number | null; readonly rttMs: Omit<Point, 'ttl'> | null }[] =
    evidence.hopEchoes?.hops ?? evidence.trace?.hops ?? [];
  return hops.flatMap(({ ttl, rttMs }) => (ttl === null || rttMs === null ? [] : [{ ttl, ...rttMs }]));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
