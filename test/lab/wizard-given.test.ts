import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openTerminal, type Terminal } from '../e2e/terminal.ts';
import { type Chain, chain } from './kit/chain.ts';
import { sh, within } from './kit/exec.ts';
import { netwhy, reportOf } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'netwhy-given-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

function file(text: string): string {
  const path = join(folder(), 'pasted');
  writeFileSync(path, text);
  return path;
}

function wizard(net: Chain, args: readonly string[], env: Readonly<Record<string, string>> = {}): Terminal {
  return openTerminal(args, { columns: 120, rows: 40, env, within: within(net.client) });
}

/** A service that is bound to loopback, and the question that a refusal leads to. */
async function atTheQuestion(args: readonly string[] = []): Promise<{ net: Chain; terminal: Terminal }> {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '127.0.0.1', port: 5432 });
  const terminal = wizard(net, [`${net.target()}:5432`, ...args]);
  await terminal.waitFor(/FAULT[\s\S]*a answer {2}Enter skip/u);
  terminal.press('a');
  await terminal.waitFor('❯ 1 Yes, check it');
  return { net, terminal };
}

test.each([true, false])('what is pasted at the question decides (marked by the terminal: %s)', async (marked) => {
  const saved = join(folder(), 'report.json');
  const { net, terminal } = await atTheQuestion(['--save', saved]);
  terminal.press('2');
  await terminal.waitFor('Paste what the command prints there');
  terminal.paste(file(`root@db1:~# ss -ltunp\n${sh(net.server, 'ss -ltunp')}root@db1:~# `), marked);
  await terminal.waitFor(/4 lines, .* ends it/);
  terminal.press('Enter');
  terminal.press('Enter');
  await terminal.waitFor('listening-on-loopback');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
  expect(terminal.transcript()).toContain('likely');
  const again = reportOf(await netwhy(net.client, ['replay', saved, '--json']));
  expect(again.diagnosis).toMatchObject({ code: 'listening-on-loopback', confidence: 'likely' });
  expect(again.evidence.sockets).toMatchObject({ host: 'pasted' });
});

test('what cannot be read is told and asked for again; the answer can be taken back', async () => {
  const { net, terminal } = await atTheQuestion();
  terminal.press('2');
  await terminal.waitFor('Paste what the command prints there');
  terminal.paste(file('I looked, it is fine\n\nregards'), true);
  await terminal.waitFor('regards');
  terminal.press('C-d');
  await terminal.waitFor('! This is no output of ss, netstat or lsof.');
  terminal.press('C-u');
  terminal.paste(file(sh(net.server, 'ss -tn state established; echo ESTAB 0 0 10.0.0.1:22 10.0.0.2:5000')), true);
  await terminal.waitFor('ESTAB');
  terminal.press('C-d');
  await terminal.waitFor('! This does not show whether something listens on the port.');
  terminal.press('Escape');
  await terminal.waitFor('port-closed');
  terminal.press('a');
  await terminal.waitFor('❯ 1 Yes, check it');
  terminal.press('2');
  await terminal.waitFor('Paste what the command prints there');
  terminal.paste(file(sh(net.server, 'netstat -tln')), true);
  await terminal.waitFor('LISTEN');
  terminal.press('C-d');
  await terminal.waitFor('listening-on-loopback');
  terminal.press('b');
  await terminal.waitFor('Go back to (measurements stay):');
  terminal.press('Enter');
  await terminal.waitFor('❯ 1 Yes, check it');
  terminal.press('7');
  await terminal.waitFor('port-closed');
  terminal.press('b');
  await terminal.waitFor('Go back to (measurements stay):');
  terminal.press('Enter');
  await terminal.waitFor('❯ 1 Yes, check it');
  terminal.press('2');
  await terminal.waitFor('Paste what the command prints there');
  terminal.paste(file(sh(net.server, 'ss -ltn')), true);
  await terminal.waitFor('LISTEN');
  terminal.press('C-d');
  await terminal.waitFor('listening-on-loopback');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
});

test('a vantage that is no such thing, and one that does not answer, are told; a wrong name begins no option', async () => {
  const { terminal } = await atTheQuestion();
  terminal.press('1');
  await terminal.waitFor('Where is it?');
  terminal.type('-oProxyCommand=x');
  terminal.press('Enter');
  await terminal.waitFor('! Not a location. Try ssh://user@host');
  terminal.press('C-u');
  terminal.type('ssh://127.0.0.1:1');
  await terminal.waitFor('This is run, and only reads:');
  terminal.press('Enter');
  await terminal.waitFor('! The sockets could not be read there.');
  terminal.press('C-c');
  await terminal.waitFor('exit=130 modes=same');
});

test('check takes what is pasted as an option, and says so where only the answer is given', async () => {
  const net = await chain({ routers: 0 });
  const target = `${net.target()}:5432`;
  const told = await netwhy(net.client, ['check', target, '--answer', 'on-target=paste']);
  expect(told.exitCode).toBe(64);
  expect(told.stderr).toContain('--sockets FILE');
  const there = await netwhy(net.client, ['check', target, '--answer', 'on-target=ssh']);
  expect(there.exitCode).toBe(64);
  expect(there.stderr).toContain('--on ssh://');
});
