import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { closedPort, openPort } from './services.ts';
import { openTerminal } from './terminal.ts';

const TWO_QUESTIONS = fileURLToPath(new URL('fixtures/two-questions.yaml', import.meta.url));

test('with a target the wizard goes straight in, explains the verdict, and leaves the report on the terminal', async () => {
  const port = await openPort();
  const terminal = openTerminal([`127.0.0.1:${port}`], { rows: 100 });
  await terminal.waitFor('HEALTHY');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
  const transcript = terminal.transcript();
  expect(transcript).toContain('port-open');
  expect(transcript).not.toContain('HEALTHY');
  // The headline stands next to the prompt, below what is to be done.
  expect(transcript.trimEnd().split('\n').slice(-4).join('\n')).toMatch(/Healthy: .*\n.*port-open/u);
});

test.each([
  ['an ordinary terminal', {}, true],
  ['one of many colours, where a CI seems to be', { TERM: 'xterm-256color', CI: 'true' }, true],
  ['NO_COLOR', { NO_COLOR: '1' }, false],
  ['NO_COLOR, whatever else is said', { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
] as const)('colours on %s', async (_, env, isColoured) => {
  const port = await openPort();
  const terminal = openTerminal([`127.0.0.1:${port}`], { env });
  await terminal.waitFor('HEALTHY');
  // SGR 30 to 37: a cell in one of the eight colours.
  expect(terminal.painted().includes('\u001b[32m')).toBe(isColoured);
  terminal.press('q');
  await terminal.waitFor('exit=0');
});

test('without a target the wizard asks for the symptom, then for the target, and says what is wrong with it', async () => {
  const port = await closedPort();
  const terminal = openTerminal([], { rows: 100 });
  await terminal.waitFor('❯ 1 I cannot reach');
  terminal.press('Enter');
  await terminal.waitFor('What can you not reach?');
  terminal.type('127.0.0.1:70000');
  terminal.press('Enter');
  await terminal.waitFor('! port');
  terminal.press('BSpace', 'BSpace', 'BSpace', 'BSpace', 'BSpace');
  terminal.type(`${port}`);
  await terminal.waitFor(`127.0.0.1:${port}`);
  terminal.press('Enter');
  await terminal.waitFor('FAULT');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
  expect(terminal.transcript()).toContain('not-listening');
});

test('earlier targets are offered, unless none are kept; a list that cannot be read is told and begun anew', async () => {
  const state = mkdtempSync(join(tmpdir(), 'netwhy-state-'));
  onTestFinished(() => rmSync(state, { recursive: true }));
  const open = (...args: readonly string[]) =>
    openTerminal(['--flow', 'reachability', ...args], { columns: 120, env: { XDG_STATE_HOME: state } });
  const list = join(state, 'netwhy', 'recent-targets.json');
  const first = open();
  await first.waitFor('What can you not reach?');
  first.type('127.0.0.1');
  await first.waitFor('✓ 127.0.0.1, no port');
  first.press('Enter');
  await first.waitFor('HEALTHY');
  first.press('C-c');

  const second = open();
  await second.waitFor(/Earlier\n +127\.0\.0\.1/u);
  second.press('Down');
  await second.waitFor('❯ 127.0.0.1▏');
  second.press('C-c');
  const without = open('--no-history');
  await without.waitFor('What can you not reach?');
  expect(without.screen().join('\n')).not.toContain('127.0.0.1');
  without.press('C-c');

  writeFileSync(list, '{"targets": [');
  const third = open();
  await third.waitFor('The earlier targets cannot be read');
  third.type('127.0.0.1');
  third.press('Enter');
  await third.waitFor('HEALTHY');
  third.press('C-c');
  expect(JSON.parse(readFileSync(list, 'utf8'))).toEqual({ targets: ['127.0.0.1'] });
});

test('q is a letter while a target is typed, and Escape goes back', async () => {
  const terminal = openTerminal([]);
  await terminal.waitFor('What is wrong?');
  terminal.press('1');
  await terminal.waitFor('What can you not reach?');
  terminal.type('q.example');
  await terminal.waitFor('❯ q.example');
  terminal.press('Escape');
  await terminal.waitFor('What is wrong?');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});

test('the verdict comes first; an answer to the question below it gives another on the same evidence', async () => {
  const terminal = openTerminal(['--flow', TWO_QUESTIONS, '127.0.0.1'], { rows: 100 });
  const tookMs = () => / · (\d+ ms)$/m.exec(terminal.screen().join('\n'))?.[1];
  await terminal.waitFor('HEALTHY');
  await terminal.waitFor('Which way?');
  const measuredIn = tookMs();
  expect(measuredIn).toBeDefined();
  terminal.press('a');
  await terminal.waitFor('❯ 1 On to the second');
  terminal.press('1');
  await terminal.waitFor('host-silent');
  expect(tookMs()).toBe(measuredIn);
  terminal.press('b');
  await terminal.waitFor('1 Which way? On to the second');
  terminal.press('1');
  await terminal.waitFor('❯ 1 Straight up');
  terminal.press('1');
  await terminal.waitFor('HEALTHY');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
  expect(terminal.transcript()).not.toContain('Fault');
});

test('the question below the verdict is skipped with Enter', async () => {
  const terminal = openTerminal(['--flow', TWO_QUESTIONS, '127.0.0.1']);
  await terminal.waitFor(/HEALTHY[\s\S]*Which way\?/u);
  terminal.press('Enter');
  await terminal.waitFor(/^(?![\s\S]*Which way\?)[\s\S]*HEALTHY/u);
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});

test('back from a question that was taken up again returns to the target', async () => {
  const terminal = openTerminal(['--flow', TWO_QUESTIONS, '127.0.0.1']);
  await terminal.waitFor(/HEALTHY[\s\S]*Which way\?/u);
  terminal.press('b');
  await terminal.waitFor('❯ 1 Which way? Straight up');
  terminal.press('1');
  await terminal.waitFor('❯ 1 Straight up');
  terminal.press('Escape');
  await terminal.waitFor('❯ 127.0.0.1');
  terminal.press('C-c');
  await terminal.waitFor('exit=130 modes=same');
});

test('an answer that leads to a probe which has not run is measured then', async () => {
  const terminal = openTerminal(['--flow', TWO_QUESTIONS, '127.0.0.1']);
  await terminal.waitFor(/HEALTHY[\s\S]*Which way\?/u);
  terminal.press('a');
  await terminal.waitFor('2 Along the path');
  terminal.press('2');
  await terminal.waitFor('routing-loop');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
});

test('again measures once more, another target asks for it, and a line of each earlier verdict stays', async () => {
  const [open, closed] = [await openPort(), await closedPort()];
  const terminal = openTerminal([`127.0.0.1:${closed}`], { rows: 100 });
  await terminal.waitFor('not-listening');
  terminal.press('r');
  await terminal.waitFor('Running');
  await terminal.waitFor('not-listening');
  terminal.press('n');
  await terminal.waitFor('What can you not reach?');
  terminal.type(`127.0.0.1:${open}`);
  terminal.press('Enter');
  await terminal.waitFor('port-open');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
  const earlier = terminal
    .transcript()
    .split('\n')
    .filter((line) => line.startsWith(`127.0.0.1:${closed}: Fault`));
  expect(earlier).toHaveLength(2);
});

test('help, reason and evidence lie over the verdict and go away', async () => {
  const terminal = openTerminal(['127.0.0.1']);
  await terminal.waitFor('HEALTHY');
  for (const [key, text] of [
    ['?', /^netwhy 127\.0\.0\.1\n\nKeys\n/u],
    ['w', /^netwhy 127\.0\.0\.1\n\n2\/7 Why\n/u],
    ['e', /^netwhy 127\.0\.0\.1\n\n3\/7 Evidence\n[\s\S]*ping -c/u],
    ['t', /5\/7 Tree\n[\s\S]*host \(ping\) +answers/u],
  ] as const) {
    terminal.press(key);
    await terminal.waitFor(text);
    terminal.press('Escape');
    await terminal.waitFor('HEALTHY');
  }
  terminal.press('q');
  await terminal.waitFor('exit=0');
});

test('the wizard speaks Korean where the locale does', async () => {
  const terminal = openTerminal(['127.0.0.1'], { env: { LANG: 'ko_KR.UTF-8' } });
  await terminal.waitFor('정상');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});

test('for a screen reader the wizard writes linear text', async () => {
  // Linear text scrolls: a window in which all of it stands.
  const terminal = openTerminal(['--screen-reader', '--flow', TWO_QUESTIONS, '127.0.0.1'], { rows: 80 });
  await terminal.waitFor(/HEALTHY[\s\S]*Which way\?/u);
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});

test('a flow or an option that is wrong is told before the wizard begins', async () => {
  const terminal = openTerminal(['--flow', 'reachabilty', '127.0.0.1']);
  await terminal.waitFor('Did you mean reachability?');
  await terminal.waitFor('exit=64 modes=same');
});

test('a terminal that can only print is none', async () => {
  const terminal = openTerminal(['127.0.0.1'], { env: { TERM: 'dumb' } });
  await terminal.waitFor('netwhy check 127.0.0.1');
  await terminal.waitFor('exit=64 modes=same');
});
