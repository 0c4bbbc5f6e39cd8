/** The marks that the wizard draws, with forms for terminals that know ASCII only. */
export type Glyphs = {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly running: string;
  readonly pointer: string;
  readonly lost: string;
  readonly bars: string;
  readonly arrow: string;
  readonly cursor: string;
};

const UNICODE: Glyphs = {
  yes: '✔',
  no: '✖',
  unknown: '?',
  running: '…',
  pointer: '❯',
  lost: '×',
  bars: '▁▂▃▄▅▆▇█',
  arrow: '→',
  cursor: '▏',
};
const ASCII: Glyphs = {
  yes: '+',
  no: 'x',
  unknown: '?',
  running: '.',
  pointer: '>',
  lost: 'x',
  bars: '_.-=oO0#',
  arrow: '->',
  cursor: '|',
};

export function glyphsFor(ascii: boolean): Glyphs {
  return ascii ? ASCII : UNICODE;
}
