import { expect, test } from 'vitest';
import { BEFORE, openTerminal } from './terminal.ts';

test.each([
  [40, 12],
  [80, 24],
  [200, 60],
])('in a window of %i columns and %i rows everything fits, keys included', async (columns, rows) => {
  const terminal = openTerminal(['127.0.0.1'], { columns, rows });
  await terminal.waitFor('HEALTHY');
  const screen = terminal.screen();
  expect(screen).toHaveLength(rows);
  expect(screen[0]).toMatch(/^netwhy 127\.0\.0\.1/);
  expect(screen[rows - 2]).toMatch(/q quit$/);
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
  expect(terminal.transcript()).toContain(BEFORE);
});

test('a window that is far too small says so, and still quits', async () => {
  const terminal = openTerminal(['127.0.0.1'], { columns: 10, rows: 3 });
  await terminal.waitFor('The windo');
  terminal.resize(80, 24);
  await terminal.waitFor('HEALTHY');
  terminal.resize(10, 3);
  await terminal.waitFor('The windo');
  terminal.press('C-c');
  terminal.resize(80, 24);
  await terminal.waitFor('exit=130 modes=same');
});

test('a window that shrinks and grows keeps the verdict and what was there before', async () => {
  const terminal = openTerminal(['127.0.0.1'], { columns: 120, rows: 40 });
  await terminal.waitFor('HEALTHY');
  terminal.resize(50, 14);
  await terminal.waitFor(/^netwhy[\s\S]{0,700}q quit$/mu);
  terminal.resize(120, 40);
  await terminal.waitFor(/another target.*q quit/);
  expect(terminal.screen().join('\n')).toContain('HEALTHY');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
  expect(terminal.transcript()).toContain(BEFORE);
});

test('without colours there are none; the words say it', async () => {
  const terminal = openTerminal(['127.0.0.1'], { env: { NO_COLOR: '1' } });
  await terminal.waitFor('HEALTHY');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  expect(terminal.painted()).not.toMatch(/\u001b\[[\d;]*(?:3[0-8]|9[0-7])m/);
  terminal.press('q');
  await terminal.waitFor('exit=0');
});

test('in an ASCII locale nothing else is drawn', async () => {
  const terminal = openTerminal(['127.0.0.1'], { env: { LANG: 'C' } });
  await terminal.waitFor('HEALTHY');
  expect(terminal.screen().join('')).toMatch(/^[ -~]*$/);
  terminal.press('q');
  await terminal.waitFor('exit=0');
});

test('where a CI seems to be there is still a wizard, as there is a terminal', async () => {
  const terminal = openTerminal(['127.0.0.1'], { env: { CI: 'true' } });
  await terminal.waitFor('HEALTHY');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});
