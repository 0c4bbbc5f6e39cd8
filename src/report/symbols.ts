import type { Verdict } from '../domain/verdict.ts';

/** The signs of a report. Each has the same meaning in both sets, and none is the only bearer of it. */
export type Symbols = {
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly link: string;
  readonly broken: string;
  readonly more: string;
  readonly again: string;
  readonly silent: string;
  readonly separator: string;
  readonly bullet: string;
};

const UNICODE: Symbols = {
  verdict: { healthy: '✓', degraded: '!', fault: '✗', inconclusive: '?' },
  link: '──',
  broken: '✗',
  more: '…',
  again: '↺',
  silent: '*',
  separator: ' · ',
  bullet: '•',
};

const ASCII: Symbols = {
  verdict: { healthy: '+', degraded: '!', fault: 'x', inconclusive: '?' },
  link: '--',
  broken: 'x',
  more: '...',
  again: '<-',
  silent: '*',
  separator: ', ',
  bullet: '-',
};

export function symbolsOf(ascii: boolean): Symbols {
  return ascii ? ASCII : UNICODE;
}

const IN_ASCII: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '…': '...',
  '·': ',',
  '–': '-',
  '—': '-',
  '−': '-',
  '×': 'x',
  '≤': '<=',
  '≥': '>=',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  µ: 'u',
};

/** Signs of the catalogue's texts in ASCII. Letters of other scripts stay: they have no such form. */
export function asAscii(text: string): string {
  return text.replace(/[→←…·–—−×≤≥“”‘’µ]/g, (sign) => IN_ASCII[sign] ?? sign);
}
