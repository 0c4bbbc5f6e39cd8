import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { icmpCounter } from './kit/counters.ts';
import { filter, run, sh } from './kit/exec.ts';
import { peerAddress, startPeer } from './kit/peer.ts';
import { serve } from './kit/services.ts';
import { labNamespaces } from './kit/sweep.ts';

// The lab's own faults, seen by other people's tools: a test of the program is worth what its fault is worth.

test.each([0, 1, 5, 9, 12])('a chain of %i routers carries both families from end to end', async (routers) => {
  const net = await chain({ routers });
  for (const family of [4, 6] as const) {
    const { stdout, exitCode } = await run(net.client, ['ping', '-n', '-c', '1', '-W', '2', net.target(family)]);
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(new RegExp(`(ttl|hlim)=${64 - routers}`));
  }
});

test.each([4, 6] as const)('IPv%i hops answer from the addresses that the chain names', async (family) => {
  const net = await chain({ routers: 5 });
  const { stdout } = await run(net.client, [
    'traceroute',
    `-${family}`,
    '-n',
    '-q',
    '1',
    '-w',
    '2',
    net.target(family),
  ]);
  const hops = [...stdout.matchAll(/^\s*\d+\s+(\S+)/gm)].map((match) => match[1]);
  expect(hops).toEqual([1, 2, 3, 4, 5, 6].map((hop) => net.hop(hop, family)));
});

test('a wire delays each direction as asked', async () => {
  const net = await chain({ routers: 1, wires: { 1: { toServer: { delayMs: 30 }, toClient: { delayMs: 20 } } } });
  const { stdout } = await run(net.client, ['ping', '-n', '-c', '10', '-i', '0.1', net.target()]);
  const rtts = [...stdout.matchAll(/time=([\d.]+)/g)].map((match) => Number(match[1]));
  expect(rtts).toHaveLength(10);
  expect(Math.min(...rtts)).toBeGreaterThanOrEqual(49);
  expect(Math.min(...rtts)).toBeLessThan(70);
});

test('a wire carries TCP with its checksums left to the hardware', async () => {
  const net = await chain({ routers: 0, wires: { 0: { toServer: { delayMs: 5 } } } });
  await serve(net.server, { kind: 'tcp', host: '::', port: 80, does: 'greet' });
  for (const family of [4, 6] as const) {
    const { stdout } = await run(net.client, ['bash', '-c', `exec 3<>/dev/tcp/${net.target(family)}/80; head -1 <&3`]);
    expect(stdout).toBe('220 ready\r\n');
  }
});

test('a wire loses every n-th echo and nothing else', async () => {
  const net = await chain({ routers: 0, wires: { 0: { toServer: { loseEvery: 4 } } } });
  for (const family of [4, 6] as const) {
    const { stdout } = await run(net.client, ['ping', '-n', '-c', '20', '-i', '0.02', '-W', '1', net.target(family)]);
    expect(stdout).toContain('15 received');
  }
});

test('a wire duplicates echoes', async () => {
  const net = await chain({ routers: 0, wires: { 0: { toServer: { duplicatePercent: 100 } } } });
  const { stdout } = await run(net.client, ['ping', '-n', '-c', '5', '-i', '0.1', net.target()]);
  expect(stdout).toMatch(/\+[45] duplicates/);
});

test('a wire with the same seed strikes the same packets', async () => {
  const losses: string[] = [];
  for (const _ of [1, 2]) {
    const net = await chain({ routers: 0, wires: { 0: { toServer: { lossPercent: 40 }, seed: 7 } } });
    const { stdout } = await run(net.client, ['ping', '-n', '-c', '20', '-i', '0.02', '-W', '1', net.target()]);
    losses.push([...stdout.matchAll(/icmp_seq=(\d+)/g)].map((match) => match[1]).join(' '));
  }
  expect(losses[0]).toBe(losses[1]);
  expect(losses[0]?.split(' ').length).toBeLessThan(20);
});

test('the peer answers echoes that only it can answer, in both families', async () => {
  const net = await chain({ routers: 0 });
  await startPeer(net, {});
  for (const family of [4, 6] as const) {
    const { stdout } = await run(net.client, ['ping', '-n', '-c', '1', '-W', '2', peerAddress(family)]);
    expect(stdout).toContain('1 received');
  }
});

test.each([
  ['bad-checksum', 'InCsumErrors'],
  ['bad-id', 'InEchoReps'],
  ['cut-short', 'InErrors'],
] as const)(
  'the peer answers an echo with a reply that is %s, and the kernel counts it as %s',
  async (echo, counter) => {
    const net = await chain({ routers: 0 });
    await startPeer(net, { echo });
    await run(net.client, ['ping', '-n', '-c', '1', '-W', '1', peerAddress()]);
    expect(icmpCounter(net.client, counter)).toBe(1);
  },
);

test('the peer plays a path of routers that are not there', async () => {
  const net = await chain({ routers: 0 });
  await startPeer(net, { hops: ['198.51.100.1', null, '198.51.100.3'] });
  const { stdout } = await run(net.client, ['traceroute', '-I', '-n', '-q', '1', '-w', '1', peerAddress()]);
  const hops = [...stdout.matchAll(/^\s*\d+\s+(\S+)/gm)].map((match) => match[1]);
  expect(hops).toEqual(['198.51.100.1', '*', '198.51.100.3', peerAddress()]);
});

test('the peer closes a port with a reset, and opens one', async () => {
  for (const [syn, exitCode] of [
    ['reset', 1],
    ['syn-ack', 0],
  ] as const) {
    const net = await chain({ routers: 0 });
    await startPeer(net, { syn });
    const finished = await run(net.client, ['bash', '-c', `exec 3<>/dev/tcp/${peerAddress()}/80`], { timeoutMs: 3000 });
    expect(finished.exitCode, finished.stderr).toBe(exitCode);
  }
});

test('a frozen server leaves its accept queue full', async () => {
  const net = await chain({ routers: 0 });
  const services = await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 80, backlog: 1 });
  services.freeze();
  await serve(net.client, { kind: 'clients', host: net.target(), port: 80, count: 2 });
  expect(sh(net.server, 'ss -Htln')).toMatch(/LISTEN\s+2\s+1\s/);
});

test('the name server says what its zone says', async () => {
  const net = await chain({ routers: 1, names: { resolvers: ['10.9.1.1'] } });
  await serve(net.server, {
    kind: 'dns',
    host: '10.9.1.1',
    zone: {
      'web.test': { a: ['10.9.1.1'] },
      'gone.test': { rcode: 'NXDOMAIN' },
      'big.test': { a: ['10.9.1.9'], garbage: 'truncated' },
    },
  });
  expect((await run(net.client, ['getent', 'ahostsv4', 'web.test'])).stdout).toContain('10.9.1.1');
  expect((await run(net.client, ['getent', 'ahostsv4', 'big.test'])).stdout).toContain('10.9.1.9');
  expect((await run(net.client, ['getent', 'hosts', 'gone.test'])).exitCode).toBe(2);
});

test('rules of a router hit what passes through it', async () => {
  const net = await chain({ routers: 1 });
  filter(net.router(1), 'forward', 'icmp type echo-request reject with icmp type admin-prohibited');
  const { stdout } = await run(net.client, ['ping', '-n', '-c', '1', '-W', '1', net.target()]);
  expect(stdout).toContain(`From ${net.hop(1)} icmp_seq=1 Packet filtered`);
});

test('nothing is left of the networks of the tests before', () => {
  const mine = labNamespaces().filter(({ name }) => name.includes(`-${process.pid}-`));
  expect(mine).toEqual([]);
});
