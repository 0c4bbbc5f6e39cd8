import { expect, test } from 'vitest';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { ip } from './kit/ip.ts';
import { lan, link } from './kit/lan.ts';
import { type Namespace, newNamespaces } from './kit/namespaces.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;
const ENGINES = ['raw', 'kernel'] as const;
const everywhere = ENGINES.flatMap((engine) => FAMILIES.map((family) => ({ engine, family })));
const FORWARDING = 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding';

function nft(namespace: Namespace, text: string): void {
  sh(namespace, `nft -f - <<'END'\n${text}\nEND`);
}

function at(net: Chain, family: Family, port: number): string {
  return family === 4 ? `${net.target(4)}:${port}` : `[${net.target(6)}]:${port}`;
}

const VIRTUAL = { 4: '203.0.113.80', 6: '2001:db8:80::1' } as const;
const SECOND = { 4: '10.9.1.11', 6: 'fd09:0:0:2::11' } as const;

/** A router that hands connections to a virtual address out to two hosts, by turns. */
async function balanced(family: Family): Promise<{ readonly net: Chain; readonly target: string }> {
  const net = await chain({ routers: 1 });
  const nodad = family === 6 ? ' nodad' : '';
  const bits = family === 4 ? '24' : '64';
  sh(net.server, `ip addr add ${SECOND[family]}/${bits} dev eth0${nodad}`);
  sh(net.router(1), `ip addr add ${VIRTUAL[family]}/${family === 4 ? 32 : 128} dev lo${nodad}`);
  const word = family === 4 ? 'ip' : 'ip6';
  nft(
    net.router(1),
    `table ${word} lb {
      chain pre {
        type nat hook prerouting priority -100
        ${word} daddr ${VIRTUAL[family]} tcp dport 443 dnat to numgen inc mod 2 map { 0 : ${net.target(family)}, 1 : ${SECOND[family]} }
      }
    }`,
  );
  return { net, target: family === 4 ? `${VIRTUAL[4]}:443` : `[${VIRTUAL[6]}]:443` };
}

test.each(everywhere)('$engine, IPv$family: one of two backends refuses', async ({ engine, family }) => {
  const { net, target } = await balanced(family);
  await serve(net.server, { kind: 'tcp', host: net.target(family), port: 443 });
  const checked = await check(net.client, target, '--engine', engine);
  expectDiagnosis(checked, { code: 'partly-reachable', verdict: 'degraded' });
  expect(checked.report.diagnosis.summary).toMatch(/\d of \d+ attempts at port 443/u);
});

test.each(everywhere)('$engine, IPv$family: two backends accept', async ({ engine, family }) => {
  const { net, target } = await balanced(family);
  await serve(
    net.server,
    { kind: 'tcp', host: net.target(family), port: 443 },
    { kind: 'tcp', host: SECOND[family], port: 443 },
  );
  const checked = await check(net.client, target, '--engine', engine);
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
  expect(checked.report.findings).toHaveLength(1);
});

/** Two routers with four links between them, over which the first balances by addresses and ports. */
function ladder(family: Family): { readonly client: Namespace; readonly far: Namespace; readonly server: Namespace } {
  const [client = '', near = '', far = '', server = ''] = newNamespaces(['c', 'r1', 'r2', 's']);
  for (const name of [client, near, far, server]) {
    ip('netns', 'add', name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
  }
  const bits = family === 4 ? 24 : 64;
  const address = (net: number, end: number): string => (family === 4 ? `10.9.${net}.${end}` : `fd09:${net}::${end}`);
  const both = (net: number): readonly [string, string] => [`${address(net, 1)}/${bits}`, `${address(net, 2)}/${bits}`];
  link([client, 'eth0', both(0)[0]], [near, 'eth0', both(0)[1]]);
  for (const net of [1, 2, 3, 4]) link([near, `up${net}`, both(net)[0]], [far, `down${net}`, both(net)[1]]);
  link([far, 'eth0', both(9)[0]], [server, 'eth0', both(9)[1]]);
  const everything = family === 4 ? 'default' : '-6 default';
  sh(client, `ip route add ${everything} via ${address(0, 2)}`.replace('route add -6', '-6 route add'));
  sh(server, `ip route add ${everything} via ${address(9, 1)}`.replace('route add -6', '-6 route add'));
  for (const router of [near, far]) sh(router, FORWARDING);
  sh(near, `echo 1 > /proc/sys/net/ipv${family}/fib_multipath_hash_policy`);
  const hops = [1, 2, 3, 4].map((net) => `nexthop via ${address(net, 2)}`).join(' ');
  sh(near, `ip ${family === 6 ? '-6 ' : ''}route add ${family === 4 ? '10.9.9.0/24' : 'fd09:9::/64'} ${hops}`);
  sh(
    far,
    `ip ${family === 6 ? '-6 ' : ''}route add ${family === 4 ? '10.9.0.0/24' : 'fd09:0::/64'} via ${address(1, 1)}`,
  );
  return { client, far, server };
}

// A SYN of the kernel's own carries the random hash of its socket over a veth pair, and a router of the same machine takes
// that in place of one of addresses and ports (fib_multipath_hash()): only a raw SYN meets the same way again.
test.each(FAMILIES)('raw, IPv%i: two of four equal ways drop TCP', async (family) => {
  const { client, far, server } = ladder(family);
  await serve(server, { kind: 'tcp', host: '::', port: 443 });
  filter(far, 'prerouting', 'iifname { "down2", "down3" } tcp dport 443 drop');
  const checked = await check(client, family === 4 ? '10.9.9.2:443' : '[fd09:9::2]:443', '--engine', 'raw');
  expectDiagnosis(checked, { code: 'path-flow-dependent', verdict: 'degraded', confidence: 'likely' });
});

test.each(everywhere)('$engine, IPv$family: every second source port is lost', async ({ engine, family }) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  filter(net.router(1), 'forward', 'tcp dport 443 tcp sport & 1 == 0 drop');
  const checked = await check(net.client, at(net, family, 443), '--engine', engine);
  expectDiagnosis(checked, { code: 'path-flow-dependent', verdict: 'degraded', confidence: 'likely' });
});

test.each(everywhere)('$engine, IPv$family: four equal ways that work', async ({ engine, family }) => {
  const { client, server } = ladder(family);
  await serve(server, { kind: 'tcp', host: '::', port: 443 });
  const checked = await check(client, family === 4 ? '10.9.9.2:443' : '[fd09:9::2]:443', '--engine', engine);
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
});

/** Lets the first SYN of a source port be lost. */
function loseFirstSyn(net: Chain, family: Family): void {
  const word = family === 4 ? 'ip' : 'ip6';
  nft(
    net.router(1),
    `table ${word} f {
      set seen {
        type ipv${family}_addr . inet_service
        flags dynamic
        timeout 60s
      }
      chain fw {
        type filter hook forward priority 0
        tcp dport 5432 tcp flags & (syn | ack) == syn ${word} saddr . tcp sport != @seen add @seen { ${word} saddr . tcp sport } drop
      }
    }`,
  );
}

test.each(everywhere)('$engine, IPv$family: each first SYN is dropped', async ({ engine, family }) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 5432 });
  loseFirstSyn(net, family);
  const checked = await check(net.client, at(net, family, 5432), '--engine', engine);
  expectDiagnosis(checked, { code: 'connect-retried', verdict: 'degraded' });
  expect(checked.report.evidence.connect?.attempts[0]?.retransmissions).toBe(1);
});

test.each(FAMILIES)('IPv%i: what drops by the timestamps of TCP keeps ordinary connections out', async (family) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  filter(net.server, 'input', 'tcp dport 443 tcp flags & (syn | ack) == syn tcp option timestamp exists drop');
  const checked = await check(net.client, at(net, family, 443));
  expectDiagnosis(checked, { code: 'port-filtered', verdict: 'fault', confidence: 'likely' });
  expect(checked.report.diagnosis.explanation).toContain('TCP options');
  expect(checked.report.diagnosis.nextSteps.map(({ title }) => title).join()).toContain('timestamps');
});

/** A client whose gateway keeps state, and a server whose router sits on the client's own link and answers it directly. */
function lopsided(family: Family): {
  readonly client: Namespace;
  readonly gateway: Namespace;
  readonly server: Namespace;
} {
  const { client, gateway, router } = lan({ client: 1, gateway: 2, router: 3 });
  const [server = ''] = newNamespaces(['s']);
  ip('netns', 'add', server);
  ip('-n', server, 'link', 'set', 'lo', 'up');
  sh(server, 'echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad');
  const [near, far, bits] = family === 4 ? ['10.9.1.1', '10.9.1.2', 24] : ['fd09:0:0:1::1', 'fd09:0:0:1::2', 64];
  link([router, 'eth1', `${near}/${bits}`], [server, 'eth0', `${far}/${bits}`]);
  const by = family === 4 ? 'ip route' : 'ip -6 route';
  for (const each of [gateway, router])
    sh(
      each,
      `${FORWARDING}; echo 0 > /proc/sys/net/ipv4/conf/all/send_redirects; echo 0 > /proc/sys/net/ipv4/conf/eth0/send_redirects`,
    );
  sh(client, `${by} add default via ${family === 4 ? '10.9.0.2' : 'fd09::2'}`);
  sh(gateway, `${by} add default via ${family === 4 ? '10.9.0.3' : 'fd09::3'}`);
  sh(server, `${by} add default via ${near}`);
  return { client, gateway, server };
}

const LOPSIDED = { 4: '10.9.1.2:80', 6: '[fd09:0:0:1::2]:80' } as const;

test.each(everywhere)('$engine, IPv$family: a firewall that sees only one direction', async ({ engine, family }) => {
  const { client, gateway, server } = lopsided(family);
  await serve(server, { kind: 'tcp', host: '::', port: 80 });
  filter(gateway, 'forward', 'ct state invalid drop');
  sh(gateway, 'echo 0 > /proc/sys/net/netfilter/nf_conntrack_tcp_loose');
  const checked = await check(client, LOPSIDED[family], '--engine', engine);
  expectDiagnosis(checked, { code: 'connection-stalled', verdict: 'fault' });
  expect(checked.report.diagnosis.owner).toBe('path');
  expect(sh(client, 'ss -tanH state fin-wait-1')).toBe('');
});

test.each(FAMILIES)('IPv%i: two ways that differ, and nobody minds', async (family) => {
  const { client, server } = lopsided(family);
  await serve(server, { kind: 'tcp', host: '::', port: 80 });
  const checked = await check(client, LOPSIDED[family]);
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
});

/** A server on the client's own link, which a router passes a public address on to. */
function hairpin(): { readonly client: Namespace; readonly router: Namespace; readonly server: Namespace } {
  const { client, router, server } = lan({ client: 2, router: 1, server: 20 });
  sh(
    router,
    `${FORWARDING}; echo 0 > /proc/sys/net/ipv4/conf/all/send_redirects; echo 0 > /proc/sys/net/ipv4/conf/eth0/send_redirects`,
  );
  sh(router, 'ip addr add 203.0.113.5/32 dev lo');
  for (const each of [client, server]) sh(each, 'ip route add default via 10.9.0.1');
  nft(
    router,
    'table ip n {\nchain pre {\ntype nat hook prerouting priority -100\nip daddr 203.0.113.5 tcp dport 443 dnat to 10.9.0.20\nip daddr 203.0.113.5 udp dport 5000 dnat to 10.9.0.20\n}\n}',
  );
  return { client, router, server };
}

test('a public address from within its own network', async () => {
  const { client, server } = hairpin();
  await serve(server, { kind: 'tcp', host: '0.0.0.0', port: 443 });
  const checked = await check(client, '203.0.113.5:443');
  const where = { hop: null, address: '10.9.0.20' };
  expectDiagnosis(checked, { code: 'reply-from-other-address', verdict: 'fault', where });
  expect(checked.report.diagnosis.owner).toBe('path');
});

test.each(ENGINES)('%s: a datagram that another address answers', async (engine) => {
  const { client, server } = hairpin();
  await serve(server, { kind: 'udp', host: '0.0.0.0', port: 5000, does: 'echo' });
  const checked = await check(client, 'udp://203.0.113.5:5000', '--engine', engine);
  expectDiagnosis(checked, { code: 'reply-from-other-address', verdict: 'fault' });
});

test('a public address whose router translates both ways', async () => {
  const { client, router, server } = hairpin();
  await serve(
    server,
    { kind: 'tcp', host: '0.0.0.0', port: 443 },
    { kind: 'udp', host: '0.0.0.0', port: 5000, does: 'echo' },
  );
  nft(
    router,
    'table ip m {\nchain post {\ntype nat hook postrouting priority 100\nip saddr 10.9.0.0/24 ip daddr 10.9.0.20 masquerade\n}\n}',
  );
  for (const target of ['203.0.113.5:443', 'udp://203.0.113.5:5000']) {
    expectDiagnosis(await check(client, target), { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
  }
});

/** A router that takes web traffic for itself and lets nothing else pass. */
async function captive(): Promise<Chain> {
  const net = await chain({ routers: 2 });
  nft(
    net.router(1),
    'table inet n {\nchain pre {\ntype nat hook prerouting priority -100\niifname "eth0" tcp dport { 80, 443 } redirect\n}\n}',
  );
  filter(net.router(1), 'forward', 'drop');
  await serve(net.router(1), {
    kind: 'http',
    host: '::',
    port: 80,
    status: 302,
    headers: { location: 'http://login.lab/' },
  });
  return net;
}

test.each(everywhere)(
  '$engine, IPv$family: a login page answers in place of the target',
  async ({ engine, family }) => {
    const net = await captive();
    const checked = await check(net.client, at(net, family, 80), '--engine', engine);
    expectDiagnosis(checked, {
      code: 'port-open',
      verdict: 'healthy',
      confidence: 'likely',
      also: ['answered-on-the-way'],
    });
    const nearer = checked.report.findings.find(({ code }) => code === 'answered-on-the-way');
    expect(nearer?.where).toEqual({ hop: 1, address: net.hop(1, family) });
  },
);

test.each(everywhere)(
  '$engine, IPv$family: a target that answers no echo answers itself',
  async ({ engine, family }) => {
    const net = await chain({ routers: 2 });
    await serve(net.server, { kind: 'tcp', host: '::', port: 80 });
    filter(net.server, 'input', 'icmp type echo-request drop', 'icmpv6 type echo-request drop');
    const checked = await check(net.client, at(net, family, 80), '--engine', engine);
    expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
    expect(checked.report.findings.map(({ code }) => code)).not.toContain('answered-on-the-way');
  },
);

test('a transparent proxy beside a target that answers echoes', async () => {
  const net = await chain({ routers: 3 });
  nft(
    net.router(2),
    'table ip n {\nchain pre {\ntype nat hook prerouting priority -100\niifname "eth0" tcp dport 80 redirect\n}\n}',
  );
  await serve(net.router(2), { kind: 'tcp', host: '0.0.0.0', port: 80 });
  const checked = await check(net.client, at(net, 4, 80));
  expectDiagnosis(checked, {
    code: 'port-open',
    verdict: 'healthy',
    confidence: 'likely',
    also: ['answered-on-the-way'],
  });
  const nearer = checked.report.findings.find(({ code }) => code === 'answered-on-the-way');
  expect(nearer?.where).toEqual({ hop: 2, address: net.hop(2) });
});
