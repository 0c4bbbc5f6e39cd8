import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROGRAM } from '../lab/kit/program.ts';

const COMMANDS = ['check', 'flows', 'explain', 'replay', 'schema'];

type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

function netwhy(args: readonly string[], input = ''): Ended {
  return spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8', input });
}

test('without a terminal the wizard refuses and names the command for scripts', () => {
  for (const args of [[], ['127.0.0.1']]) {
    const { status, stdout, stderr } = netwhy(args);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).toContain('netwhy check');
  }
});

test('--version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(netwhy(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('--help names every command and the exit codes', () => {
  const { status, stdout } = netwhy(['--help']);
  expect(status).toBe(0);
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  expect(stdout).toContain('64');
});

test.each(COMMANDS)('%s --help is help', (command) => {
  const { status, stdout, stderr } = netwhy([command, '--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(`netwhy ${command}`);
});

test.each([
  ['a command nobody knows', ['chekc', '127.0.0.1']],
  ['an option nobody knows', ['--frobnicate']],
  ['a replay of nothing', ['replay']],
  ['a replay of a file that is not there', ['replay', '/nonexistent.json']],
  ['a report in a folder that is not there', ['check', '127.0.0.1', '--save', '/nonexistent/report.json']],
  ['an explanation of no code', ['explain', 'no-such-code']],
])('%s is a usage error', (_, args) => {
  const { status, stdout, stderr } = netwhy(args);
  expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at .+:\d+/m);
});

test('a command that is nearly one is told, not taken for the target of the wizard', () => {
  expect(netwhy(['chekc', '127.0.0.1']).stderr).toContain('Did you mean check?');
});

test.each([
  ['an option', ['check', '127.0.0.1', '--fr\u001b[31mob']],
  ['a value', ['check', '127.0.0.1', '--lang', '\u001b[31m']],
  ['a file', ['replay', '/nonexistent/\u001b[31m']],
  ['a command', ['ch\u001b[31mek', '127.0.0.1']],
])('escape codes in %s do not come back', (_, args) => {
  const { status, stderr } = netwhy(args);
  expect(status).toBe(64);
  expect(stderr).not.toContain('\u001b');
});

test('a reader that goes away early is no error to talk about', () => {
  const { stderr } = spawnSync('sh', ['-c', '"$0" "$1" explain | true', process.execPath, PROGRAM], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
});
