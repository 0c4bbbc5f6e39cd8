import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { flowsCommand } from '../../src/cli/catalogue/flows-command.ts';
import { VALID_FLOW } from './invalid-flows.ts';

let folder = '';
let exitCodeBefore: typeof process.exitCode;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netwhy-flows-'));
  vi.stubEnv('XDG_CONFIG_HOME', folder);
  vi.stubEnv('LC_ALL', 'C');
  exitCodeBefore = process.exitCode;
});

afterEach(() => {
  process.exitCode = exitCodeBefore;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('list names every flow with its title', async () => {
  const { stdout } = await run('list');
  expect(stdout).toMatch(/^name +A name does not resolve/mu);
  expect(stdout).toMatch(/^reachability +I cannot reach/mu);
});

test('list speaks Korean where it is asked to', async () => {
  expect((await run('list', '--lang', 'ko')).stdout).toContain('호스트나 서비스에 연결할 수 없습니다');
});

test('list --json is one document with the file of each', async () => {
  const flows = JSON.parse((await run('list', '--json')).stdout);
  expect(flows).toContainEqual(
    expect.objectContaining({ name: 'name', source: 'built-in', file: expect.stringMatching(/flows.name\.yaml$/u) }),
  );
});

test('show tells each question, why it is asked, and where its answers lead', async () => {
  const { stdout } = await run('show', put('small.yaml', VALID_FLOW));
  expect(stdout).toContain('name (start, measures resolve, slowMs 150)');
  expect(stdout).toContain('why: Everything needs an address.');
  expect(stdout).toContain('literal, timeout → link');
});

test('show --json is the flow', async () => {
  expect(JSON.parse((await run('show', 'name', '--json')).stdout)).toMatchObject({ name: 'name', start: 'name' });
});

test('show --paths lists ways through the flow', async () => {
  const { stdout } = await run('show', put('small.yaml', VALID_FLOW), '--paths');
  expect(stdout.split('\n')[0]).toBe('name=ok > expected=yes > link=answers → resolver-unreachable');
});

test('graph draws Mermaid, or DOT', async () => {
  expect((await run('graph', 'name')).stdout).toContain('flowchart TD');
  expect((await run('graph', 'name', '--dot')).stdout).toMatch(/^digraph "name" \{/u);
});

test('validate passes valid files with exit code 0', async () => {
  const ended = await run('validate', 'reachability', put('small.yaml', VALID_FLOW));
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ended.stdout).toMatch(/small\.yaml: ok \(3 nodes, 2 tests\)/u);
});

test('validate tells every mistake on stderr, goes on to the next file, and ends with 64', async () => {
  const broken = put(
    'broken.yaml',
    VALID_FLOW.replace('ok: expected', 'ok: expcted').replace('start: name', 'strat: name'),
  );
  const ended = await run('validate', broken, 'reachability');
  expect(ended.exitCode).toBe(64);
  expect(ended.stderr).toContain('broken.yaml:3:1: ');
  expect(ended.stderr).toContain('did you mean "expected"?');
  expect(ended.stdout).toContain('reachability: ok');
});

test('validate --json holds one document whatever is wrong', async () => {
  const ended = await run('validate', '--json', 'reachabilty', put('broken.yaml', 'flow: ['));
  expect(ended).toMatchObject({ exitCode: 64, stderr: '' });
  expect(JSON.parse(ended.stdout)).toMatchObject([
    { file: 'reachabilty', valid: false, diagnostics: [{ code: 'not-found', suggestion: 'reachability' }] },
    { valid: false, diagnostics: [{ code: 'yaml-syntax', line: 1 }] },
  ]);
});

test('test passes with exit code 0 and a line for each test', async () => {
  const ended = await run('test', put('small.yaml', VALID_FLOW));
  expect(ended.exitCode).toBe(0);
  expect(ended.stdout).toMatch(/ok {4}the gateway is dead → gateway-unreachable\n.*ok {4}nobody was asked/u);
});

test('a test that ends elsewhere ends with 2, and says how it came there', async () => {
  const text = VALID_FLOW.replace('conclude: gateway-unreachable\n  -', 'conclude: no-route\n  -');
  const ended = await run('test', put('small.yaml', text));
  expect(ended.exitCode).toBe(2);
  expect(ended.stdout).toContain('FAIL  the gateway is dead: expected no-route, concluded gateway-unreachable');
  expect(ended.stdout).toContain('name=timeout > link=gateway-failed');
});

test('a file that is not valid ends a test with 64', async () => {
  expect(await run('test', put('broken.yaml', '- a\n'))).toMatchObject({ exitCode: 64, stdout: '' });
});

test.each([
  [['show', 'reachabilty'], 'there is no flow "reachabilty".', 'Did you mean reachability?'],
  [
    ['graph', 'database'],
    'there is no flow "database".',
    expect.stringMatching(/^Known flows: .*name.*, reachability/u),
  ],
  [['valdate'], 'flows has no command "valdate".', 'Did you mean validate?'],
  [[], 'flows needs a command.', 'Commands: list, show, validate, test, graph'],
])('netwhy flows %j is a mistake that tells what would be right', async (args, message, hint) => {
  await expect(run(...args)).rejects.toEqual(expect.objectContaining({ message, hint }));
});

async function run(...args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk, ...rest) => {
      written[name] += String(chunk);
      const done = rest.at(-1);
      if (typeof done === 'function') done();
      return true;
    });
  }
  process.exitCode = 0;
  await flowsCommand().exitOverride().parseAsync(args, { from: 'user' });
  return { ...written, exitCode: process.exitCode };
}

function put(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
