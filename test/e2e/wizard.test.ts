import { expect, test } from 'vitest';
import { openTerminal } from './terminal.ts';

const RESTORED = 'icanon echo';

test('with a target the wizard goes straight in, shows the verdict, and leaves a transcript', async () => {
  const terminal = openTerminal(['127.0.0.1']);
  await terminal.waitFor('HEALTHY');
  terminal.press('q');
  await terminal.waitFor(`exit=0 ${RESTORED}`);
  expect(terminal.transcript()).toContain('reachable');
});

test('without a target the wizard asks for the symptom, then for the target', async () => {
  const terminal = openTerminal([]);
  await terminal.waitFor('What is wrong?');
  terminal.press('Enter');
  await terminal.waitFor('What can you not reach?');
  terminal.type('127.0.0.1:70000');
  terminal.press('Enter');
  await terminal.waitFor('! ');
  for (let index = 0; index < 5; index += 1) terminal.press('BSpace');
  terminal.type('1');
  terminal.press('Enter');
  await terminal.waitFor('FAULT');
  terminal.press('q');
  await terminal.waitFor(`exit=2 ${RESTORED}`);
  expect(terminal.transcript()).toContain('not-listening');
});

test('Ctrl-C leaves the terminal as it was, and says that it was interrupted', async () => {
  const terminal = openTerminal([]);
  await terminal.waitFor('What is wrong?');
  terminal.press('C-c');
  await terminal.waitFor(`exit=130 ${RESTORED}`);
});

test('b goes back, r measures again', async () => {
  const terminal = openTerminal(['127.0.0.1']);
  await terminal.waitFor('HEALTHY');
  terminal.press('r');
  await terminal.waitFor('HEALTHY');
  terminal.press('?');
  await terminal.waitFor('Keys');
  terminal.press('Escape');
  await terminal.waitFor('HEALTHY');
  terminal.press('q');
  await terminal.waitFor('exit=0');
});

test.each([
  [40, 12],
  [80, 24],
  [200, 50],
])('the wizard fits a window of %i columns and %i rows', async (columns, rows) => {
  const terminal = openTerminal(['127.0.0.1'], { columns, rows });
  await terminal.waitFor('HEALTHY');
  expect(terminal.screen().length).toBeLessThanOrEqual(rows);
  terminal.press('q');
  await terminal.waitFor('exit=0');
});

test('a window that shrinks and grows keeps the verdict on the screen', async () => {
  const terminal = openTerminal(['127.0.0.1'], { columns: 120, rows: 40 });
  await terminal.waitFor('HEALTHY');
  terminal.resize(50, 14);
  await terminal.waitFor('HEALTHY');
  terminal.resize(120, 40);
  await terminal.waitFor('HEALTHY');
  terminal.press('q');
  await terminal.waitFor('exit=0');
});

test('the wizard speaks Korean where the locale does', async () => {
  const terminal = openTerminal(['127.0.0.1', '--lang', 'ko']);
  await terminal.waitFor('정상');
  terminal.press('q');
  await terminal.waitFor('exit=0');
});
