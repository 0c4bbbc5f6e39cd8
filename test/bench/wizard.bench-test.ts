import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { openTerminal } from '../e2e/terminal.ts';
import { type Chain, chain } from '../lab/kit/chain.ts';
import { filter, within } from '../lab/kit/exec.ts';

// Printed, not asserted, as the other figures: what is asserted is only that there was something to measure.

/** How long the watched trace runs: `NETWHY_BENCH_MINUTES=30` for the whole of it. */
const WATCH_MS = Number(process.env['NETWHY_BENCH_MINUTES'] ?? '0.5') * 60_000;
const WARM_UP_MS = 10_000;
const SAMPLES = 10;
const TIME_KEYS = fileURLToPath(new URL('time-keys.cjs', import.meta.url));
const KEYS = 16;
/** Long enough that two presses do not come in one read. */
const BETWEEN_KEYS_MS = 150;
const ROUTERS = 12;
/** Of a clock tick in /proc/PID/stat (proc(5), USER_HZ). */
const TICK_MS = 10;
const figures: string[] = [];

afterAll(() => {
  process.stdout.write(`\n${figures.join('\n')}\n\n`);
});

test('a watched trace, left alone: processor and memory', { timeout: WATCH_MS + 60_000 }, async () => {
  const net = await chain({ routers: ROUTERS });
  const terminal = openTerminal(['trace', net.target(), '--watch'], {
    within: within(net.client),
    columns: 120,
    rows: 40,
  });
  await terminal.waitFor(new RegExp(`${ROUTERS + 1} +${net.target()}`));
  const [pid = 0] = terminal.pids();
  await sleep(WARM_UP_MS);
  const before = usageOf(pid);
  const memory = [before.memoryMb];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await sleep(WATCH_MS / SAMPLES);
    memory.push(usageOf(pid).memoryMb);
  }
  const cpuPercent = ((usageOf(pid).cpuMs - before.cpuMs) / WATCH_MS) * 100;
  figures.push(
    `trace --watch, ${ROUTERS} routers, ${(WATCH_MS / 60_000).toFixed(1)} min: ${cpuPercent.toFixed(2)} % of a core`,
    `  memory (RSS, MB): ${memory.map((each) => each.toFixed(0)).join(' ')}`,
  );
  expect(terminal.pids()).toContain(pid);
  terminal.press('C-c');
  await terminal.waitFor('exit=130 modes=same');
});

test('a key, while a trace of twelve hops runs: until the frame is written', async () => {
  const net = await chain({ routers: ROUTERS });
  filter(net.router(ROUTERS), 'forward', `ip daddr ${net.target()} drop`);
  figures.push(`key to frame while tracing: ${await keyTimes(net, [net.target()], /\n *3 .*10\.9\.2\.1/u)}`);
});

test('a key at the verdict: until the frame is written', async () => {
  const net = await chain({ routers: 1 });
  figures.push(`key to frame at the verdict: ${await keyTimes(net, [net.target()], /HEALTHY/u)}`);
});

/** Opens and closes the list of keys, and says what the program's own clock says of it (see time-keys.cjs). */
async function keyTimes(net: Chain, args: readonly string[], from: RegExp): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-bench-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'key-times');
  const env = { NODE_OPTIONS: `--require ${TIME_KEYS}`, NETWHY_KEY_TIMES: file };
  const terminal = openTerminal(args, { within: within(net.client), columns: 120, rows: 40, env });
  await terminal.waitFor(from);
  for (let key = 0; key < KEYS; key += 1) {
    terminal.press('?');
    await sleep(BETWEEN_KEYS_MS);
  }
  terminal.press('C-c');
  await terminal.waitFor('exit=130');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.length).toBeGreaterThan(KEYS / 2);
  const [frames, processor, waits] = [0, 1, 2].map((column) =>
    describe(lines.map((line) => Number(line.split(' ')[column]))),
  );
  return `${frames}\n  of which processor: ${processor}\n  before it was read, at most: ${waits}`;
}

function describe(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b).map((time) => time.toFixed(0));
  return `median ${sorted[Math.floor(sorted.length / 2)]} ms, worst ${sorted[sorted.length - 1]} ms of ${sorted.length}`;
}

function usageOf(pid: number): { readonly cpuMs: number; readonly memoryMb: number } {
  // Behind the name of the program, which may have spaces in it: field 14 and 15 are user and system time (proc(5)).
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /u, '')
    .split(' ');
  const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  const kilobytes = /^VmRSS:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpuMs, memoryMb: Number(kilobytes) / 1024 };
}
