/** The marks that the wizard draws, with forms for terminals that know ASCII only. None is the only bearer of a meaning. */
export type Glyphs = {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  /** It works, but not well. */
  readonly warn: string;
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
  /** Of a tree: a branch, the last branch, what goes on beside it. */
  readonly branch: string;
  readonly lastBranch: string;
  readonly rail: string;
  /** A branch that was not taken. */
  readonly untaken: string;
  /** Frames of what is being measured. */
  readonly spinner: string;
  readonly cursor: string;
  readonly dot: string;
  readonly down: string;
};

const UNICODE: Glyphs = {
  yes: '✓',
  no: '✗',
  unknown: '?',
  warn: '!',
  told: '→',
  running: '…',
  pointer: '❯',
  lost: '×',
  waiting: '.',
  bars: '▁▂▃▄▅▆▇█',
  passed: '━',
  ahead: '─',
  branch: '├─',
  lastBranch: '└─',
  rail: '│ ',
  untaken: '·',
  spinner: '◐◓◑◒',
  cursor: '▏',
  dot: '·',
  down: '↓',
};

const ASCII: Glyphs = {
  yes: '+',
  no: 'x',
  unknown: '?',
  warn: '!',
  told: '>',
  running: '~',
  pointer: '>',
  lost: 'x',
  waiting: '.',
  bars: '_-=oO0#',
  passed: '=',
  ahead: '-',
  branch: '|-',
  lastBranch: '`-',
  rail: '| ',
  untaken: '.',
  spinner: '|/-\\',
  cursor: '_',
  dot: ',',
  down: 'v',
};

export function glyphsFor(ascii: boolean): Glyphs {
  return ascii ? ASCII : UNICODE;
}
