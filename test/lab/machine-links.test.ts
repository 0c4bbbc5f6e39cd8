import { expect, test } from 'vitest';
import { chain, type Family } from './kit/chain.ts';
import { filter, sh, start } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;

/** A remote host's further address, routed as its own, and the network of this machine that covers it. */
const FAR = {
  4: { address: '172.18.5.20', own: '172.18.0.1/16', inside: '172.18.0.2/16', route: '172.18.5.20/32' },
  6: { address: 'fd18::5:20', own: 'fd18::1/64', inside: 'fd18::2/64', route: 'fd18::5:20/128' },
} as const;

/** Gives the server a further address that the routers know the way to. */
function addFar(net: Awaited<ReturnType<typeof chain>>, family: Family): void {
  sh(net.server, `ip addr add ${FAR[family].route} dev lo`);
  sh(net.router(1), `ip -${family} route add ${FAR[family].route} via ${net.target(family)}`);
}

/** A bridge with one container on it. */
const bridge = (family: Family) => `
  ip link add br-5f3a type bridge
  echo 0 > /proc/sys/net/ipv6/conf/br-5f3a/accept_dad
  ip addr add ${FAR[family].own} dev br-5f3a
  ip link set br-5f3a up
  ip link add port1 type veth peer name inner
  ip link set port1 master br-5f3a
  ip link set port1 up
  ip link set inner up`;

test.each(FAMILIES)('IPv%i: a bridge of this machine covers the network of a remote host', async (family) => {
  const net = await chain({ routers: 1 });
  addFar(net, family);
  expectDiagnosis(await check(net.client, FAR[family].address), {
    code: 'reachable',
    verdict: 'healthy',
    confidence: 'certain',
  });
  sh(net.client, bridge(family));
  const checked = await check(net.client, FAR[family].address);
  expectDiagnosis(checked, { code: 'local-network-overlap', verdict: 'fault', confidence: 'likely' });
  const { owner, summary, where, nextSteps } = checked.report.diagnosis;
  expect([owner, where?.hop, nextSteps[0]?.at]).toEqual(['this-machine', 0, 'this-machine']);
  expect(summary).toContain('br-5f3a');
  expect(summary).toContain(net.hop(1, family));
  expect(checked.report.evidence.trace?.hops.flatMap(({ addresses }) => addresses)).toEqual([]);
});

test.each(['veth', 'tap'])('a %s interface covers the network of a remote host', async (kind) => {
  const net = await chain({ routers: 1 });
  addFar(net, 4);
  if (kind === 'tap') await swallow(net.client, 'over0', 'tap');
  else sh(net.client, 'ip link add over0 type veth peer name inner; ip link set inner up');
  sh(net.client, 'ip addr add 172.18.0.1/16 dev over0; ip link set over0 up');
  expectDiagnosis(await check(net.client, FAR[4].address), {
    code: 'local-network-overlap',
    verdict: 'fault',
    confidence: 'likely',
  });
});

test('what answers on a bridge of this machine is no overlap', async () => {
  const net = await chain({ routers: 1 });
  addFar(net, 4);
  sh(net.client, bridge(4));
  const inside = await chain({ routers: 0 });
  sh(net.client, `ip link add port2 type veth peer name c0 netns ${inside.client}`);
  sh(net.client, 'ip link set port2 master br-5f3a; ip link set port2 up');
  sh(inside.client, 'ip addr add 172.18.5.20/16 dev c0; ip link set c0 up');
  expectDiagnosis(await check(net.client, FAR[4].address), {
    code: 'reachable',
    verdict: 'healthy',
    confidence: 'certain',
  });
});

/** A program that reads all that a tunnel interface gives it, and forgets it. */
async function swallow(namespace: string, name: string, mode: 'tun' | 'tap'): Promise<void> {
  start(namespace, ['python3', '-c', SWALLOW, name, mode]);
  sh(namespace, `for i in $(seq 200); do ip link show ${name} >/dev/null 2>&1 && exit 0; sleep 0.05; done; exit 1`);
}

// TUNSETIFF of linux/if_tun.h: IFF_TUN or IFF_TAP, without packet information.
const SWALLOW = `
import fcntl, os, struct, sys
tun = os.open('/dev/net/tun', os.O_RDWR)
mode = (1 if sys.argv[2] == 'tun' else 2) | 0x1000
fcntl.ioctl(tun, 0x400454ca, struct.pack('16sH22x', sys.argv[1].encode(), mode))
while True:
    os.read(tun, 70000)
`;

test.each(FAMILIES)('IPv%i: a VPN that takes everything and brings nothing back', async (family) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  const target = net.target(family);
  const asked = family === 4 ? `${target}:443` : `[${target}]:443`;
  expectDiagnosis(await check(net.client, asked), { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
  await swallow(net.client, 'tun0', 'tun');
  sh(net.client, 'ip addr add 10.8.0.6/24 dev tun0; ip addr add fd08::6/64 dev tun0 nodad; ip link set tun0 up');
  const halves = family === 4 ? ['0.0.0.0/1', '128.0.0.0/1'] : ['::/1', '8000::/1'];
  sh(net.client, halves.map((half) => `ip -${family} route add ${half} dev tun0`).join('\n'));
  for (const each of [asked, target]) {
    const checked = await check(net.client, each);
    expectDiagnosis(checked, { code: 'tunnel-silent', verdict: 'fault', confidence: 'likely' });
    const { owner, where, nextSteps } = checked.report.diagnosis;
    expect([owner, where?.hop, nextSteps[0]?.at]).toEqual(['this-machine', 0, 'this-machine']);
    expect(checked.report.evidence.route?.link).toMatchObject({ kind: 'tun', receivedPackets: 0 });
    // Where the machine is busy it takes longer to start, not to decide.
    expect(checked.report.durationMs).toBeLessThan(6000);
  }
});

/** One end of a VXLAN over the chain, on `far` of which 203.0.113.0/24 is reached by 10.8.0.1. */
const overlay = (own: string, peer: string, address: string) => `
  ip link add vx0 type vxlan id 7 local ${own} remote ${peer} dstport 4789 dev eth0
  ip addr add ${address}/24 dev vx0
  ip link set vx0 up`;

test('a tunnel that carries frames, to a far end that is not there', async () => {
  const net = await chain({ routers: 1 });
  sh(net.client, `${overlay(net.own(), net.target(), '10.8.0.6')}; ip route add 203.0.113.0/24 via 10.8.0.1`);
  const checked = await check(net.client, '203.0.113.10');
  expectDiagnosis(checked, { code: 'tunnel-silent', verdict: 'fault', confidence: 'likely' });
  expect(checked.report.evidence.route?.link?.kind).toBe('vxlan');
});

test('a tunnel whose far end reports what lies behind it is not silent', async () => {
  const net = await chain({ routers: 1 });
  sh(net.client, `${overlay(net.own(), net.target(), '10.8.0.6')}; ip route add 203.0.113.0/24 via 10.8.0.1`);
  sh(net.server, `${overlay(net.target(), net.own(), '10.8.0.1')}; echo 1 > /proc/sys/net/ipv4/ip_forward`);
  sh(net.server, 'ip route add unreachable 203.0.113.9; ip addr add 203.0.113.10/32 dev lo');
  expectDiagnosis(await check(net.client, '203.0.113.9'), { code: 'host-unreachable', verdict: 'fault' });
  expectDiagnosis(await check(net.client, '203.0.113.10'), {
    code: 'reachable',
    verdict: 'healthy',
    confidence: 'certain',
  });
});

test.each(FAMILIES)('IPv%i: a rule that leads to a table whose gateway passes nothing on', async (family) => {
  const net = await chain({ routers: 1 });
  const other = await chain({ routers: 0 });
  sh(net.client, `ip link add eth1 type veth peer name up1 netns ${other.server}`);
  const [own, gateway] = family === 4 ? ['192.168.50.2', '192.168.50.1'] : ['fd50::2', 'fd50::1'];
  const bits = family === 4 ? 24 : 64;
  const nodad = family === 4 ? '' : 'nodad';
  sh(net.client, `ip addr add ${own}/${bits} dev eth1 ${nodad}; ip link set eth1 up`);
  sh(other.server, 'echo 0 > /proc/sys/net/ipv6/conf/all/forwarding; ip addr flush dev eth0');
  sh(other.server, `ip addr add ${gateway}/${bits} dev up1 ${nodad}; ip link set up1 up`);
  // Without a route a host that forwards nothing would say so.
  sh(other.server, `ip -${family} route add default dev up1`);
  const target = net.target(family);
  expectDiagnosis(await check(net.client, target), { code: 'reachable', verdict: 'healthy', confidence: 'certain' });
  const network = family === 4 ? '10.9.1.0/24' : 'fd09:0:0:2::/64';
  sh(net.client, `ip -${family} route add default via ${gateway} table 200`);
  sh(net.client, `ip -${family} rule add to ${network} lookup 200`);
  const checked = await check(net.client, target);
  expectDiagnosis(checked, {
    code: 'path-blackhole',
    verdict: 'fault',
    confidence: 'likely',
    where: { hop: 1, address: gateway },
  });
  const { owner, summary, nextSteps } = checked.report.diagnosis;
  expect([owner, nextSteps[0]?.at]).toEqual(['this-machine', 'this-machine']);
  expect(summary).toContain(`to ${network} lookup 200`);
  expect(nextSteps[0]?.check).toContain('ip route show table 200');
  expect(checked.report.evidence.route?.gatewayEcho).toEqual({ address: gateway, sent: 2, received: 2 });
});

test('a route that prescribes the source address of another interface', async () => {
  const net = await chain({ routers: 1 });
  sh(
    net.client,
    'ip link add eth1 type veth peer name in1; ip link set in1 up; ip addr add 192.168.50.2/24 dev eth1; ip link set eth1 up',
  );
  expectDiagnosis(await check(net.client, net.target()), { code: 'reachable', verdict: 'healthy' });
  sh(net.client, `ip route add ${net.target()} via ${net.hop(1)} src 192.168.50.2`);
  const checked = await check(net.client, net.target());
  expectDiagnosis(checked, { code: 'path-blackhole', verdict: 'fault', confidence: 'likely' });
  expect(checked.report.diagnosis.explanation).toContain('192.168.50.2');
  expect(checked.report.diagnosis.owner).toBe('this-machine');
  expect(checked.report.diagnosis.nextSteps[0]?.title).toContain('eth1');
});

test.each(FAMILIES)('IPv%i: a gateway whose link-layer address was fixed and is wrong', async (family) => {
  const net = await chain({ routers: 1 });
  const gateway = net.hop(1, family);
  const real = JSON.parse(sh(net.router(1), 'ip -j link show dev eth0'))[0].address;
  const fix = (mac: string) => sh(net.client, `ip neigh replace ${gateway} lladdr ${mac} dev eth0 nud permanent`);
  fix(real);
  expectDiagnosis(await check(net.client, net.target(family)), { code: 'reachable', verdict: 'healthy' });
  fix('02:00:00:00:00:99');
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, { code: 'path-blackhole', verdict: 'fault', confidence: 'likely' });
  const { explanation, nextSteps } = checked.report.diagnosis;
  expect(explanation).toContain('PERMANENT');
  expect(explanation).toContain(real);
  expect(nextSteps[0]?.check).toContain('ip neigh show');
});

test('a router answers ARP for a host that is off, and reports nothing', async () => {
  const net = await chain({ routers: 1 });
  const [router] = [net.router(1)];
  sh(router, 'echo 1 > /proc/sys/net/ipv4/conf/eth0/proxy_arp; ip route add 10.9.0.20/32 dev eth1');
  filter(router, 'output', 'icmp type { destination-unreachable, time-exceeded } drop');
  const checked = await check(net.client, '10.9.0.20');
  expectDiagnosis(checked, { code: 'host-silent', verdict: 'fault', confidence: 'likely' });
  const { alternatives } = checked.report.diagnosis;
  expect(alternatives[0]?.code).toBe('neighbour-unreachable');
  expect(alternatives[0]?.why).toContain(net.hop(1));
});

test('a host on the link that drops everything has a link-layer address of its own', async () => {
  const net = await chain({ routers: 1 });
  filter(net.router(1), 'input', 'meta l4proto != ipv6-icmp drop');
  const checked = await check(net.client, net.hop(1));
  expectDiagnosis(checked, { code: 'host-silent', verdict: 'fault', confidence: 'likely' });
});

test.each(['127.0.0.1:80', '[::1]:80', '10.9.0.2'])('loopback is down: %s', async (target) => {
  const net = await chain({ routers: 1 });
  await serve(net.client, { kind: 'tcp', host: '::', port: 80 });
  const healthy = await check(net.client, target);
  expect(healthy.report.verdict).toBe('healthy');
  sh(net.client, 'ip link set lo down');
  const checked = await check(net.client, target);
  expectDiagnosis(checked, { code: 'no-network', verdict: 'fault' });
  expect(checked.report.diagnosis.summary).toContain('lo');
  expect(checked.report.diagnosis.nextSteps[0]?.command).toContain('ip link set lo up');
});

/** Client, and two machines of which the second may have the address of the first. */
async function sharedLink(family: Family) {
  const net = await chain({ routers: 0 });
  const other = await chain({ routers: 0 });
  sh(net.server, 'ip link add br0 type bridge; ip link set br0 up');
  const address = net.target(family);
  const bits = family === 4 ? 24 : 64;
  const nodad = family === 4 ? '' : 'nodad';
  // The server's own interface becomes a port, and its address moves to the bridge.
  sh(net.server, `ip addr del ${address}/${bits} dev eth0; ip link set eth0 master br0`);
  sh(net.server, `ip addr add ${address}/${bits} dev br0 ${nodad}`);
  sh(net.server, `ip link add p2 type veth peer name second netns ${other.client}`);
  sh(net.server, 'ip link set p2 master br0; ip link set p2 up');
  sh(other.client, 'ip addr flush dev eth0; ip link set eth0 down; ip link set second up');
  return { net, address, take: () => sh(other.client, `ip addr add ${address}/${bits} dev second ${nodad}`), other };
}

test.each(FAMILIES)('IPv%i: two machines with one address', async (family) => {
  const { net, address, take } = await sharedLink(family);
  expectDiagnosis(await check(net.client, address), { code: 'reachable', verdict: 'healthy', confidence: 'certain' });
  take();
  const checked = await check(net.client, address);
  expectDiagnosis(checked, { code: 'address-conflict', verdict: 'degraded', confidence: 'likely' });
  expect(checked.report.evidence.route?.claims?.find(({ of }) => of === 'target')?.linkAddresses).toHaveLength(2);
  const port = await check(net.client, family === 4 ? `${address}:80` : `[${address}]:80`);
  expectDiagnosis(port, { code: 'address-conflict', verdict: 'fault', also: ['port-closed'] });
});

test("another machine has this machine's own address", async () => {
  const { net, address, other } = await sharedLink(4);
  sh(other.client, `ip addr add ${net.own()}/24 dev second`);
  const checked = await check(net.client, address);
  expectDiagnosis(checked, { code: 'address-conflict', verdict: 'degraded', where: { hop: 0, address: net.own() } });
  expect(checked.report.diagnosis.owner).toBe('this-machine');
});

test('asking who has an address leaves no entry behind, here or there', async () => {
  const net = await chain({ routers: 1 });
  const entries = (namespace: string) => sh(namespace, "ip neigh show | awk '{print $1}' | sort");
  await check(net.client, net.target());
  expect(entries(net.client)).toBe(`${net.hop(1)}\n`);
});
