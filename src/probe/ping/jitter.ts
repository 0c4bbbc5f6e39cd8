import { roundMs } from '../../domain/statistics.ts';
import type { Echo } from './echo.ts';

/**
 * Mean difference between consecutive round trip times, milliseconds; null for fewer than two.
 * Echoes that left before the first answer came are left out where enough others are there: they may have waited
 * together for an address resolution or a sleeping link, which says nothing of the path.
 */
export function jitterOf(echoes: readonly Echo[]): number | null {
  const replies = echoes.flatMap(({ sentAtMs, answer }) => (answer?.kind === 'reply' ? [{ sentAtMs, ...answer }] : []));
  const firstAnswerMs = Math.min(...replies.map(({ atMs }) => atMs));
  const warm = replies.filter(({ sentAtMs }) => sentAtMs >= firstAnswerMs);
  const rtts = (warm.length >= 3 ? warm : replies).map(({ rttMs }) => rttMs);
  if (rtts.length < 2) return null;
  const steps = rtts.slice(1).map((rtt, index) => Math.abs(rtt - (rtts[index] ?? rtt)));
  return roundMs(steps.reduce((sum, step) => sum + step, 0) / steps.length);
}
