import { expect, test } from 'vitest';
import type { Probe, Prober } from '../../../../src/domain/prober.ts';
import { describeObstacles } from '../../../../src/evidence/obstacles/describe.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { openSystemProber } from '../../../../src/system/engine/tools/system-prober.ts';
import type { LineEvents, StartLines } from '../../../../src/system/process/line-process.ts';
import type { RunTool, ToolResult } from '../../../../src/system/process/run-tool.ts';
import { fixture } from '../../fixture.ts';

const signal = new AbortController().signal;
const ECHO = {
  kind: 'echo',
  to: '10.9.2.1',
  ttl: null,
  timeoutMs: 1000,
  payloadBytes: 56,
  dontFragment: false,
} as const satisfies Probe;
const LIMITED = { ...ECHO, ttl: 2 } as const;

const MISSING: ToolResult = { kind: 'missing' };
const SILENT_PING = printed('iputils-ping/silent');

function printed(name: string): ToolResult {
  const { stdout, stderr } = fixture(name);
  return { kind: 'done', stdout, stderr, exitCode: 0 };
}

function said(stdout: string): ToolResult {
  return { kind: 'done', stdout, stderr: '', exitCode: 0 };
}

type Script = (args: readonly string[]) => ToolResult | Promise<ToolResult>;

/** A machine with these tools; whatever is not named is not installed. */
function machine(tools: Readonly<Record<string, Script>>): { readonly run: RunTool; readonly ran: string[] } {
  const ran: string[] = [];
  return {
    ran,
    run: async (name, args) => {
      ran.push([name, ...args].join(' '));
      return (await tools[name]?.(args)) ?? MISSING;
    },
  };
}

/** An iputils ping that answers on loopback, and as told otherwise. */
function iputils(answer: Script): Script {
  return (args) => {
    if (args.includes('-V')) return printed('iputils-ping/version');
    return args.includes('127.0.0.1') ? SILENT_PING : answer(args);
  };
}

/** An mtr-packet that answers each request with a line, or dies of it. */
function mtr(answer: (request: string) => string | 'dies'): {
  readonly start: StartLines;
  readonly requests: string[];
} {
  const requests: string[] = [];
  return {
    requests,
    start: async (_tool, _args, { onLine, onEnd }: LineEvents) => ({
      write: (line) => {
        const [token = ''] = line.split(' ');
        const said = line.includes('127.0.0.1') ? 'no-reply' : answer(line);
        requests.push(line);
        queueMicrotask(() => (said === 'dies' ? onEnd() : onLine(`${token} ${said}`)));
      },
      end: () => undefined,
    }),
  };
}

async function opened(run: RunTool, start: StartLines | null = null): Promise<Prober> {
  const opening = await openSystemProber(systemClock, run, start);
  if (opening.kind !== 'open') throw new Error(describeObstacles(opening.unavailable.obstacles, 'en'));
  return opening.prober;
}

test('a whole echo goes by ping, which tells the TTL of the reply', async () => {
  const prober = await opened(machine({ ping: iputils(() => printed('iputils-ping/reply')) }).run);
  expect(prober.method).toBe('system');
  expect(await prober.send(ECHO, { signal })).toEqual({ kind: 'reply', from: '10.9.2.1', rttMs: 0.053, replyTtl: 62 });
});

test('what each kind of probe lacks is told with the tool that would send it', async () => {
  const prober = await opened(machine({ ping: iputils(() => SILENT_PING) }).run);
  expect(prober.lacks.echo).toBeUndefined();
  expect(prober.lacks['limited-echo']).toBeUndefined();
  expect(prober.lacks.udp).toEqual({
    reason: 'not-installed',
    obstacles: [{ code: 'no-tool-for-udp' }, { code: 'tool-missing', tool: 'traceroute' }],
  });
  expect(prober.lacks.syn?.obstacles[0]).toEqual({ code: 'no-tool-for-syn' });
});

test("BusyBox's ping sends echoes, but none with a TTL, and none that must not be fragmented", async () => {
  const ping: Script = (args) => printed(args.includes('-V') ? 'busybox-ping/version' : 'busybox-ping/silent');
  const { lacks } = await opened(machine({ ping }).run);
  expect(Object.keys(lacks).sort()).toEqual(['limited-echo', 'sized-echo', 'syn', 'udp']);
  expect(lacks['sized-echo']?.obstacles).toContainEqual({ code: 'ping-shows-no-errors' });
});

test.each([
  ['tool-hangs', { kind: 'timed-out' }],
  ['tool-endless', { kind: 'too-much-output' }],
  ['tool-silent', said('')],
  ['tool-unknown', said('garbage')],
  ['tool-not-started', { kind: 'failed', code: 'EACCES' }],
  ['tool-missing', MISSING],
] as const)('a ping is of no use, and that is told: %s', async (code, result) => {
  const opening = await openSystemProber(systemClock, machine({ ping: () => result }).run, null);
  expect(opening).toMatchObject({
    kind: 'unavailable',
    unavailable: { obstacles: expect.arrayContaining([expect.objectContaining({ code, tool: 'ping' })]) },
  });
});

test.each([
  ['exits with nothing', said('')],
  ['prints garbage', said('\u0007garbage\n'.repeat(1000))],
])('a ping that knows its name and %s is tried on loopback, and of no use', async (_why, result) => {
  const ping: Script = (args) => (args.includes('-V') ? printed('iputils-ping/version') : result);
  const opening = await openSystemProber(systemClock, machine({ ping }).run, null);
  expect(opening).toMatchObject({
    kind: 'unavailable',
    unavailable: { obstacles: expect.arrayContaining([{ code: 'tool-unreadable', tool: 'ping' }]) },
  });
});

test('a ping without the right to send is not permitted, and what would grant it is told', async () => {
  const ping: Script = (args) => printed(args.includes('-V') ? 'iputils-ping/version' : 'iputils-ping/no-privilege');
  const opening = await openSystemProber(systemClock, machine({ ping }).run, null);
  expect(opening).toMatchObject({ kind: 'unavailable', unavailable: { reason: 'not-permitted' } });
});

test('a tool that breaks later is asked no more, and the next one is', async () => {
  const { run, ran } = machine({ ping: iputils(() => said('garbage')) });
  const prober = await opened(run, mtr(() => 'reply ip-4 10.9.2.1 round-trip-time 1000').start);
  for (const _ of [1, 2, 3, 4]) {
    expect(await prober.send(ECHO, { signal })).toMatchObject({ kind: 'reply', rttMs: 1, replyTtl: null });
  }
  expect(ran.filter((line) => line.endsWith('10.9.2.1'))).toHaveLength(2);
});

test('where no tool is left, the probe is refused and never silent, and the lack is told', async () => {
  const prober = await opened(machine({ ping: iputils(() => ({ kind: 'timed-out' })) }).run);
  expect(await prober.send(ECHO, { signal })).toEqual({ kind: 'local-error', code: 'EOPNOTSUPP' });
  await prober.send(ECHO, { signal });
  expect(prober.lacks.echo?.obstacles).toContainEqual({ code: 'tool-hangs', tool: 'ping' });
});

test('an error that mtr-packet does not name is asked for once, of the next tool', async () => {
  const { run, ran } = machine({ ping: iputils(() => printed('iputils-ping/filtered')) });
  const prober = await opened(run, mtr(() => 'no-route ip-4 10.9.1.1 round-trip-time 90').start);
  const answers = await Promise.all(
    [3, 4, 5].map((ttl) => prober.send({ ...LIMITED, to: '10.8.1.1', ttl }, { signal })),
  );
  for (const answer of answers) {
    expect(answer).toMatchObject({ kind: 'icmp-error', error: { kind: 'prohibited', from: '10.9.1.1' }, rttMs: null });
  }
  expect(ran.filter((line) => line.endsWith('10.8.1.1'))).toHaveLength(1);
});

test('an error that no tool names is silence, which claims least', async () => {
  const prober = await opened(machine({}).run, mtr(() => 'no-route ip-4 10.9.1.1 round-trip-time 90').start);
  expect(await prober.send(LIMITED, { signal })).toMatchObject({ kind: 'silent' });
});

test('an mtr-packet that dies of a probe leaves it to the next tool, and is started again', async () => {
  const { start, requests } = mtr((request) =>
    request.includes('10.66') ? 'dies' : 'reply ip-4 10.9.2.1 round-trip-time 90',
  );
  const prober = await opened(machine({ ping: iputils(() => printed('iputils-ping/no-local-route')) }).run, start);
  expect(await prober.send({ ...LIMITED, to: '10.66.0.1' }, { signal })).toMatchObject({ code: 'EHOSTUNREACH' });
  expect(await prober.send(LIMITED, { signal })).toMatchObject({ kind: 'reply' });
  expect(requests).toHaveLength(3);
});

test.each([
  ['udp', 'icmp-error', 'reply ip-4 10.9.2.1 round-trip-time 90'],
  ['syn', 'answered', 'reply ip-4 10.9.2.1 round-trip-time 90'],
  ['syn', 'icmp-error', 'reply ip-4 10.9.1.1 round-trip-time 90'],
  ['syn', 'local-error', 'permission-denied'],
] as const)('of a %s, mtr-packet tells %s by "%s"', async (kind, expected, line) => {
  const prober = await opened(machine({}).run, mtr(() => line).start);
  const probe: Probe =
    kind === 'udp'
      ? { kind, to: '10.9.2.1', ttl: 3, timeoutMs: 1000, port: 33_434, sourcePort: null, payload: new Uint8Array() }
      : { kind, to: '10.9.2.1', ttl: 3, timeoutMs: 1000, port: 443, sourcePort: null };
  expect(await prober.send(probe, { signal })).toMatchObject({ kind: expected });
});

test('an answer in the name of another is none', async () => {
  const prober = await opened(machine({ ping: iputils(() => printed('iputils-ping/reply')) }).run);
  expect(await prober.send({ ...ECHO, to: '10.9.2.99' }, { signal })).toEqual({
    kind: 'local-error',
    code: 'EOPNOTSUPP',
  });
});

test.each(['-W', '--help', '10.0.0.1 -c 99', 'name.example', '$(reboot)'])(
  '%j is no address: no tool sees it',
  async (to) => {
    const { run, ran } = machine({ ping: iputils(() => SILENT_PING) });
    const prober = await opened(run);
    const before = ran.length;
    expect(await prober.send({ ...ECHO, to }, { signal })).toEqual({ kind: 'local-error', code: 'EINVAL' });
    expect(ran).toHaveLength(before);
  },
);

test('no more than sixteen processes run at once', async () => {
  const release: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const ping = iputils(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => release.push(resolve));
    running -= 1;
    return SILENT_PING;
  });
  const prober = await opened(machine({ ping }).run);
  const answers = Array.from({ length: 40 }, () => prober.send(ECHO, { signal }));
  for (let done = 0; done < 40; done += 1) {
    while (release.length === 0) await new Promise((resolve) => setImmediate(resolve));
    release.shift()?.();
  }
  await Promise.all(answers);
  expect(most).toBe(16);
});

test('an aborted probe is silent, one that waits for room as well, and closing ends all', async () => {
  const aborted: string[] = [];
  const run: RunTool = (name, args, { signal: within }) => {
    if (name !== 'ping') return Promise.resolve(MISSING);
    if (args.includes('-V')) return Promise.resolve(printed('iputils-ping/version'));
    if (args.includes('127.0.0.1')) return Promise.resolve(SILENT_PING);
    if (within.aborted) return Promise.resolve({ kind: 'cancelled' });
    return new Promise((resolve) => {
      within.addEventListener('abort', () => {
        aborted.push(name);
        resolve({ kind: 'cancelled' });
      });
    });
  };
  const prober = await opened(run);
  const own = new AbortController();
  const answers = Array.from({ length: 20 }, (_, index) =>
    prober.send(ECHO, { signal: index < 10 ? own.signal : signal }),
  );
  own.abort();
  expect((await Promise.all(answers.slice(0, 10))).map(({ kind }) => kind)).toEqual(Array(10).fill('silent'));
  prober.close();
  expect((await Promise.all(answers)).map(({ kind }) => kind)).toEqual(Array(20).fill('silent'));
  expect(await prober.send(ECHO, { signal })).toEqual({ kind: 'silent', waitedMs: 0 });
});
