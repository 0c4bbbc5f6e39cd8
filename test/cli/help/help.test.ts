import { expect, test } from 'vitest';
import { groupOf } from '../../../src/cli/help/groups.ts';
import { manPages } from '../../../src/cli/help/man.ts';
import { TOPICS } from '../../../src/cli/help/topics.ts';
import { wholeProgram } from '../../../src/cli/main.ts';

const program = await wholeProgram();

test.each(program.commands.map((command) => command.name()))(
  '%s: help says first what it is for, and shows it at work',
  (name) => {
    const command = program.commands.find((each) => each.name() === name);
    const help = command?.helpInformation() ?? '';
    const [what = '', example = ''] = help.split('\n\n');
    expect(what).not.toMatch(/^Usage/u);
    expect(example).toMatch(/^ {2}(?:source <\()?netwhy /u);
    expect(help).not.toMatch(/default: (?:\{\}|\[\])/u);
  },
);

test('the options of check are in groups, those of the wizard among them in its own help', () => {
  const check = program.commands.find((command) => command.name() === 'check');
  const help = check?.helpInformation() ?? '';
  for (const heading of ['What to look at:', 'How to measure:', 'What to print:', 'The screen:'])
    expect(help).toContain(heading);
  const own = program.helpInformation();
  for (const option of ['--guided', '--screen-reader', '--keys', '--no-history', '--on']) expect(own).toContain(option);
  const ungrouped = (check?.options ?? []).filter(({ long }) => groupOf(long ?? undefined) === 'More');
  expect(ungrouped.map(({ long }) => long)).toEqual([]);
});

test('every page of the manual has its name, its use and its options, and no line that is a request by accident', () => {
  const pages = manPages(program, '1.2.3');
  expect(pages.map(({ file }) => file)).toContain('netwhy-check.1');
  for (const { text } of pages) {
    expect(text).toMatch(/^\.TH NETWHY/u);
    expect(text).toMatch(/\.SH NAME\nnetwhy/u);
    for (const line of text.split('\n')) expect(line).toMatch(/^(?:\.(?:TH|SH|SS|TP|B|BR|nf|fi)\b|[^.']|$)/u);
  }
  const check = pages.find(({ file }) => file === 'netwhy-check.1')?.text ?? '';
  expect(check).toContain('\\-\\-deadline');
});

test('the topics name the exit codes of the contract and the commands that they are about', () => {
  for (const code of ['0', '1', '2', '3', '64', '70', '130'])
    expect(TOPICS['exit-codes']?.text).toMatch(new RegExp(`^ +${code} `, 'mu'));
  for (const { text } of Object.values(TOPICS))
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
});
