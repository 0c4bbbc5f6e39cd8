import { expect, test } from 'vitest';
import type { Answer, Probe } from '../../../../src/domain/prober.ts';
import { describeObstacles } from '../../../../src/evidence/obstacles/describe.ts';
import { trace } from '../../../../src/probe/trace/trace.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { openSystemProber } from '../../../../src/system/engine/tools/system-prober.ts';
import type { LineEvents, StartLines } from '../../../../src/system/process/line-process.ts';
import { createFakeClock } from '../../../fake/clock.ts';
import { fixture } from '../../fixture.ts';
import { type Printed, printing } from './tools-fake.ts';

const signal = new AbortController().signal;
const TARGET = '10.9.3.1';
const LINUX: Printed = { 'tracepath -V': 'tracepath/version', 'stdbuf --version': 'tracepath/version' };
const WINDOWS: Printed = { 'tracert /?': 'tracert-de/usage' };

type Walking = { readonly args: readonly string[]; readonly events: LineEvents; hasEnded: boolean };

/** A tool of which each walk is told by the test what to print; those to loopback are the trial of the tool, which works. */
function walking(): { readonly start: StartLines; readonly walks: Walking[] } {
  const walks: Walking[] = [];
  return {
    walks,
    start: async (tool, args, events) => {
      const walk: Walking = { args, events, hasEnded: false };
      if (args.includes('127.0.0.1')) {
        queueMicrotask(() =>
          events.onLine(tool === 'tracert' ? '1 1 ms 1 ms 1 ms 127.0.0.1' : '1: 127.0.0.1 0.1ms reached'),
        );
      } else if (tool === 'mtr-packet') return null;
      else walks.push(walk);
      return {
        write: () => undefined,
        end: () => {
          walk.hasEnded = true;
        },
      };
    },
  };
}

async function opened(platform: 'linux' | 'win32', start: StartLines, clock = systemClock) {
  const { run } = printing(platform === 'linux' ? LINUX : WINDOWS);
  const opening = await openSystemProber(clock, run, start, platform);
  if (opening.kind !== 'open') throw new Error(describeObstacles(opening.unavailable.obstacles, 'en'));
  return opening.prober;
}

const datagram = (ttl: number): Probe => ({
  kind: 'udp',
  to: TARGET,
  ttl,
  timeoutMs: 60_000,
  port: 33_434,
  sourcePort: null,
  payload: new Uint8Array(),
});
const echo = (ttl: number): Probe => ({
  kind: 'echo',
  to: TARGET,
  ttl,
  timeoutMs: 60_000,
  payloadBytes: 56,
  dontFragment: false,
});
const kindsOf = (answers: readonly Answer[]) =>
  answers.map((answer) => (answer.kind === 'local-error' ? answer.code : answer.kind));

test('probes to one address share a walk, and wait until it comes to them', async () => {
  const { start, walks } = walking();
  const prober = await opened('linux', start);
  const turns: string[] = [];
  const answers = [1, 2, 3, 4, 5].map((ttl) =>
    prober.send(datagram(ttl), { signal, onTurn: (turn) => turns.push(`${ttl} ${turn}`) }),
  );
  await Promise.resolve();
  expect(walks).toHaveLength(1);
  expect(walks[0]?.args.join(' ')).toBe('-n -l 128 -p 33434 -m 64 10.9.3.1');
  expect(turns).toEqual(['1 leaves', '2 waits', '3 waits', '4 waits', '5 waits']);
  for (const line of fixture('tracepath/reached').stdout.split('\n')) walks[0]?.events.onLine(line);
  expect(turns.slice(5)).toEqual(['2 leaves', '3 leaves', '4 leaves', '5 leaves']);
  walks[0]?.events.onEnd();
  const told = await Promise.all(answers);
  expect(kindsOf(told)).toEqual(['icmp-error', 'icmp-error', 'icmp-error', 'icmp-error', 'ECANCELED']);
  expect(told[1]).toMatchObject({ error: { kind: 'time-exceeded', from: '10.9.1.1' }, rttMs: 0.035 });
  expect(told[3]).toMatchObject({ error: { kind: 'port-unreachable', from: TARGET } });
});

test('the second probe at a TTL takes the second answer of the walk, or another walk', async () => {
  const { start, walks } = walking();
  const prober = await opened('win32', start);
  const answers = [1, 1, 1, 1].map((ttl) => prober.send(echo(ttl), { signal }));
  await Promise.resolve();
  walks[0]?.events.onLine('  1    57 ms    39 ms     *     10.9.1.1 ');
  walks[1]?.events.onLine('  1    12 ms    12 ms    12 ms  10.9.1.1 ');
  expect(
    (await Promise.all(answers)).map((answer) => (answer.kind === 'icmp-error' ? answer.rttMs : answer.kind)),
  ).toEqual([57, 39, 'silent', 12]);
  expect(walks).toHaveLength(2);
});

test('no more than three walks go to one address', async () => {
  const { start, walks } = walking();
  const prober = await opened('linux', start);
  for (let round = 0; round < 3; round += 1) {
    const answer = prober.send(datagram(1), { signal });
    await Promise.resolve();
    walks[round]?.events.onLine(' 1:  10.9.0.1   0.5ms ');
    expect(await answer).toMatchObject({ kind: 'icmp-error' });
  }
  expect(await prober.send(datagram(1), { signal })).toEqual({ kind: 'local-error', code: 'EOPNOTSUPP' });
  expect(walks).toHaveLength(3);
});

test('an aborted probe is silent, a walk that nobody waits for is ended, and closing ends all', async () => {
  const clock = createFakeClock();
  const { start, walks } = walking();
  const prober = await opened('linux', start, clock);
  const own = new AbortController();
  const answer = prober.send(datagram(2), { signal: own.signal });
  await Promise.resolve();
  own.abort();
  expect(await answer).toMatchObject({ kind: 'silent' });
  await clock.run(clock.sleep(1000, signal));
  expect(walks[0]?.hasEnded).toBe(true);
  const other = prober.send(datagram(2), { signal });
  await Promise.resolve();
  prober.close();
  expect(await other).toMatchObject({ kind: 'silent' });
  await Promise.resolve();
  expect(walks[1]?.hasEnded).toBe(true);
});

test('a probe to a port that the walk would leave, and an echo that must stay whole, are sent by no walk', async () => {
  const { start } = walking();
  const linux = await opened('linux', start);
  const port = { ...datagram(1), port: 53 } as Probe;
  expect(await linux.send(port, { signal })).toMatchObject({ kind: 'local-error', code: 'EOPNOTSUPP' });
  expect(Object.keys(linux.lacks).sort()).toEqual(['echo', 'limited-echo', 'sized-echo', 'syn']);
  const windows = await opened('win32', start);
  expect(Object.keys(windows.lacks).sort()).toEqual(['echo', 'sized-echo', 'syn', 'udp']);
});

test('a tracepath that cannot be read while it runs is of no use, and what is missing is told', async () => {
  const { run } = printing({ 'tracepath -V': 'tracepath/version' });
  const opening = await openSystemProber(systemClock, run, walking().start, 'linux');
  expect(opening).toMatchObject({
    kind: 'unavailable',
    unavailable: { obstacles: expect.arrayContaining([{ code: 'tool-wants-stdbuf', tool: 'tracepath' }]) },
  });
});

test('a tool that says it is one and prints nothing is of no use', async () => {
  const { run } = printing(LINUX);
  const start: StartLines = async (_tool, _args, { onEnd }) => {
    queueMicrotask(onEnd);
    return { write: () => undefined, end: () => undefined };
  };
  expect(await openSystemProber(systemClock, run, start, 'linux')).toMatchObject({ kind: 'unavailable' });
});

/** Traces with a tracepath that prints each line at its time after the start of a walk (ms), and then ends. */
async function traced(script: readonly (readonly [number, string])[]) {
  const clock = createFakeClock();
  const { run } = printing(LINUX);
  const start: StartLines = async (tool, args, { onLine, onEnd }) => {
    if (tool !== 'tracepath') return null;
    const lines = args.includes('127.0.0.1') ? [[0, '1: 127.0.0.1 0.1ms reached'] as const] : script;
    for (const [atMs, line] of lines) clock.after(atMs, () => onLine(line));
    clock.after((lines.at(-1)?.[0] ?? 0) + 1, onEnd);
    return { write: () => undefined, end: onEnd };
  };
  const opening = await clock.run(openSystemProber(clock, run, start, 'linux'));
  if (opening.kind !== 'open') throw new Error(describeObstacles(opening.unavailable.obstacles, 'en'));
  const ports = { prober: opening.prober, unavailable: null, clock };
  return clock.run(trace({ address: TARGET, protocol: 'udp', knownErrorFrom: null }, ports, signal, () => undefined));
}

test('a trace waits for the hops behind one that is silent', async () => {
  const evidence = await traced([
    [1, ' 1:  10.9.0.1   0.5ms'],
    [3001, ' 2:  no reply'],
    [3002, ' 3:  10.9.2.1   0.7ms'],
    [3003, ' 4:  10.9.3.1   0.9ms reached'],
  ]);
  expect(evidence).toMatchObject({ method: 'system', protocol: 'udp', outcome: 'reached', stopReason: 'target' });
  expect(evidence.hops.map(({ addresses }) => addresses)).toEqual([['10.9.0.1'], [], ['10.9.2.1'], ['10.9.3.1']]);
});

test('a hop that the walk never came to was never probed', async () => {
  const evidence = await traced([
    [1, ' 1:  10.9.0.1   0.5ms'],
    [3001, ' 2:  no reply'],
    [6001, ' 3:  no reply'],
    [9001, ' 4:  no reply'],
  ]);
  expect(evidence).toMatchObject({ outcome: 'stopped', stopReason: 'time' });
  expect(evidence.hops.map(({ ttl }) => ttl).at(-1)).toBeLessThanOrEqual(3);
});

test('an error without a name ends the walk, and is no hop', async () => {
  const evidence = await traced([
    [1, ' 1:  10.9.0.1   0.5ms'],
    [2, ' 2:  10.9.1.1   0.6ms !H'],
  ]);
  expect(evidence.outcome).toBe('stopped');
  expect(evidence.hops.map(({ addresses }) => addresses)).toEqual([['10.9.0.1'], []]);
  expect(evidence.durationMs).toBeLessThan(2000);
});
