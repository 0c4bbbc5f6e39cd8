import type { Verdict } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { withPlainSpaces } from '../../text/format-ms.ts';
import { printable } from '../../text/printable.ts';
import { asAscii } from '../symbols.ts';
import { measuredOf } from './measured.ts';
import { worstOf } from './worst.ts';

/** The words of the exit codes (Monitoring Plugins Development Guidelines, "Plugin Return Codes"). */
const STATUS: Readonly<Record<Verdict, string>> = {
  healthy: 'OK',
  degraded: 'WARNING',
  fault: 'CRITICAL',
  inconclusive: 'UNKNOWN',
};

/** Longer output is cut by the daemons, by NRPE for instance at 1024 bytes, and the numbers stand at its end. */
const MOST_WORDS = 400;
const MOST_LISTED = 50;

/**
 * The output of a monitoring plugin: one line, and behind the bar performance data (Monitoring Plugins Development
 * Guidelines, "Performance data"). Of several reports the first line counts them, and those that are not healthy follow,
 * a line each.
 */
export function toNagios(reports: readonly Report[], ascii: boolean): string {
  const [only] = reports;
  const lines =
    reports.length === 1 && only !== undefined ? [`${statusLine(only)} | ${numbersOf(only)}`] : severalLines(reports);
  const text = withPlainSpaces(lines.map((line) => `${line}\n`).join(''));
  return ascii ? asAscii(text) : text;
}

function statusLine({ verdict, target, diagnosis }: Report): string {
  const { title, code, confidence } = diagnosis;
  return `NETWHY ${STATUS[verdict]} - ${words(`${target.input}: ${title} (${code}, ${confidence})`)}`;
}

function severalLines(reports: readonly Report[]): readonly string[] {
  const bad = reports.filter(({ verdict }) => verdict !== 'healthy');
  const count = (verdict: Verdict) => reports.filter((report) => report.verdict === verdict).length;
  const counts = (['fault', 'degraded', 'inconclusive', 'healthy'] as const).map(
    (verdict) => `${verdict}=${count(verdict)};;;0;${reports.length}`,
  );
  const head = `NETWHY ${STATUS[worstOf(reports)]} - ${reports.length - bad.length} of ${reports.length} are healthy`;
  const rest = bad.length > MOST_LISTED ? [`and ${bad.length - MOST_LISTED} more`] : [];
  return [`${head} | ${counts.join(' ')}`, ...bad.slice(0, MOST_LISTED).map(statusLine), ...rest];
}

/** A bar would begin the performance data. */
function words(text: string): string {
  const line = printable(text).replaceAll('|', '/');
  return line.length > MOST_WORDS ? `${[...line].slice(0, MOST_WORDS).join('')}…` : line;
}

/** `label=value[unit];warn;crit;min;max`; what was not measured is left out. */
function numbersOf(report: Report): string {
  const { rttMs, lossPercent, connectMs, durationMs } = measuredOf(report);
  return [
    ...(rttMs === null ? [] : [`rta=${rttMs.median}ms;;;0`]),
    ...(lossPercent === null ? [] : [`pl=${lossPercent}%;;;0;100`]),
    ...(connectMs === null ? [] : [`connect=${connectMs}ms;;;0`]),
    `time=${durationMs / 1000}s;;;0`,
  ].join(' ');
}
