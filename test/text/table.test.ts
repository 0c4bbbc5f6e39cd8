import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { type Column, tableLines } from '../../src/text/table.ts';

const column = (header: string, cells: readonly string[], givesWay: number | null = null): Column => ({
  header,
  cells,
  align: 'start',
  givesWay,
});

test('cells stand under their headers, numbers at the end of their column', () => {
  const { header, rows } = tableLines(
    [column('Name', ['a', '한글']), { ...column('N', ['1', '200']), align: 'end' }],
    40,
  );
  expect([header, ...rows]).toEqual([['Name    N'], ['a       1'], ['한글  200']]);
});

test('a column without a cell is left out, then those that give way, the highest first', () => {
  const columns = [column('A', ['aaaa']), column('B', ['bbbb'], 1), column('C', ['cccc'], 2), column('D', [''])];
  expect(tableLines(columns, 80).rows).toEqual([['aaaa  bbbb  cccc']]);
  expect(tableLines(columns, 12).rows).toEqual([['aaaa  bbbb']]);
  expect(tableLines(columns, 6).rows).toEqual([['aaaa']]);
});

test('what must be there is laid out over several lines, and nothing of it is lost', () => {
  const cell = fc.stringMatching(/^[a-z가-힣:.]{0,30}$/);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 }),
      fc.integer({ min: 8, max: 60 }),
      (rows, width) => {
        const columns = ['One', 'Two', 'Three'].map((header, index) =>
          column(
            header,
            rows.map((cells) => cells[index] ?? ''),
          ),
        );
        const lines = tableLines(columns, width);
        expect(lines.rows).toHaveLength(rows.length);
        for (const line of [...lines.header, ...lines.rows.flat()])
          expect(stringWidth(line)).toBeLessThanOrEqual(width);
        const letters = (text: string) => text.replaceAll(/\s/gu, '');
        expect(lines.rows.map((each) => letters(each.join('')))).toEqual(rows.map((each) => letters(each.join(''))));
      },
    ),
  );
});
