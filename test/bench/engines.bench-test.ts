import { afterAll, expect, test } from 'vitest';
import { chain } from '../lab/kit/chain.ts';
import { run } from '../lab/kit/exec.ts';
import { allowPing, ORDINARY_USER } from '../lab/kit/ordinary-user.ts';
import { PROGRAM } from '../lab/kit/program.ts';

// Printed, not asserted, as the other figures. The order of the ladder stands on them (src/system/ladder.ts).

const ECHOES = 20;
const ROUNDS = 5;
const ENGINES = [
  { engine: 'raw', user: [] },
  { engine: 'kernel', user: ORDINARY_USER },
] as const;
const figures: string[] = [];

afterAll(() => {
  process.stdout.write(`\n${figures.join('\n')}\n\n`);
});

test.each([4, 6] as const)(
  'IPv%i: the RTT of each engine beside iputils ping, and what a run costs',
  async (family) => {
    const net = await chain({ routers: 1, families: [family] });
    allowPing(net.client);
    const to = net.target(family);
    const theirs: number[] = [];
    const ours = ENGINES.map(({ engine }) => ({ engine, rtts: [] as number[], cpuMs: [] as number[] }));
    for (let round = 0; round < ROUNDS; round += 1) {
      const ping = await run(net.client, ['ping', '-n', '-c', `${ECHOES}`, '-i', '0.2', to]);
      theirs.push(...[...ping.stdout.matchAll(/time=([\d.]+) ms/gu)].map(([, ms]) => Number(ms)));
      for (const [index, { engine, user }] of ENGINES.entries()) {
        const args = ['ping', to, '--count', `${ECHOES}`, '--json', '--engine', engine];
        const program = [...user, process.execPath, PROGRAM, ...args];
        // The shell tells the processor time of its children on its second line (times(1)).
        const finished = await run(net.client, ['sh', '-c', '"$@"; times >&2', 'sh', ...program]);
        const { ping: evidence } = JSON.parse(finished.stdout);
        expect(evidence).toMatchObject({ method: engine, received: ECHOES });
        ours[index]?.rtts.push(evidence.rttMs.median);
        ours[index]?.cpuMs.push(cpuMs(finished.stderr));
      }
    }
    const theirMedian = median(theirs);
    figures.push(`IPv${family} iputils ping: median ${theirMedian.toFixed(3)} ms`);
    for (const { engine, rtts, cpuMs: spent } of ours) {
      const ourMedian = median(rtts);
      figures.push(
        `IPv${family} ${engine}: median ${ourMedian.toFixed(3)} ms, ${(ourMedian / theirMedian).toFixed(2)} times ping's, ` +
          `${median(spent).toFixed(0)} ms of processor time for ${ECHOES} echoes and the start`,
      );
    }
  },
);

/** `0m0.12s 0m0.03s`: user and system. */
function cpuMs(times: string): number {
  const children = times.trim().split('\n').at(-1) ?? '';
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/gu)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
