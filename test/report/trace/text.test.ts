import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { TextOptions } from '../../../src/report/check/text.ts';
import { toTraceMarkdown } from '../../../src/report/trace/markdown.ts';
import { toTraceText } from '../../../src/report/trace/text.ts';
import { HEALTHY, LOOP, PROHIBITED, row, STOPPED, viewOf, WATCHED } from './traces.ts';

const PLAIN: TextOptions = { color: false, columns: 80, lang: 'en', ascii: false };

const VIEWS = { HEALTHY, STOPPED, PROHIBITED, LOOP, WATCHED } as const;
const NAMES = ['HEALTHY', 'STOPPED', 'PROHIBITED', 'LOOP', 'WATCHED'] as const;

/** What a router's owner may write into DNS. */
const HOSTILE = '\u001b[2J\u001b]0;owned\u0007evil|<b>`x`\u202e\u200b\u009b31m';

test.each(NAMES)('%s in English at 80 columns, in Korean at 40', (name) => {
  expect(toTraceText(VIEWS[name], PLAIN)).toMatchSnapshot();
  expect(toTraceText(VIEWS[name], { ...PLAIN, columns: 40, lang: 'ko' })).toMatchSnapshot();
});

test.each([32, 40, 60, 80, 120])('no line is wider than %i columns, whatever the language and the signs', (columns) => {
  for (const view of Object.values(VIEWS)) {
    for (const lang of ['en', 'ko'] as const) {
      for (const ascii of [true, false]) {
        const lines = toTraceText(view, { ...PLAIN, columns, lang, ascii }).split('\n');
        for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      }
    }
  }
});

test('the columns stand under their headers', () => {
  const [, header = '', ...lines] = toTraceText(HEALTHY, { ...PLAIN, columns: 120 }).split('\n');
  const end = header.indexOf('Median') + 'Median'.length;
  const rows = lines.slice(0, 4).filter((line) => !line.includes('no answer'));
  expect(rows).toHaveLength(3);
  for (const line of rows) expect(line.slice(0, end)).toMatch(/\d\.\d+$/u);
});

test('few probes claim no share of loss, many do', () => {
  expect(toTraceText(HEALTHY, PLAIN)).not.toContain('%');
  expect(toTraceText(HEALTHY, PLAIN)).toContain('1/3');
  expect(toTraceText(WATCHED, PLAIN)).toContain('20%');
});

test('a narrow terminal keeps the addresses, the loss and the median, and leaves the rest out', () => {
  const text = toTraceText(HEALTHY, { ...PLAIN, columns: 40 });
  expect(text).toContain('203.0.113.17');
  expect(text).toContain('Lost');
  expect(text).toContain('Median');
  expect(text).not.toContain('Worst');
});

test('no name and no host can move the terminal', () => {
  const view = { ...HEALTHY, host: `db1${HOSTILE}`, names: new Map([['192.0.2.1', HOSTILE]]) };
  for (const lang of ['en', 'ko'] as const) {
    const text = toTraceText(view, { ...PLAIN, lang });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain('evil');
  }
});

test('in Markdown nothing that the network wrote is markup, and no name adds a cell', () => {
  const view = { ...HEALTHY, names: new Map([['192.0.2.1', HOSTILE]]) };
  const text = toTraceMarkdown(view, 'en');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  const bars = (line: string) => [...line.matchAll(/(?<!\\)\|/gu)].length;
  const table = text.split('\n').filter((line) => line.startsWith('|'));
  expect(table).toHaveLength(6);
  expect(new Set(table.map(bars))).toEqual(new Set([10]));
  // Inside of a code span, whatever its backticks.
  expect(text).toContain('``[2J]0;ownedevil\\|<b>`x`31m``');
});

test('Markdown holds the table, the verdict and the notes', () => {
  expect(toTraceMarkdown(HEALTHY, 'en')).toMatchSnapshot();
});

test('ASCII signs are used where the terminal knows no others', () => {
  for (const view of Object.values(VIEWS)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is meant
    expect(toTraceText(view, { ...PLAIN, ascii: true })).toMatch(/^[\u0000-\u007f]*$/u);
  }
});

test('colour is an addition: without it the same text is left', () => {
  const coloured = toTraceText(PROHIBITED, { ...PLAIN, color: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  expect(coloured.replace(/\u001b\[\d+m/gu, '')).toBe(toTraceText(PROHIBITED, PLAIN));
  expect(coloured).not.toBe(toTraceText(PROHIBITED, PLAIN));
});

test('while it runs there is no verdict', () => {
  const text = toTraceText({ ...HEALTHY, verdict: null }, PLAIN);
  expect(text).toContain('tracing …');
  expect(text).not.toContain('answers');
});

test('what ended early, was refused or could not be measured claims no end of the path', () => {
  const hops = [row(1, '192.0.2.1', 0.4), row(2, null, null)];
  const reading = { outcome: 'stopped', where: { hop: 1, address: '192.0.2.1' } } as const;
  const early = viewOf({ rows: hops, trace: { outcome: 'stopped', cutShort: true }, reading });
  expect(said(early)).toContain('Ended early: hop 1 (192.0.2.1) was the last that had answered by then.');
  const refused = viewOf({
    rows: [],
    trace: { outcome: 'silent', stopReason: 'refused' },
    reading: { outcome: 'silent' },
    routeError: 'ENETUNREACH',
  });
  expect(said(refused)).toContain('? This machine did not send: the kernel refuses the way (ENETUNREACH).');
  const unavailable = viewOf({
    rows: [],
    trace: { method: null, unavailable: { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] } },
    reading: { outcome: 'unavailable' },
  });
  expect(said(unavailable)).toContain('could not be traced. This user may open no raw socket');
  const short = viewOf({
    rows: hops.slice(0, 1),
    trace: { outcome: 'stopped', stopReason: 'max-hops' },
    reading,
  });
  expect(said(short)).toContain('the path goes on behind it');
});

test('the answer of a port says what the port does', () => {
  const tcp = (kind: 'reply' | 'reset') =>
    viewOf({
      rows: [row(1, '198.51.100.9', 1)],
      trace: { protocol: 'tcp', port: 443, targetAnswer: { kind, ttl: 1, replyTtl: 64 } },
    });
  expect(said(tcp('reset'))).toContain('443 answers with a reset: the path is whole, and the port is closed.');
  expect(said(tcp('reply'))).toContain('443 accepts connections.');
});

function said(view: Parameters<typeof toTraceText>[0]): string {
  return toTraceText(view, PLAIN).replace(/\s+/gu, ' ');
}
