import { afterAll, expect, test } from 'vitest';
import { chain } from '../lab/kit/chain.ts';
import { type Finished, run } from '../lab/kit/exec.ts';
import { netwhy } from '../lab/kit/netwhy.ts';
import { PROGRAM } from '../lab/kit/program.ts';
import { openSockets, socketsBySs, socketsOfDocument } from '../lab/kit/sockets.ts';

// Times are printed, not asserted, as the other figures; that no row is missing is asserted.

const RUNS = 5;
const LISTENERS = 500;
/** Both ends are on this machine: 20,000 sockets. */
const CONNECTIONS = 10_000;
const FIRST_PORT = 10_000;
const TELL_MEMORY = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+' KiB'))`;
const figures: string[] = [];

afterAll(() => {
  process.stdout.write(`\n${figures.join('\n')}\n\n`);
});

test('20,000 connections and 500 listeners, beside ss', async () => {
  const { server } = await chain({ routers: 0 });
  await openSockets(server, { kind: 'crowd', title: 'crowd', listeners: { from: FIRST_PORT, count: LISTENERS } });
  await openSockets(server, {
    kind: 'crowd',
    title: 'clients',
    connections: { to: FIRST_PORT, ports: LISTENERS, count: CONNECTIONS },
  });

  const theirs = (await socketsBySs(server)).toSorted();
  const document = JSON.parse((await netwhy(server, ['ports', '--json'])).stdout);
  expect(theirs).toHaveLength(LISTENERS + 2 * CONNECTIONS);
  expect(socketsOfDocument(document).toSorted()).toEqual(theirs);

  const collectorMs: number[] = [];
  const walls = new Map<string, number[]>();
  const note = (what: string, finished: Finished): Finished => {
    expect(finished.exitCode, finished.stderr).toBe(0);
    walls.set(what, [...(walls.get(what) ?? []), finished.wallMs]);
    return finished;
  };
  for (let round = 0; round < RUNS; round += 1) {
    note('ss -tanp', await run(server, ['ss', '-tanp']));
    const json = note('netwhy ports --json', await netwhy(server, ['ports', '--json']));
    collectorMs.push(JSON.parse(json.stdout).durationMs);
    note('ss -tulpn', await run(server, ['ss', '-tulpn']));
    note('netwhy ports', await netwhy(server, ['ports']));
    note('netwhy ports --listening', await netwhy(server, ['ports', '--listening']));
  }
  figures.push(line(`netwhy ports, the collector alone (${document.method})`, collectorMs));
  for (const [what, wallMs] of walls) figures.push(line(`${what}, in all`, wallMs));
  const ratio = median(collectorMs) / median(walls.get('ss -tanp') ?? []);
  figures.push(`collector against ss -tanp: ${ratio.toFixed(2)} times`);
  for (const args of [[], ['--json']]) {
    const told = await run(server, [process.execPath, '--import', TELL_MEMORY, PROGRAM, 'ports', ...args]);
    const peakMiB = Number(/peak (\d+) KiB/.exec(told.stderr)?.[1]) / 1024;
    figures.push(`netwhy ${['ports', ...args].join(' ')}: peak memory ${peakMiB.toFixed(0)} MiB`);
  }
});

function line(what: string, values: readonly number[]): string {
  return `${what.padEnd(48)} ${median(values).toFixed(0).padStart(6)} ms  (${values.map((ms) => ms.toFixed(0)).join(', ')})`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
