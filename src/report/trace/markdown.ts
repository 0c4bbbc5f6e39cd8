import type { Language } from '../../domain/verdict.ts';
import type { TraceRow } from '../../evidence/trace-row.ts';
import { withPlainSpaces } from '../../text/format-ms.ts';
import { markdownCode, markdownText } from '../markdown-text.ts';
import { symbolsOf } from '../symbols.ts';
import { traceWordsOf } from './language.ts';
import { bareMs, lossOf, numbersOf } from './numbers.ts';
import { sparkline } from './sparkline.ts';
import { sayTrace } from './verdict.ts';
import type { TraceView } from './view.ts';

/** The table and its verdict to paste into a ticket. Nothing that the network wrote has a meaning in it. */
export function toTraceMarkdown(view: TraceView, lang: Language): string {
  const words = traceWordsOf(lang);
  const address = view.address === view.host ? null : view.address;
  const saying = view.verdict === null ? null : sayTrace(view.verdict, lang);
  const scaleMs = Math.max(0, ...view.rows.map((row) => numbersOf(row).worst ?? 0));
  const headers = [words.hop, words.host, words.lost, words.sent, words.last, words.median, words.best, words.worst];
  const lines = [
    `### ${markdownText(words.title(view.host, address, words.vehicle[view.protocol](view.port)))}`,
    '',
    ...(saying === null ? [] : [`${symbolsOf(false).verdict[saying.verdict]} ${markdownText(saying.says)}`, '']),
    ...(view.rows.length === 0
      ? []
      : [
          `| ${[...headers, words.spark].join(' | ')} |`,
          `|${' ---: | --- |'}${' ---: |'.repeat(headers.length - 2)} --- |`,
          ...view.rows.map((row) => rowOf(row, view, words.noAnswer, scaleMs)),
        ]),
    ...(saying === null || saying.notes.length === 0
      ? []
      : ['', ...saying.notes.map((note) => `- ${markdownText(note)}`)]),
  ];
  return withPlainSpaces(`${lines.join('\n')}\n`);
}

function rowOf(row: TraceRow, { names }: TraceView, noAnswer: string, scaleMs: number): string {
  const { last, median, best, worst } = numbersOf(row);
  const hosts = row.addresses.map((address) => {
    const name = names.get(address);
    const error = row.error?.from === address ? ` ${markdownText(row.error.kind)}` : '';
    return `${cellCode(address)}${error}${name === undefined ? '' : ` ${cellCode(name)}`}`;
  });
  const cells = [
    `${row.ttl}`,
    hosts.length === 0 ? markdownText(noAnswer) : hosts.join(', '),
    lossOf(row),
    row.sent === null ? '' : `${row.sent}`,
    ...[last, median, best, worst].map(bareMs),
    sparkline(row.rttsMs, scaleMs, false),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A bar ends a cell even inside of code (GFM 4.10). */
function cellCode(text: string): string {
  return markdownCode(text).replaceAll('|', '\\|');
}
