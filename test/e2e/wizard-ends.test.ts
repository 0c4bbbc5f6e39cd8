import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { silentPort } from './services.ts';
import { allGone, openTerminal, type Terminal } from './terminal.ts';

const TWO_QUESTIONS = fileURLToPath(new URL('fixtures/two-questions.yaml', import.meta.url));
const BROKEN_CHILD = fileURLToPath(new URL('fixtures/broken-child.cjs', import.meta.url));
const WITH_A_TOOL = fileURLToPath(new URL('fixtures/with-a-tool.cjs', import.meta.url));

/** A wizard whose probes are at work: nothing answers on the port. */
async function atWork(): Promise<Terminal> {
  const terminal = openTerminal([`udp://127.0.0.1:${await silentPort()}`]);
  await terminal.waitFor(/host \(ping\) +answers[\s\S]*[◐◓◑◒] port/u);
  return terminal;
}

async function expectEnded(terminal: Terminal, pids: readonly number[], code: number): Promise<void> {
  await terminal.waitFor(`exit=${code} modes=same`);
  expect([terminal.isCursorVisible(), terminal.isAlternate()]).toEqual([true, false]);
  await allGone(pids);
}

test('Ctrl-C before anything is asked leaves the terminal as it was', async () => {
  const terminal = openTerminal([]);
  await terminal.waitFor('What is wrong?');
  expect(terminal.isCursorVisible()).toBe(false);
  terminal.press('C-c');
  await expectEnded(terminal, [], 130);
});

test('Ctrl-C while a target is typed leaves the terminal as it was', async () => {
  const terminal = openTerminal(['--flow', 'reachability']);
  await terminal.waitFor('What can you not reach?');
  terminal.type('db1');
  terminal.press('C-c');
  await expectEnded(terminal, [], 130);
});

test('Ctrl-C while probes are at work ends them and prints what is known so far', async () => {
  const terminal = await atWork();
  const pids = terminal.pids();
  expect(pids.length).toBeGreaterThan(1);
  terminal.press('C-c');
  await expectEnded(terminal, pids, 130);
  const transcript = terminal.transcript();
  expect(transcript).toContain('Does the name resolve? an address already');
  expect(transcript).toContain('Does this machine answer itself? answers');
  expect(transcript).not.toContain('Does the port answer?');
});

test('Ctrl-C at a question prints what is known so far', async () => {
  const terminal = openTerminal(['--flow', TWO_QUESTIONS, '127.0.0.1']);
  await terminal.waitFor(/HEALTHY[\s\S]*Which way\?/u);
  terminal.press('a');
  await terminal.waitFor('❯ 1 On to the second');
  terminal.press('1');
  await terminal.waitFor('host-silent');
  terminal.press('b');
  await terminal.waitFor('2 And from there? Down');
  terminal.press('2');
  await terminal.waitFor('❯ 1 Down');
  const pids = terminal.pids();
  terminal.press('C-c');
  await expectEnded(terminal, pids, 130);
  expect(terminal.transcript()).toContain('Which way? on');
});

test('Ctrl-C at the verdict prints the report', async () => {
  const terminal = openTerminal(['127.0.0.1'], { rows: 100 });
  await terminal.waitFor('HEALTHY');
  const pids = terminal.pids();
  terminal.press('C-c');
  await expectEnded(terminal, pids, 130);
  expect(terminal.transcript()).toMatch(/Healthy: .*\n.*reachable/u);
});

test.each([
  ['a guided question waits', ['--guided', '127.0.0.1'], 'Enter goes on', []],
  ['a file name is asked for', ['127.0.0.1'], 'HEALTHY', ['s']],
  ['the list of keys lies over everything', ['127.0.0.1'], 'HEALTHY', ['?']],
] as const)('Ctrl-C while %s leaves the terminal as it was', async (_, args, shown, keys) => {
  const terminal = openTerminal(args, { rows: 40 });
  await terminal.waitFor(shown);
  const pids = terminal.pids();
  if (keys.length > 0) terminal.press(...keys);
  terminal.press('C-c');
  await expectEnded(terminal, pids, 130);
});

test('quitting before the verdict is no healthy result', async () => {
  const terminal = await atWork();
  const pids = terminal.pids();
  terminal.press('q');
  await expectEnded(terminal, pids, 130);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends the wizard as Ctrl-C does', async (signal) => {
  const terminal = await atWork();
  const pids = terminal.pids();
  process.kill(pids[0] ?? 0, signal);
  await expectEnded(terminal, pids, 130);
  expect(terminal.transcript()).toContain('Does the name resolve? an address already');
});

test('when the wizard is killed, the measuring process ends with it', async () => {
  const terminal = await atWork();
  const pids = terminal.pids();
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await allGone(pids);
});

test.each([
  ['is left', (terminal: Terminal): void => terminal.press('q')],
  ['is killed', (terminal: Terminal): void => void process.kill(terminal.pids()[0] ?? 0, 'SIGKILL')],
] as const)('when the wizard %s, the tools that measure for it end too', async (_, end) => {
  const terminal = openTerminal(['--flow', TWO_QUESTIONS, '127.0.0.1'], {
    env: { NODE_OPTIONS: `--require ${WITH_A_TOOL}` },
  });
  await terminal.waitFor('Which way?');
  const pids = terminal.pids();
  expect(pids.length).toBeGreaterThan(2);
  end(terminal);
  await allGone(pids);
});

test('when the terminal goes away, both processes end', async () => {
  const terminal = await atWork();
  const pids = terminal.pids();
  terminal.hangUp();
  await allGone(pids);
});

test('when the measuring process ends too early the wizard says so, and runs again on r', async () => {
  const terminal = await atWork();
  process.kill(terminal.pids()[1] ?? 0, 'SIGKILL');
  await terminal.waitFor('The session ended before its verdict');
  terminal.press('r');
  await terminal.waitFor(/[◐◓◑◒] port/u);
  const pids = terminal.pids();
  terminal.press('C-c');
  await expectEnded(terminal, pids, 130);
});

test('a bug in a view leaves the terminal as it was, prints what is known, and is told', async () => {
  const terminal = openTerminal(['127.0.0.1'], { rows: 100, env: { NODE_OPTIONS: `--require ${BROKEN_CHILD}` } });
  await expectEnded(terminal, [], 70);
  expect(terminal.transcript()).toContain('Does the name resolve? resolves');
  expect(terminal.transcript()).toContain('internal error');
});

test('keys that mean nothing, and many at once, disturb nobody', async () => {
  const terminal = openTerminal(['127.0.0.1']);
  await terminal.waitFor('HEALTHY');
  const keys = ['C-F1', 'S-F5', 'F12', 'Tab', 'BTab', 'Left', 'C-Up', 'M-x', 'Home', 'DC', 'IC', 'C-a', '0', 'x', 'é'];
  terminal.press(...keys, ...Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? 'Down' : 'PPage')));
  terminal.press('e');
  await terminal.waitFor(/^netwhy 127\.0\.0\.1\n\n3\/7 Evidence\n/u);
  terminal.press('Escape');
  await terminal.waitFor('HEALTHY');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});

test('a megabyte pasted as a target, escape codes and all, is only a target that is wrong', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-paste-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'paste');
  writeFileSync(file, `${'\u001b[31mpaste\u001b[2J'.repeat(75_000)}THE-END`);
  const terminal = openTerminal(['--flow', 'reachability']);
  await terminal.waitFor('What can you not reach?');
  terminal.paste(file);
  await terminal.waitFor(/pastepaste/);
  terminal.press('Enter');
  await terminal.waitFor('! the name has');
  terminal.press('C-u');
  await terminal.waitFor(/❯ ▏/);
  terminal.type('127.0.0.1');
  terminal.press('Enter');
  await terminal.waitFor('HEALTHY');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});
