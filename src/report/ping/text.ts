import type { Language } from '../../domain/verdict.ts';
import type { PingEvidence } from '../../evidence/ping.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';
import { formatMs, withPlainSpaces } from '../../text/format-ms.ts';
import { wrap } from '../../text/layout.ts';
import { painter } from '../../text/paint.ts';
import { printable } from '../../text/printable.ts';
import type { TextOptions } from '../check/text.ts';
import { icmpName } from '../icmp-name.ts';
import { asAscii, symbolsOf } from '../symbols.ts';
import { bareMs } from '../trace/numbers.ts';
import { inkOf } from '../verdict-ink.ts';
import { pingWordsOf } from './language.ts';
import { type PingVerdict, sayPing } from './verdict.ts';

/** Longer sentences are hard to read. */
const MAX_COLUMNS = 100;
/** Narrower, the terminal breaks the lines. */
const MIN_COLUMNS = 32;
const INDENT = 2;
/** Missing sequence numbers that are named one by one. */
const MOST_SEQUENCES = 20;

export function pingTitle(host: string, address: string, count: number, options: TextOptions): string {
  const title = pingWordsOf(options.lang).title(host, address === host ? null : address, count);
  return finished([painter(options.color)(printable(title), 'bold')], options);
}

/** The line of one echo that was answered, by a reply or an error; null for any other event. Sequences are shown from 1. */
export function echoLine(event: ProbeEvent, address: string, options: TextOptions): string | null {
  const words = pingWordsOf(options.lang);
  const paint = painter(options.color);
  if (event.kind === 'echo-answered') {
    return finished([words.reply(address, event.sequence + 1, event.replyTtl, formatMs(event.rttMs))], options);
  }
  if (event.kind !== 'echo-error') return null;
  const { error, sequence } = event;
  return finished([paint(words.error(error.from, sequence + 1, error.kind, icmpName(error)), 'red')], options);
}

/** Everything behind the lines of the echoes: what is missing, the numbers, and what they mean. */
export function pingSummary(host: string, verdict: PingVerdict, options: TextOptions): string {
  const { ping } = verdict;
  const columns = Math.min(Math.max(options.columns, MIN_COLUMNS), MAX_COLUMNS);
  const saying = sayPing(verdict, options.lang);
  const words = pingWordsOf(options.lang);
  const symbols = symbolsOf(options.ascii);
  const paint = painter(options.color);
  // Signs have longer forms in ASCII: lines are broken after the exchange.
  const signs = options.ascii ? asAscii : (said: string) => said;
  const numbers = ping.sent === 0 ? [] : numberLines(ping, options.lang);
  return finished(
    [
      ...numbers.flatMap((line) => wrap(signs(printable(line)), columns, INDENT)),
      ...(numbers.length === 0 ? [] : ['']),
      ...wrap(`${symbols.verdict[saying.verdict]} ${signs(saying.says)}`, columns, INDENT).map((line) =>
        paint(line, 'bold', inkOf(saying.verdict)),
      ),
      ...saying.notes.flatMap((note) => wrap(`${symbols.bullet} ${signs(note)}`, columns, INDENT)),
      ...(saying.verdict === 'fault'
        ? wrap(words.why(`netwhy check ${host}`), columns, INDENT).map((line) => paint(line, 'dim'))
        : []),
    ],
    options,
  );
}

/** What is said in place of a measurement where the name has no address. */
export function nameFailure({ host, status, cutShort }: ResolveEvidence, options: TextOptions): string {
  const words = pingWordsOf(options.lang);
  const says = cutShort || status === 'ok' || status === 'literal' ? words.endedEarly : words.nameFailed[status](host);
  const columns = Math.min(Math.max(options.columns, MIN_COLUMNS), MAX_COLUMNS);
  const line = `${symbolsOf(options.ascii).verdict.inconclusive} ${printable(says)}`;
  return finished(wrap(line, columns, INDENT), options);
}

function numberLines(ping: PingEvidence, lang: Language): readonly string[] {
  const words = pingWordsOf(lang);
  const { sent, received, lost, lossPercent, lossInterval, rttMs, jitterMs, duplicates, replyTtl, method } = ping;
  const failed = ping.errors.reduce((sum, { count }) => sum + count, 0);
  const open = sent - received - lost.length;
  const interval = lossInterval === null ? null : `${rounded(lossInterval.low)} – ${rounded(lossInterval.high)} %`;
  const values = rttMs && [rttMs.min, rttMs.median, rttMs.avg, rttMs.max, rttMs.stddev].map(bareMs).join('/');
  const joined = (parts: readonly (string | false | null)[]) => parts.filter((part) => part !== false && part !== null);
  return [
    // Which of them got an error in place of silence is in their own lines.
    ...(lost.length > 0 && failed === 0 && received > 0 ? [words.noAnswer(listed(lost))] : []),
    joined([
      words.counts(sent, received, open),
      lossPercent !== null && words.loss(`${rounded(lossPercent)} %`, interval),
      duplicates > 0 && words.duplicates(duplicates),
    ]).join(', '),
    joined([
      values !== null && words.rtt(`${values}\u00a0ms`),
      jitterMs !== null && words.jitter(formatMs(jitterMs)),
      replyTtl !== null && words.replyTtl(replyTtl),
      method !== null && words.method(method),
    ]).join(', '),
    ...ping.errors.map((error) => words.errors(error.from, error.kind, icmpName(error), error.count)),
  ].filter((line) => line !== '');
}

function listed(lost: readonly number[]): string {
  const shown = lost.slice(0, MOST_SEQUENCES).map((sequence) => sequence + 1);
  return `${shown.join(', ')}${lost.length > MOST_SEQUENCES ? ` (+${lost.length - MOST_SEQUENCES})` : ''}`;
}

function rounded(percent: number): number {
  return Math.round(percent * 10) / 10;
}

function finished(lines: readonly string[], { ascii }: TextOptions): string {
  const text = withPlainSpaces(`${lines.join('\n')}\n`);
  return ascii ? asAscii(text) : text;
}
