import { expect, test } from 'vitest';
import { drawFirstFrame, eraseFirstFrame } from '../../../src/cli/common/first-frame.ts';

function drawn(
  args: readonly string[],
  options: { isTTY?: boolean; env?: Readonly<Record<string, string>> } = {},
): string {
  const { isTTY = true, env = { TERM: 'xterm' } } = options;
  let text = '';
  const stdout = { isTTY, columns: 40, write: (more: string) => (text += more) };
  drawFirstFrame(args, ['check'], { stdin: { isTTY }, stdout, env });
  eraseFirstFrame(stdout);
  return text;
}

test('the wizard begins with its name and its target, which go before anything else is written', () => {
  expect(drawn(['db1:5432'])).toBe('netwhy db1:5432\n\n...\r\u001b[2A\u001b[J');
  expect(drawn([])).toMatch(/^netwhy\n/u);
});

test('a target is printed as text, and never wider than the window', () => {
  expect(drawn(['\u001b[31mevil'])).toMatch(/^netwhy \?\[31mevil\n/u);
  expect(drawn(['x'.repeat(200)]).split('\n')[0]).toHaveLength(39);
});

test.each([
  ['another command', ['check', 'db1'], {}],
  ['help', ['--help'], {}],
  ['the measuring process', ['__session'], {}],
  ['a screen reader', ['--screen-reader', 'db1'], {}],
  ['no terminal', ['db1'], { isTTY: false }],
  ['a terminal that cannot', ['db1'], { env: { TERM: 'dumb' } }],
] as const)('nothing is drawn for %s', (_, args, options) => {
  expect(drawn(args, options)).toBe('');
});
