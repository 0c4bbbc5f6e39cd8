import type { SessionView } from '../../session/view/view.ts';
import { ms } from '../theme/ms.ts';
import type { Row, Tone } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import { echoStrip } from './echo-strip.ts';

/**
 * The echoes as a strip, and below it, once they are over, what they come to:
 *
 *   18/20 ▁▁▂▁▁▅▁▁▁×▁ 0.2 ms
 *   0.1 - 5.2, median 0.2 ms · 2 lost (10 %)
 */
export function echoRows({ echoes, running }: SessionView, theme: Theme, columns: number): readonly Row[] {
  if (echoes.length === 0) return [];
  const { words, glyphs, plain } = theme;
  const answered = echoes.flatMap(({ rttMs }) => (rttMs === null ? [] : [rttMs]));
  const count = `${answered.length}/${echoes.length} `;
  const last = answered[answered.length - 1];
  const time = last === undefined ? '' : ` ${ms(last)}`;
  const strip = echoStrip(echoes, columns - count.length - time.length, glyphs);
  const tone: Tone = answered.length === 0 ? 'bad' : answered.length < echoes.length ? 'warn' : 'good';
  const first: Row = [{ text: count }, { text: strip, tone, spoken: '' }, { text: time }];
  if (running.includes('ping')) return [first];
  const sorted = answered.toSorted((a, b) => a - b);
  const [best, median, worst] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted[sorted.length - 1]];
  const lost = echoes.length - answered.length;
  const told = [
    best === undefined || median === undefined || worst === undefined
      ? null
      : `${best.toFixed(1)} - ${worst.toFixed(1)}, ${words.median} ${ms(median)}`,
    lost === 0 ? null : words.lost(lost, Math.round((lost / echoes.length) * 100)),
  ].filter((part) => part !== null);
  return told.length === 0 ? [first] : [first, [{ text: plain(told.join(` ${glyphs.dot} `)), tone: 'dim' }]];
}
