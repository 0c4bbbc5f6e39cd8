import { afterAll, expect, test } from 'vitest';
import { type Chain, chain } from '../lab/kit/chain.ts';
import { icmpCounter } from '../lab/kit/counters.ts';
import { type Finished, filter, run, sh } from '../lab/kit/exec.ts';
import { netwhy } from '../lab/kit/netwhy.ts';

// Printed, not asserted, as the other figures: what is asserted is only that there was something to measure.

const ROUTERS = 12;
const RUNS = 5;
/** A tool that waits for silent hops is not made to do so five times. */
const ENOUGH_MS = 20_000;
const LIMIT_MS = 90_000;
const TRACE = ['trace', '--once', '--no-names', '--json'];
const TOOLS: readonly (readonly string[])[] = [
  ['traceroute', '-n', '-I', '-q', '1', '-w', '1', '-N', '32'],
  ['traceroute', '-n', '-I'],
  ['mtr', '-n', '-r', '-c', '1', '-G', '1', '-i', '0.2'],
];
const figures: string[] = [];

afterAll(() => {
  process.stdout.write(`\n${figures.join('\n')}\n\n`);
});

test('a healthy path of twelve routers', async () => {
  const net = await openChain();
  await measure(net, 'healthy path');
});

test('a path that ends behind router 5', async () => {
  const net = await openChain();
  // What expires at router 5 is answered before it would be forwarded.
  filter(net.router(5), 'forward', `ip daddr ${net.target()} drop`);
  await measure(net, 'ends at hop 5');
});

test('a loop between routers 4 and 5', async () => {
  const net = await openChain();
  sh(net.router(5), `ip route replace 10.9.${ROUTERS}.0/24 via 10.9.4.2`);
  await measure(net, 'loop at 4 and 5');
});

test('the RTT of each hop, beside what traceroute measures', async () => {
  const net = await openChain();
  const rounds: { readonly ours: readonly number[]; readonly theirs: readonly number[] }[] = [];
  for (let round = 0; round < RUNS; round += 1) {
    const ours = rttsOfTrace(await netwhy(net.client, [...TRACE, net.target()]));
    const theirs = rttsOfTraceroute(
      await run(net.client, ['traceroute', '-n', '-I', '-q', '1', '-N', '1', net.target()]),
    );
    expect([ours.length, theirs.length]).toEqual([ROUTERS + 1, ROUTERS + 1]);
    rounds.push({ ours, theirs });
  }
  const differences = Array.from({ length: ROUTERS + 1 }, (_, hop) => {
    const [ours, theirs] = [
      median(rounds.map((r) => r.ours[hop] ?? NaN)),
      median(rounds.map((r) => r.theirs[hop] ?? NaN)),
    ];
    return { ours, theirs, difference: ours - theirs };
  });
  const row = (what: string, values: readonly number[]) =>
    `${what.padEnd(34)}${values.map((ms) => ms.toFixed(2).padStart(6)).join('')}`;
  figures.push(
    row(
      'RTT by hop, ms: netwhy',
      differences.map(({ ours }) => ours),
    ),
    row(
      'RTT by hop, ms: traceroute',
      differences.map(({ theirs }) => theirs),
    ),
    row(
      'RTT by hop, ms: difference',
      differences.map(({ difference }) => difference),
    ),
  );
});

/** A chain whose routers tell of every expired packet: the tools take turns, and none shall use up another's share. */
async function openChain(): Promise<Chain> {
  const net = await chain({ routers: ROUTERS, families: [4] });
  for (const node of [...net.routers, net.server]) {
    sh(
      node,
      'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit; for f in /proc/sys/net/ipv4/conf/*/send_redirects; do echo 0 > $f; done',
    );
  }
  return net;
}

async function measure(net: Chain, path: string): Promise<void> {
  note(
    path,
    'netwhy trace',
    await repeat(net, () => netwhy(net.client, [...TRACE, net.target()], { timeoutMs: LIMIT_MS })),
  );
  for (const tool of TOOLS) {
    if (!isInstalled(net, tool[0] ?? '')) {
      figures.push(`${path}: ${tool[0]} is not installed`);
      continue;
    }
    note(
      path,
      tool.join(' '),
      await repeat(net, () => run(net.client, [...tool, net.target()], { timeoutMs: LIMIT_MS })),
    );
  }
}

type Measured = { readonly wallMs: number; readonly packets: number };

async function repeat(net: Chain, once: () => Promise<Finished>): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  let spentMs = 0;
  while (measured.length < RUNS && spentMs < ENOUGH_MS) {
    const before = icmpCounter(net.client, 'OutMsgs');
    const finished = await once();
    expect(finished.stdout, finished.stderr).toContain(net.hop(4));
    measured.push({ wallMs: finished.wallMs, packets: sentSince(net, before) });
    spentMs += finished.wallMs;
  }
  return measured;
}

/** Echoes of the client's own; raw and ping sockets count alike, and a client that forwards nothing sends no other ICMP. */
function sentSince(net: Chain, before: number): number {
  return icmpCounter(net.client, 'OutMsgs') - before;
}

function isInstalled(net: Chain, tool: string): boolean {
  return sh(net.client, `command -v ${tool} || true`).trim() !== '';
}

function rttsOfTrace({ stdout, stderr }: Finished): readonly number[] {
  expect(stdout, stderr).not.toBe('');
  return [...stdout.matchAll(/"median":\s*([\d.]+)/g)].map((match) => Number(match[1]));
}

function rttsOfTraceroute({ stdout }: Finished): readonly number[] {
  return [...stdout.matchAll(/^\s*\d+\s+\S+\s+([\d.]+) ms/gm)].map((match) => Number(match[1]));
}

function note(path: string, tool: string, measured: readonly Measured[]): void {
  const wall = median(measured.map(({ wallMs }) => wallMs)).toFixed(0);
  const packets = median(measured.map((one) => one.packets));
  figures.push(
    `${path.padEnd(16)} ${tool.padEnd(38)} ${wall.padStart(6)} ms ${String(packets).padStart(4)} packets  (${measured.length} runs)`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
