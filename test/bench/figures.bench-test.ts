import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { chain } from '../lab/kit/chain.ts';
import { filter } from '../lab/kit/exec.ts';
import { netwhy } from '../lab/kit/netwhy.ts';
import { PROGRAM } from '../lab/kit/program.ts';
import { serve } from '../lab/kit/services.ts';

// Figures are printed beside their goals, not asserted: a busy machine would fail them, and nobody would learn anything.

const RUNS = 5;
const figures: string[] = [];

afterAll(() => {
  process.stdout.write(`\n${figures.join('\n')}\n\n`);
});

test('a healthy target behind nine routers, with an open port', async () => {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const net = await chain({ routers: 9 });
    await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
    const finished = await netwhy(net.client, ['check', `${net.target()}:443`, '--json']);
    expect(finished.exitCode, finished.stderr).toBe(0);
    times.push(finished.wallMs);
  }
  note('healthy target behind nine routers, open port', times, 'ms', 1000);
});

test('a silent target behind nine routers', async () => {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const net = await chain({ routers: 9 });
    filter(net.router(1), 'forward', `ip daddr ${net.target()} drop`);
    const finished = await netwhy(net.client, ['check', net.target(), '--json']);
    expect(finished.exitCode, finished.stderr).toBe(2);
    times.push(finished.wallMs);
  }
  note('silent target behind nine routers', times, 'ms', 3000);
});

test('a neighbour that is not there', async () => {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const net = await chain({ routers: 0 });
    const finished = await netwhy(net.client, ['check', net.absent(), '--json']);
    expect(finished.exitCode, finished.stderr).toBe(2);
    times.push(finished.wallMs);
  }
  note('absent neighbour on the link', times, 'ms', 4000);
});

test('starting', () => {
  const bare: number[] = [];
  const version: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    bare.push(startMs(['-e', '0']));
    version.push(startMs([PROGRAM, '--version']));
  }
  note('--version beyond a bare start of Node', [median(version) - median(bare)], 'ms', 20);
  note(
    'check --help',
    Array.from({ length: 10 }, () => startMs([PROGRAM, 'check', '--help'])),
    'ms',
    200,
  );
});

test('memory of a check', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-bench-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const peaks = join(folder, 'peaks');
  const hook = `import{appendFileSync}from'node:fs';process.on('exit',()=>appendFileSync('${peaks}',process.resourceUsage().maxRSS+'\\n'))`;
  const net = await chain({ routers: 9 });
  await netwhy(net.client, ['check', `${net.target()}:443`, '--json'], {
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` },
  });
  const megabytes = readFileSync(peaks, 'utf8')
    .trim()
    .split('\n')
    .map((kilobytes) => Number(kilobytes) / 1024);
  note('peak memory of check', [Math.max(...megabytes)], 'MB', 120);
});

function startMs(args: readonly string[]): number {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const startedMs = performance.now();
  spawnSync(process.execPath, args, { env, stdio: 'ignore' });
  return performance.now() - startedMs;
}

function note(what: string, values: readonly number[], unit: string, goal: number): void {
  const [middle, worst] = [median(values), Math.max(...values)];
  const range = values.length > 1 ? `  (worst of ${values.length}: ${worst.toFixed(0)})` : '';
  const verdict = middle < goal ? 'ok' : 'MISSED';
  figures.push(
    `${what.padEnd(50)} ${middle.toFixed(0).padStart(6)} ${unit}   goal < ${goal} ${unit}   ${verdict}${range}`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
