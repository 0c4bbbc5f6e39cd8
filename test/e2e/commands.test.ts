import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

test.skipIf(!existsSync('/dev/full'))('a result that could not be written is no success', () => {
  for (const args of [['explain', '--json'], ['explain'], ['schema', 'report'], ['check', '127.0.0.1', '--json']]) {
    const shell = 'node=$1; program=$2; shift 2; exec "$node" "$program" "$@" >/dev/full';
    const { status, stderr } = spawnSync('sh', ['-c', shell, 'sh', process.execPath, PROGRAM, ...args], {
      encoding: 'utf8',
    });
    expect([args, status]).toEqual([args, 70]);
    expect(stderr).toMatch(/^netwhy: the result could not be written: ENOSPC\b[^\n]*\n$/m);
  }
});

test('a terminal that goes away ends a run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-hup-'));
  try {
    // A way to a vantage that takes forever.
    writeFileSync(join(folder, 'ssh'), '#!/bin/sh\n: >"$0.started"\nexec sleep 30\n', { mode: 0o700 });
    const args = [PROGRAM, 'check', '127.0.0.1', '--from', 'ssh://far', '--deadline', '30', '--quiet'];
    const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
    const child = spawn(process.execPath, args, { stdio: 'ignore', env });
    const ended = once(child, 'exit');
    while (!existsSync(join(folder, 'ssh.started'))) await setTimeout(20);
    child.kill('SIGHUP');
    expect(await ended).toEqual([130, null]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each(['main', 'check-command'])('with --json an internal error is a document too: %s cannot be read', (part) => {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-broken-'));
  try {
    cpSync(dirname(PROGRAM), join(folder, 'dist'), { recursive: true });
    cpSync(new URL('../../package.json', import.meta.url), join(folder, 'package.json'));
    const chunks = join(folder, 'dist', 'chunks');
    for (const file of readdirSync(chunks).filter((each) => each.startsWith(`${part}-`))) rmSync(join(chunks, file));
    const program = join(folder, 'dist', basename(PROGRAM));
    const { status, stdout } = spawnSync(process.execPath, [program, 'check', '127.0.0.1', '--json'], {
      encoding: 'utf8',
    });
    expect(status).toBe(70);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'netwhy.error/v1', exitCode: 70, error: expect.any(String) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('neither a home, a folder for temporary files nor a known user is needed', () => {
  const ended = spawnSync(process.execPath, [PROGRAM, 'check', '127.0.0.1', '--json'], { encoding: 'utf8', env: {} });
  expect([ended.status, JSON.parse(ended.stdout).schema]).toEqual([0, 'netwhy.report/v1']);
});

test('the licence of everything that is bundled is there', () => {
  const licences = readFileSync(join(dirname(PROGRAM), 'THIRD-PARTY.txt'), 'utf8');
  const named = [...licences.matchAll(/^(\S+) \S+ \((?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|\(.*\))\)$/gm)].map(
    ([, name]) => name,
  );
  expect(named).toEqual(
    expect.arrayContaining(['commander', 'ink', 'ipaddr.js', 'react', 'yaml', 'yoga-layout', 'zod']),
  );
  expect(licences.match(/^\S+ \d+\.\d+\.\S+ \(.*\)$/gm)).toHaveLength(named.length);
});
