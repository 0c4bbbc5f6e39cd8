import stringWidth from 'string-width';
import type { AttemptView, HopView, SessionView } from '../session/view.ts';
import { echoStrip } from './echo-strip.ts';
import { fitRow, type Row, type Span, type Tone } from './row.ts';
import type { Theme } from './theme.tsx';

const MOST_ADDRESSES = 3;
const MOST_ATTEMPTS = 6;
const SILENT = '*';

/**
 * The engines at work: what the name gave, echoes, connection attempts and hops as they come in.
 *
 *   Echo  9/20 ▁▁▂▁▁▅▁▁▁ 0.2 ms
 *   Port  tcp 5432 closed 0.4 ms
 *   Path   1 10.0.0.1  0.4 ms
 *
 * Where a long path does not fit, its first hops go.
 */
export function engineRows(view: SessionView, theme: Theme, columns: number, height: number): readonly Row[] {
  const { words, plain } = theme;
  const labels = [words.name, words.echo, words.port, words.path, words.now];
  const margin = Math.max(...labels.map((label) => stringWidth(label))) + 1;
  const labelled = (label: string, rows: readonly Row[]): readonly Row[] =>
    rows.map((row, index) => [{ text: padded(index === 0 ? plain(label) : '', margin), tone: 'dim' }, ...row]);
  const above = [
    ...labelled(words.name, nameRows(view, theme)),
    ...labelled(words.echo, echoRows(view, theme, columns - margin)),
    ...labelled(
      words.port,
      view.attempts.slice(-MOST_ATTEMPTS).map((attempt) => attemptRow(attempt, view, theme)),
    ),
    ...labelled(words.now, view.running.length === 0 ? [] : [[{ text: view.running.join(', ') }]]),
  ];
  const path = hopRows(view.hops, theme);
  const room = Math.max(0, height - 1 - above.length);
  const rows = [...above, ...labelled(words.path, room === 0 ? [] : path.slice(-room))];
  const title = view.running.length > 0 ? words.engine : words.measured;
  const heading: Row = [{ text: plain(title), tone: 'strong' }];
  return [heading, ...rows].slice(0, Math.max(0, height)).map((row) => fitRow(row, columns, theme.ascii));
}

function nameRows({ address, addresses, servers }: SessionView, { plain }: Theme): readonly Row[] {
  const found = addresses.length > 0 ? addresses : address === null ? [] : [address];
  const shown = found.slice(0, MOST_ADDRESSES).map(plain);
  const more = found.length > MOST_ADDRESSES ? ` +${found.length - MOST_ADDRESSES}` : '';
  return [
    ...(shown.length === 0 ? [] : [[{ text: shown.join(', ') + more }]]),
    ...servers.slice(0, MOST_ADDRESSES).map(
      (server): Row => [
        {
          text: `${plain(server.address)} ${plain(server.rcode ?? '-')}${server.ms === null ? '' : ` ${ms(server.ms)}`}`,
          tone: 'dim',
        },
      ],
    ),
  ];
}

function echoRows({ echoes }: SessionView, { glyphs }: Theme, columns: number): readonly Row[] {
  if (echoes.length === 0) return [];
  const answered = echoes.flatMap(({ rttMs }) => (rttMs === null ? [] : [rttMs]));
  const count = `${answered.length}/${echoes.length} `;
  const last = answered[answered.length - 1];
  const time = last === undefined ? '' : ` ${ms(last)}`;
  const strip = echoStrip(echoes, columns - count.length - time.length, glyphs);
  const tone: Tone = answered.length === 0 ? 'bad' : answered.length < echoes.length ? 'warn' : 'good';
  return [[{ text: count }, { text: strip, tone, spoken: '' }, { text: time }]];
}

function attemptRow(attempt: AttemptView, view: SessionView, { glyphs, plain }: Theme): Row {
  const { address, port, protocol, state, ms: took } = attempt;
  const answer: Span =
    state === null ? { text: glyphs.running, tone: 'dim' } : { text: state, tone: state === 'open' ? 'good' : 'bad' };
  return [
    { text: `${protocol} ${port} ` },
    answer,
    { text: took === null ? '' : ` ${ms(took)}` },
    { text: address === view.address ? '' : `  ${plain(address)}`, tone: 'dim' },
  ];
}

/** One row for each TTL up to the farthest that answered; those in between that did not have a star. */
function hopRows(hops: readonly HopView[], { plain }: Theme): readonly Row[] {
  const farthest = hops[hops.length - 1]?.ttl ?? 0;
  return Array.from({ length: farthest }, (_, index): Row => {
    const hop = hops.find(({ ttl }) => ttl === index + 1);
    const number = `${index + 1}`.padStart(2);
    if (hop === undefined) return [{ text: `${number} ${SILENT}`, tone: 'dim' }];
    const last = hop.rttsMs[hop.rttsMs.length - 1];
    return [
      { text: `${number} ${plain(hop.addresses.join(', '))}` },
      { text: last === undefined ? '' : `  ${ms(last)}`, tone: 'dim' },
    ];
  });
}

function padded(label: string, columns: number): string {
  return label + ' '.repeat(Math.max(0, columns - stringWidth(label)));
}

/** A time of which one glance is taken: a tenth of a millisecond is enough. */
function ms(time: number): string {
  return `${time.toFixed(1)} ms`;
}
