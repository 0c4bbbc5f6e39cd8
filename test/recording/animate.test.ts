import { expect, test } from 'vitest';
import { animate } from './animate.ts';
import { cellsOf } from './cells.ts';

test('styles begin and end where the terminal says', () => {
  expect(cellsOf('a\u001b[1;31mb\u001b[39mc\u001b[0md')).toEqual([
    { text: 'a', colour: null, isBold: false, isDim: false },
    { text: 'b', colour: 'red', isBold: true, isDim: false },
    { text: 'c', colour: null, isBold: true, isDim: false },
    { text: 'd', colour: null, isBold: false, isDim: false },
  ]);
});

test('a line that comes again is in the picture once, wide characters take two cells, and nothing in it is markup', () => {
  const line = '경로 <b>&';
  const svg = animate(
    [0, 500].map((atMs) => ({ atMs, lines: [line, `${atMs}`] })),
    40,
    2,
    'a title',
  );
  expect(svg.match(/&lt;b&gt;&amp;/gu)).toHaveLength(1);
  expect(svg.match(/<use /gu)).toHaveLength(4);
  expect(svg).toContain(`textLength="${(9 * 7.8).toFixed(1)}"`);
});
