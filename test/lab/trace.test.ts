import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import type { TraceEvidence } from '../../src/evidence/trace.ts';
import type { TraceOptions } from '../../src/probe/trace/options.ts';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { filter, run, sh } from './kit/exec.ts';
import { peerAddress, startPeer } from './kit/peer.ts';
import { serve } from './kit/services.ts';
import { unlimited } from './kit/unlimited.ts';

const DRIVER = fileURLToPath(new URL('../../.lab/trace.mjs', import.meta.url));
const FAMILIES = [4, 6] as const;

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('kit/children/trace.ts', import.meta.url))],
    outfile: DRIVER,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.20',
    external: ['raw-socket'],
    logLevel: 'warning',
  });
});

async function traceFrom(net: Chain, ...tasks: readonly TraceOptions[]): Promise<readonly TraceEvidence[]> {
  const finished = await run(net.client, [process.execPath, DRIVER, JSON.stringify(tasks)]);
  expect(finished.stderr).toBe('');
  expect(finished.exitCode).toBe(0);
  return JSON.parse(finished.stdout) as readonly TraceEvidence[];
}

async function traceOf(net: Chain, options: Partial<TraceOptions> & { readonly address: string }) {
  const [evidence] = await traceFrom(net, { knownErrorFrom: null, ...options });
  if (evidence === undefined) throw new Error('The driver made no trace');
  return evidence;
}

function addressesOf({ hops }: TraceEvidence): readonly string[] {
  return hops.map(({ addresses }) => addresses.join() || '*');
}

function pathOf(net: Chain, routers: number, family: Family): readonly string[] {
  return [...Array.from({ length: routers }, (_, index) => net.hop(index + 1, family)), net.target(family)];
}

test.each([
  [4, 1],
  [6, 1],
  [4, 5],
  [6, 5],
  [4, 12],
  [6, 12],
] as const)('IPv%i behind %i routers: ICMP, UDP and TCP find the same path', async (family, routers) => {
  const net = await chain({ routers });
  await serve(net.server, { kind: 'tcp', host: '::', port: 80 });
  unlimited(net);
  const address = net.target(family);
  const replyTtl = 64 - routers;
  const byIcmp = await traceOf(net, { address });
  const byUdp = await traceOf(net, { address, protocol: 'udp', sourcePort: 61_001 });
  const byTcp = await traceOf(net, { address, protocol: 'tcp', port: 80, sourcePort: 61_002 });
  for (const evidence of [byIcmp, byUdp, byTcp]) {
    expect(addressesOf(evidence)).toEqual(pathOf(net, routers, family));
    expect(evidence).toMatchObject({ outcome: 'reached', stopReason: 'target' });
    expect(evidence.oddities).toBeUndefined();
  }
  const ttl = routers + 1;
  expect(byIcmp.targetAnswer).toEqual({ kind: 'reply', ttl, replyTtl });
  expect(byUdp.targetAnswer).toEqual({ kind: 'port-unreachable', ttl, replyTtl });
  expect(byTcp.targetAnswer).toEqual({ kind: 'reply', ttl, replyTtl });
});

test('twelve routers, by UDP and by TCP to a port that is closed', async () => {
  const net = await chain({ routers: 12, families: [4] });
  const address = net.target();
  const [byUdp, byTcp] = await traceFrom(
    net,
    { address, knownErrorFrom: null, protocol: 'udp', sourcePort: 61_003 },
    { address, knownErrorFrom: null, protocol: 'tcp', port: 81, sourcePort: 61_004 },
  );
  for (const evidence of [byUdp, byTcp]) {
    expect(evidence === undefined ? [] : addressesOf(evidence)).toEqual(pathOf(net, 12, 4));
    expect(evidence?.durationMs).toBeLessThan(1500);
  }
  expect(byTcp?.targetAnswer).toEqual({ kind: 'reset', ttl: 13, replyTtl: 52 });
});

test.each(FAMILIES)('IPv%i: a UDP service that answers is the end of the path', async (family) => {
  const net = await chain({ routers: 3 });
  await serve(net.server, { kind: 'udp', host: '::', port: 53, does: 'echo' });
  filter(net.router(2), 'output', 'icmp type time-exceeded drop', 'icmpv6 type time-exceeded drop');
  const evidence = await traceOf(net, { address: net.target(family), protocol: 'udp', port: 53, sourcePort: 61_005 });
  const path = pathOf(net, 3, family).map((address) => (address === net.hop(2, family) ? '*' : address));
  expect(addressesOf(evidence)).toEqual(path);
  expect(evidence.targetAnswer).toMatchObject({ kind: 'reply', ttl: 4 });
});

test.each(FAMILIES)('IPv%i: a router that drops the port stops the trace by TCP and no other', async (family) => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'tcp dport 443 drop');
  const byTcp = await traceOf(net, { address: net.target(family), protocol: 'tcp', port: 443, sourcePort: 61_006 });
  expect(byTcp).toMatchObject({ outcome: 'stopped', stopReason: 'silent-hops' });
  expect(addressesOf(byTcp)).toEqual([...pathOf(net, 5, family).slice(0, 3), '*', '*', '*', '*', '*']);
  expect(await traceOf(net, { address: net.target(family) })).toMatchObject({ outcome: 'reached' });
});

/** Two ways from router 1 to router 2; which one a flow takes, its ports or its ICMP checksum decide. */
function balance(net: Chain, family: Family): void {
  const [near, far] = [net.router(1), net.router(2)];
  sh(near, `ip link add eth9 type veth peer name eth9 netns ${far}`);
  for (const [node, end] of [
    [near, 2],
    [far, 1],
  ] as const) {
    sh(
      node,
      `ip addr add ${family === 4 ? `10.9.77.${end}/24` : `fd09:0:0:77::${end}/64 nodad`} dev eth9; ip link set eth9 up`,
    );
  }
  // Errors name the interface by which the packet came in.
  sh(far, 'echo 1 > /proc/sys/net/ipv4/icmp_errors_use_inbound_ifaddr');
  unlimited(net);
  const [way, second] = family === 4 ? ['10.9.1.1', '10.9.77.1'] : ['fd09:0:0:2::1', 'fd09:0:0:77::1'];
  const prefix = family === 4 ? '10.9.2.0/24' : 'fd09:0:0:3::/64';
  sh(near, `echo 1 > /proc/sys/net/ipv${family}/fib_multipath_hash_policy`);
  sh(near, `ip -${family} route replace ${prefix} nexthop via ${way} nexthop via ${second}`);
}

test.each(FAMILIES)('IPv%i: several flows show both ways, one flow keeps to one', async (family) => {
  const net = await chain({ routers: 2 });
  balance(net, family);
  const options = { address: net.target(family), knownErrorFrom: null, protocol: 'udp' } as const;
  // Six flows take one of two ways by chance once in 32 times.
  const sourcePorts = [61_100, 61_200, 61_300, 61_400];
  const [one] = await traceFrom(net, { ...options, sourcePort: 61_100 });
  const several = await traceFrom(net, ...sourcePorts.map((sourcePort) => ({ ...options, sourcePort, flows: 6 })));
  expect(one?.hops[1]?.addresses).toHaveLength(1);
  const seen = new Set(several.flatMap((evidence) => evidence.hops[1]?.addresses ?? []));
  const ways = family === 4 ? ['10.9.1.1', '10.9.77.1'] : ['fd09:0:0:2::1', 'fd09:0:0:77::1'];
  expect([...seen].sort()).toEqual([...ways].sort());
  expect(several.every(({ outcome, flows }) => outcome === 'reached' && flows === 6)).toBe(true);
});

test('a target that answers the first TTL behind a gateway is told', async () => {
  const net = await chain({ routers: 1 });
  sh(net.router(1), `nft add table ip nat; nft 'add chain ip nat pre { type nat hook prerouting priority -100; }'`);
  sh(net.router(1), `nft 'add rule ip nat pre ip daddr ${net.target()} icmp type echo-request redirect'`);
  const evidence = await traceOf(net, { address: net.target(), gateway: net.hop(1) });
  expect(evidence).toMatchObject({ outcome: 'reached', oddities: ['target-at-first-hop'] });
});

test('a box that answers for every hop in front of the target is told, and the target is reached', async () => {
  const net = await chain({ routers: 0 });
  const box = '192.0.2.66';
  await startPeer(net, { hops: [box, box, box, box] });
  const evidence = await traceOf(net, { address: peerAddress() });
  expect(evidence).toMatchObject({ outcome: 'reached', oddities: ['one-address'] });
  expect(addressesOf(evidence)).toEqual([box, box, box, box, peerAddress()]);
});

test('Time Exceeded of the target itself, as a translator sends it, is not the end of the path', async () => {
  const net = await chain({ routers: 0 });
  await startPeer(net, { hops: ['192.0.2.1', peerAddress(), '192.0.2.3'] });
  const evidence = await traceOf(net, { address: peerAddress() });
  expect(evidence).toMatchObject({ outcome: 'reached', stopReason: 'target', oddities: ['expired-at-target'] });
  expect(evidence.hops).toHaveLength(4);
});
