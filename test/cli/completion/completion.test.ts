import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bashScript, zshScript } from '../../../src/cli/completion/bash.ts';
import { fishScript } from '../../../src/cli/completion/fish.ts';
import { specOf } from '../../../src/cli/completion/spec.ts';
import { wholeProgram } from '../../../src/cli/main.ts';

const SPECS = specOf(await wholeProgram(), {
  flows: ['reachability', 'slow'],
  codes: ['port-filtered', 'port-closed', 'no-route'],
  topics: ['topics', 'vantages'],
});

/** What bash would offer behind a line. */
function offered(line: string): readonly string[] {
  const script = `${bashScript(SPECS)}
COMP_LINE="$1"; COMP_POINT=\${#1}; read -ra COMP_WORDS <<<"$1"
[[ $1 == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _netwhy; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' };
  return execFileSync('bash', ['-c', script, 'bash', line], { encoding: 'utf8', env })
    .split('\n')
    .filter((word) => word !== '');
}

test.each([
  ['netwhy che', ['check']],
  ['netwhy explain port-f', ['port-filtered']],
  ['netwhy check --flow s', ['slow']],
  ['netwhy flows show r', ['reachability']],
  ['netwhy trace h --engine ', ['auto', 'raw', 'kernel', 'system']],
  ['netwhy check h --lang ', ['en', 'ko']],
  ['netwhy help v', ['vantages']],
  ['netwhy completion ', ['bash', 'zsh', 'fish']],
])('bash offers behind %j what fits there', (line, words) => {
  expect(offered(line)).toEqual(words);
});

test('every command has its own options, not those of another', () => {
  const ping = offered('netwhy ping --');
  expect(ping).toContain('--count');
  expect(ping).not.toContain('--flow');
  expect(offered('netwhy check --')).toEqual(expect.arrayContaining(['--flow', '--on', '--format']));
});

test('a vantage is offered by its kinds', () => {
  expect(offered('netwhy check h --on ')).toEqual(expect.arrayContaining(['local', 'ssh://', 'docker://']));
});

test('the scripts for zsh and fish name the same options', () => {
  expect(zshScript(SPECS)).toContain('bashcompinit');
  expect(spawnSync('bash', ['-n'], { input: bashScript(SPECS) }).status).toBe(0);
  const fish = fishScript(SPECS);
  for (const { path, options } of SPECS.filter((spec) => spec.path === 'check'))
    for (const { names } of options)
      expect(fish).toMatch(new RegExp(`from ${path}'.* -l ${names.at(-1)?.slice(2)}\\b`, 'u'));
});
