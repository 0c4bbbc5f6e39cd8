import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Chain, chain } from './kit/chain.ts';
import { type Finished, filter, run, sh } from './kit/exec.ts';
import { expectNoStackTrace, netwhy } from './kit/netwhy.ts';
import { PROGRAM } from './kit/program.ts';
import { serve } from './kit/services.ts';
import { openSockets, socketsBySs, socketsOfDocument } from './kit/sockets.ts';

/** Fifteen bytes are what the kernel keeps of a name. */
const HOSTILE = 'my \u001b[31mproc "x';
const STATES = [
  'listen',
  'unconnected',
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'close-wait',
  'time-wait',
];

/** A machine with sockets of every kind, in every state that can be held still. */
async function richMachine(): Promise<Chain> {
  const net = await chain({ routers: 1 });
  const linkLocal = sh(net.server, 'ip -6 -o addr show dev eth0 scope link').match(/fe80:[0-9a-f:]+/)?.[0];
  filter(
    net.server,
    'input',
    'tcp dport 7009 tcp flags & (syn | ack) == ack drop',
    'tcp sport 7010 tcp flags & fin == fin drop',
  );
  filter(net.router(1), 'forward', 'tcp dport 7999 drop');
  await openSockets(net.server, {
    kind: 'rich',
    title: HOSTILE,
    own: net.target(),
    linkLocal: `${linkLocal}%eth0`,
    silent: net.own(),
  });
  const stuck = await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 7020, backlog: 1 });
  stuck.freeze();
  await serve(net.client, { kind: 'clients', host: net.target(), port: 7020, count: 2 });
  await serve(net.client, { kind: 'clients', host: net.target(), port: 7009, count: 1 });
  await vi.waitFor(
    async () => {
      const seen = (await socketsBySs(net.server)).map((line) => line.split(' ')[1] ?? '');
      expect(STATES.filter((state) => !seen.includes(state))).toEqual([]);
    },
    { timeout: 10_000, interval: 200 },
  );
  return net;
}

function documentOf(finished: Finished) {
  expectNoStackTrace(finished);
  return JSON.parse(finished.stdout);
}

/** What ss lists before and after, where that is the same: a socket may come or go while two programs look. */
async function same(net: Chain, look: () => Promise<Finished>): Promise<void> {
  await vi.waitFor(
    async () => {
      const before = await socketsBySs(net.server);
      const document = documentOf(await look());
      const after = await socketsBySs(net.server);
      expect(after.toSorted(), 'the machine holds still').toEqual(before.toSorted());
      expect(socketsOfDocument(document).toSorted()).toEqual(before.toSorted());
      expect(before.length).toBeGreaterThan(30);
    },
    { timeout: 20_000, interval: 100 },
  );
}

/** The program where koffi is not installed. */
function withoutKoffi(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(dirname(PROGRAM), join(folder, 'dist'), { recursive: true });
  return join(folder, 'dist', 'bin.js');
}

test('the sockets of a machine are those of ss, one for one', async () => {
  const net = await richMachine();
  await same(net, () => netwhy(net.server, ['ports', '--json']));
  const { method, counters, sockets, gaps } = documentOf(await netwhy(net.server, ['ports', '--json']));
  expect(method).toBe('netlink');
  expect(gaps).toEqual([expect.objectContaining({ kind: 'no-owner', why: 'kernel' })]);
  expect(counters).toEqual({ overflows: expect.any(Number), drops: expect.any(Number) });
  const named = sockets.find(({ local }: { local: { port: number } }) => local.port === 7001);
  expect(named.owners[0].process).toBe(HOSTILE.slice(0, 15));
});

test('without koffi the same sockets come from /proc and ss', async () => {
  const net = await richMachine();
  const program = withoutKoffi();
  const look = () => run(net.server, [process.execPath, program, 'ports', '--json']);
  expect(documentOf(await look()).method).toBe('proc');
  // The interface that a socket is bound to is what only netlink tells.
  const without = (lines: readonly string[]) => lines.map((line) => line.replace('%eth0', '')).toSorted();
  expect(without(socketsOfDocument(documentOf(await look())))).toEqual(without(await socketsBySs(net.server)));
});

test('people read from where each listener can be reached, which queue is full, and no escape codes', async () => {
  const net = await richMachine();
  const { stdout, exitCode, stderr } = await netwhy(net.server, ['ports']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is about
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
  const lineOf = (port: number) => stdout.split('\n').find((line) => line.includes(`:${port} `)) ?? '';
  expect(lineOf(7001)).toContain('all IPv4');
  expect(lineOf(7002)).toContain('loopback');
  expect(lineOf(7004)).toContain('all IPv4 and IPv6');
  expect(lineOf(7005)).toContain('all IPv6 only');
  expect(lineOf(7006)).toMatch(/\[fe80:[^ ]+%eth0\]:7006 {2}link-local/u);
  expect(lineOf(7007)).toContain('one address');
  expect(lineOf(7104)).toContain('multicast');
  expect(lineOf(7020)).toContain('2/1');
  expect(stdout).toContain('The accept queue of 0.0.0.0:7020 is full (2 wait, the limit is 1)');
});

test('connections lost for a full accept queue are counted, at the listener and in all', async () => {
  const net = await richMachine();
  await run(net.client, ['timeout', '2', 'bash', '-c', `exec 3<>/dev/tcp/${net.target()}/7020`]);
  const { counters, sockets } = documentOf(await netwhy(net.server, ['ports', '7020', '--listening', '--json']));
  expect(counters.overflows).toBeGreaterThan(0);
  expect(sockets).toHaveLength(1);
  expect(sockets[0].drops).toBeGreaterThan(0);
});

test('who may not look into other processes is told so, and how to', async () => {
  const net = await richMachine();
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const look = (...args: readonly string[]) =>
    run(net.server, [...asNobody, process.execPath, PROGRAM, 'ports', ...args]);
  const text = await look('7001');
  expect(text.exitCode).toBe(0);
  expect(text.stdout.replaceAll(/\s+/gu, ' ')).toContain("another user's. Root sees it: sudo netwhy ports");
  const document = documentOf(await look('--json'));
  const all = documentOf(await netwhy(net.server, ['ports', '--json']));
  const ends = ({ sockets }: { sockets: { local: unknown; peer: unknown }[] }) =>
    sockets.map(({ local, peer }) => JSON.stringify([local, peer])).toSorted();
  expect(ends(document)).toEqual(ends(all));
});

test('the exit code says whether a socket is like what was asked for', async () => {
  const net = await richMachine();
  const cases = [
    [['7001'], 0],
    [['7777'], 2],
    [['7001', '--state', 'time-wait'], 2],
    [['7101', '--listening'], 0],
    [['--process', HOSTILE], 0],
    [['--state', 'closing'], 2],
    [['7001', '--quiet'], 0],
    [['7001', '--state', 'lisen'], 64],
  ] as const;
  for (const [args, exitCode] of cases) {
    const finished = await netwhy(net.server, ['ports', ...args]);
    expectNoStackTrace(finished);
    expect(finished.exitCode, `${args.join(' ')}\n${finished.stdout}`).toBe(exitCode);
  }
});
