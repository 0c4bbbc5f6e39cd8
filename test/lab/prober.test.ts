import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import type { Answer, Probe } from '../../src/domain/prober.ts';
import { type Chain, type ChainOptions, chain } from './kit/chain.ts';
import { filter, run, sh } from './kit/exec.ts';
import { allowPing, ORDINARY_USER } from './kit/ordinary-user.ts';
import { peerAddress, startPeer } from './kit/peer.ts';
import { serve } from './kit/services.ts';
import type { DriverReport, DriverTask } from './prober-driver.ts';

const DRIVER = fileURLToPath(new URL('../../.lab/prober-driver.mjs', import.meta.url));
const families = [4, 6] as const;
const PORT_UNREACHABLE = { 4: { type: 3, code: 3 }, 6: { type: 1, code: 4 } } as const;
const PROHIBITED = { 4: { type: 3, code: 13 }, 6: { type: 1, code: 1 } } as const;

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('prober-driver.ts', import.meta.url))],
    outfile: DRIVER,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.20',
    external: ['raw-socket', 'koffi'],
    logLevel: 'warning',
  });
});

type Engine = DriverTask['engine'];

/** The raw engine as root, the kernel's as a user who may do nothing but what `ping_group_range` gives. */
const ENGINES: readonly Engine[] = ['raw', 'raw without koffi', 'kernel'];

async function drive(
  namespace: string,
  engine: Engine,
  task: Omit<DriverTask, 'engine'>,
  user: readonly string[] = engine === 'kernel' ? ORDINARY_USER : [],
): Promise<DriverReport> {
  const program = [process.execPath, DRIVER, JSON.stringify({ engine, ...task })];
  const finished = await run(namespace, [...user, ...program]);
  expect(finished.stderr).toBe('');
  expect(finished.exitCode).toBe(0);
  return JSON.parse(finished.stdout) as DriverReport;
}

async function answerTo(namespace: string, engine: Engine, probe: Probe): Promise<Answer | undefined> {
  const { answers } = await drive(namespace, engine, { probes: [probe] });
  return answers[0];
}

const common = { ttl: null, timeoutMs: 1000 } as const;

function echo(
  to: string,
  more: { readonly ttl?: number; readonly payloadBytes?: number; readonly dontFragment?: boolean } = {},
): Probe {
  return { ...common, kind: 'echo', to, payloadBytes: 56, dontFragment: false, ...more };
}

function udp(to: string, port: number, more: { readonly ttl?: number } = {}): Probe {
  return { ...common, kind: 'udp', to, port, sourcePort: null, payload: Buffer.from('netwhy'), ...more };
}

function syn(to: string, port: number, more: { readonly ttl?: number; readonly sourcePort?: number } = {}): Probe {
  return { ...common, kind: 'syn', to, port, sourcePort: null, ...more };
}

/** Every kind of probe, so that a test of what the path does covers them all. */
function eachKind(to: string, ttl: number): readonly Probe[] {
  return [echo(to, { ttl }), udp(to, 33_434, { ttl }), syn(to, 9, { ttl })];
}

/** A chain of which the client may be measured from by any engine. */
async function network(options: ChainOptions): Promise<Chain> {
  const net = await chain(options);
  allowPing(net.client);
  return net;
}

for (const engine of ENGINES)
  for (const family of families) {
    test(`${engine}, IPv${family}: an echo, a datagram and a SYN are answered by the target, each in its way`, async () => {
      const net = await network({ routers: 2, families: [family] });
      const to = net.target(family);
      await serve(net.server, { kind: 'tcp', host: to, port: 80 }, { kind: 'udp', host: to, port: 53, does: 'echo' });
      const { answers, duplicates, openSockets } = await drive(net.client, engine, {
        probes: [echo(to), udp(to, 53), udp(to, 33_434), syn(to, 80), syn(to, 81)],
      });
      // raw-socket tells no hop limit, and the kernel nothing of segments and answers to its own connections.
      const isTold = engine !== 'raw without koffi' || family === 4;
      const replyTtl = isTold ? 62 : null;
      const segmentTtl = engine === 'kernel' ? null : replyTtl;
      const datagramTtl = engine === 'kernel' ? 62 : null;
      const rttMs = expect.any(Number);
      expect(answers).toEqual([
        { kind: 'reply', from: to, replyTtl, rttMs },
        { kind: 'reply', from: to, replyTtl: datagramTtl, rttMs },
        {
          kind: 'icmp-error',
          error: { kind: 'port-unreachable', from: to, ...PORT_UNREACHABLE[family] },
          mtu: null,
          replyTtl,
          rttMs,
        },
        { kind: 'reply', from: to, replyTtl: segmentTtl, rttMs },
        { kind: 'reset', from: to, replyTtl: segmentTtl, rttMs },
      ]);
      expect({ duplicates, openSockets }).toEqual({ duplicates: 0, openSockets: 0 });
    });

    test(`${engine}, IPv${family}: all TTLs in one burst name every hop, whatever the probe`, async () => {
      const net = await network({ routers: 4, families: [family] });
      const to = net.target(family);
      const ttls = [1, 2, 3, 4, 5];
      const { answers } = await drive(net.client, engine, { probes: ttls.flatMap((ttl) => eachKind(to, ttl)) });
      const from = answers.map((answer) =>
        answer.kind === 'icmp-error' ? answer.error.from : 'from' in answer ? answer.from : answer.kind,
      );
      expect(from).toEqual(ttls.flatMap((ttl) => Array(3).fill(net.hop(ttl, family))));
      const kinds = answers.map((answer) => (answer.kind === 'icmp-error' ? answer.error.kind : answer.kind));
      expect(kinds).toEqual([...Array(12).fill('time-exceeded'), 'reply', 'port-unreachable', 'reset']);
    });

    test(`${engine}, IPv${family}: a SYN trace from one source port names every hop`, async () => {
      const net = await network({ routers: 3, families: [family] });
      const to = net.target(family);
      const { answers } = await drive(net.client, engine, {
        probes: [1, 2, 3].map((ttl) => syn(to, 80, { ttl, sourcePort: 61_007 })),
      });
      const from = answers.map((answer) => (answer.kind === 'icmp-error' ? answer.error.from : answer.kind));
      expect(from).toEqual([1, 2, 3].map((ttl) => net.hop(ttl, family)));
    });

    test(`${engine}, IPv${family}: a router that prohibits is named, for every kind of probe`, async () => {
      const net = await network({ routers: 2, families: [family] });
      filter(
        net.router(2),
        'forward',
        'ip protocol { icmp, tcp, udp } reject with icmp type admin-prohibited',
        'meta l4proto { ipv6-icmp, tcp, udp } meta nfproto ipv6 reject with icmpv6 type admin-prohibited',
      );
      const { answers } = await drive(net.client, engine, { probes: eachKind(net.target(family), 64) });
      for (const answer of answers) {
        expect(answer).toMatchObject({
          kind: 'icmp-error',
          error: { kind: 'prohibited', from: net.hop(2, family), ...PROHIBITED[family] },
        });
      }
    });

    test(`${engine}, IPv${family}: what is dropped on the way is silent for as long as was asked`, async () => {
      const net = await network({ routers: 1, families: [family] });
      filter(net.router(1), 'forward', 'drop');
      const { answers } = await drive(net.client, engine, { probes: eachKind(net.target(family), 64) });
      for (const answer of answers) {
        expect(answer.kind).toBe('silent');
        expect(answer.kind === 'silent' && answer.waitedMs).toBeGreaterThanOrEqual(999);
      }
    });

    test(`${engine}, IPv${family}: what this machine's own firewall drops was never sent`, async () => {
      const net = await network({ routers: 0, families: [family] });
      filter(net.client, 'output', 'drop');
      const { answers } = await drive(net.client, engine, { probes: eachKind(net.target(family), 64) });
      const refused = { kind: 'local-error', code: 'EPERM' };
      // Linux does not tell connect() that its SYN was dropped.
      const silent = { kind: 'silent', waitedMs: expect.any(Number) };
      expect(answers).toEqual([refused, refused, engine === 'kernel' ? silent : refused]);
    });

    test(`${engine}, IPv${family}: without a route nothing is sent`, async () => {
      const net = await network({ routers: 0, families: [family] });
      const { answers } = await drive(net.client, engine, {
        probes: eachKind(family === 4 ? '198.51.100.1' : '2001:db8::1', 64),
      });
      expect(answers).toEqual(Array(3).fill({ kind: 'local-error', code: 'ENETUNREACH' }));
    });

    test(`${engine}, IPv${family}: a narrow link is reported with its MTU, again and again`, async () => {
      const net = await network({ routers: 1, families: [family] });
      sh(net.router(1), 'ip link set eth1 mtu 1300');
      sh(net.server, 'ip link set eth0 mtu 1300');
      const big = echo(net.target(family), { payloadBytes: 1400, dontFragment: true });
      for (const _ of [1, 2]) {
        expect(await answerTo(net.client, engine, big)).toMatchObject({
          kind: 'icmp-error',
          error: { kind: 'packet-too-big', from: net.hop(1, family) },
          mtu: 1300,
        });
      }
      const whole = echo(net.target(family), { payloadBytes: 1300 - (family === 4 ? 28 : 48), dontFragment: true });
      expect(await answerTo(net.client, engine, whole)).toMatchObject({ kind: 'reply' });
    });

    test(`${engine}, IPv${family}: larger than this machine's own link with DF set was never sent, and without it arrives in parts`, async () => {
      const net = await network({ routers: 1, families: [family] });
      const to = net.target(family);
      const { answers } = await drive(net.client, engine, {
        probes: [echo(to, { payloadBytes: 2000, dontFragment: true }), echo(to, { payloadBytes: 2000 })],
      });
      expect(answers).toMatchObject([{ kind: 'local-error', code: 'EMSGSIZE' }, { kind: 'reply' }]);
    });

    test.each([
      'bad-id',
      'bad-sequence',
      'bad-payload',
      'bad-checksum',
      'other-source',
      'cut-short',
      'unreachable-bad-checksum',
      'unreachable-cut-quote',
      'unreachable-foreign-quote',
      'unreachable-empty-quote',
    ] as const)(`${engine}, IPv${family}: an echo that is answered with %s is not answered`, async (answer) => {
      const net = await network({ routers: 0, families: [family] });
      await startPeer(net, { echo: answer });
      expect(await answerTo(net.client, engine, { ...echo(peerAddress(family)), timeoutMs: 300 })).toMatchObject({
        kind: 'silent',
      });
    });

    test.each(['reset-bad-checksum', 'unreachable-foreign-quote'] as const)(
      `${engine}, IPv${family}: a SYN that is answered with %s is not answered`,
      async (answer) => {
        const net = await network({ routers: 0, families: [family] });
        await startPeer(net, { syn: answer });
        expect(await answerTo(net.client, engine, { ...syn(peerAddress(family), 80), timeoutMs: 300 })).toMatchObject({
          kind: 'silent',
        });
      },
    );

    test(`${engine}, IPv${family}: two replies to one echo are one answer and one duplicate`, async () => {
      const net = await network({ routers: 0, families: [family] });
      await startPeer(net, { echo: 'twice' });
      const { answers, duplicates } = await drive(net.client, engine, { probes: [echo(peerAddress(family))] });
      expect(answers).toMatchObject([{ kind: 'reply' }]);
      expect(duplicates).toBe(1);
    });
  }

for (const family of families) {
  test(`raw, IPv${family}: an error about a connection of the kernel is heard beside it`, async () => {
    const net = await network({ routers: 1, families: [family] });
    filter(
      net.router(1),
      'forward',
      'tcp dport 80 meta nfproto ipv4 reject with icmp type port-unreachable',
      'tcp dport 80 meta nfproto ipv6 reject with icmpv6 type port-unreachable',
    );
    const { heard } = await drive(net.client, 'raw', { connect: { host: net.target(family), port: 80 } });
    expect(heard).toEqual([{ kind: 'port-unreachable', from: net.hop(1, family), ...PORT_UNREACHABLE[family] }]);
  });
}

test.each(ENGINES)(
  '%s: a link-local neighbour is reached through the interface that its zone names',
  async (engine) => {
    const net = await network({ routers: 0 });
    const [, neighbour = ''] =
      /inet6 (fe80::[0-9a-f:]+)/.exec(sh(net.server, 'ip -6 addr show dev eth0 scope link')) ?? [];
    const to = `${neighbour}%eth0`;
    const { answers } = await drive(net.client, engine, { probes: [echo(to), udp(to, 33_434), syn(to, 9)] });
    expect(answers).toMatchObject([
      { kind: 'reply', from: to },
      { kind: 'icmp-error', error: { kind: 'port-unreachable', from: to } },
      { kind: 'reset', from: to },
    ]);
  },
);

test.each(ENGINES)('%s: two runs at once do not take each other for their own', async (engine) => {
  const net = await network({ routers: 1 });
  const task = { probes: Array.from({ length: 20 }, () => echo(net.target())) };
  const reports = await Promise.all([drive(net.client, engine, task), drive(net.client, engine, task)]);
  for (const { answers, duplicates } of reports) {
    expect(answers.map(({ kind }) => kind)).toEqual(Array(20).fill('reply'));
    expect(duplicates).toBe(0);
  }
});

test.each(ENGINES)('%s: a neighbour that does not answer ARP is reported by this machine itself', async (engine) => {
  const net = await network({ routers: 0 });
  const probe = { ...echo(net.absent()), timeoutMs: 5000 };
  expect(await answerTo(net.client, engine, probe)).toMatchObject({
    kind: 'icmp-error',
    error: { kind: 'host-unreachable', from: net.own() },
  });
});
