/** The marks that the wizard draws, with forms for terminals that know ASCII only. None is the only bearer of a meaning. */
export type Glyphs = {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly told: string;
  readonly running: string;
  readonly pointer: string;
  readonly lost: string;
  /** An echo that has not been answered yet. */
  readonly waiting: string;
  /** From the shortest RTT to the longest. */
  readonly bars: string;
  /** Of the time line to the deadline. */
  readonly passed: string;
  readonly ahead: string;
  /** Beside the questions that were asked: the path taken. */
  readonly rail: string;
  readonly skipped: string;
  readonly pending: string;
  readonly cursor: string;
  readonly dot: string;
  readonly up: string;
  readonly down: string;
};

const UNICODE: Glyphs = {
  yes: '✓',
  no: '✗',
  unknown: '?',
  told: '→',
  running: '…',
  pointer: '❯',
  lost: '×',
  waiting: '.',
  bars: '▁▂▃▄▅▆▇█',
  passed: '━',
  ahead: '─',
  rail: '┃',
  skipped: '-',
  pending: '·',
  cursor: '▏',
  dot: '·',
  up: '↑',
  down: '↓',
};

const ASCII: Glyphs = {
  yes: '+',
  no: 'x',
  unknown: '?',
  told: '>',
  running: '~',
  pointer: '>',
  lost: 'x',
  waiting: '.',
  bars: '_-=oO0#',
  passed: '=',
  ahead: '-',
  rail: '|',
  skipped: '-',
  pending: '.',
  cursor: '_',
  dot: ',',
  up: '^',
  down: 'v',
};

export function glyphsFor(ascii: boolean): Glyphs {
  return ascii ? ASCII : UNICODE;
}
