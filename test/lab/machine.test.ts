import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;

test('an interface that is down is no network', async () => {
  const net = await chain({ routers: 1 });
  sh(net.client, 'ip link set eth0 down');
  const checked = await check(net.client, net.target());
  expectDiagnosis(checked, { code: 'no-network', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.diagnosis.where?.hop).toBe(0);
});

test('an interface without carrier is no network', async () => {
  const net = await chain({ routers: 0 });
  sh(net.server, 'ip link set eth0 down');
  expectDiagnosis(await check(net.client, net.target()), { code: 'no-network', verdict: 'fault' });
});

test('an interface without an address is no network', async () => {
  const net = await chain({ routers: 1 });
  sh(net.client, 'ip addr flush dev eth0');
  expectDiagnosis(await check(net.client, net.target()), { code: 'no-network', verdict: 'fault' });
});

test('a bridge without members is no network', async () => {
  const net = await chain({ routers: 0 });
  sh(
    net.client,
    'ip link set eth0 down; ip link add br0 type bridge; ip addr add 172.17.0.1/16 dev br0; ip link set br0 up',
  );
  expectDiagnosis(await check(net.client, net.target()), { code: 'no-network', verdict: 'fault' });
});

test.each(FAMILIES)('IPv%i: no route to the address', async (family) => {
  const net = await chain({ routers: 1 });
  sh(net.client, `ip -${family} route del default`);
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, { code: 'no-route', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.diagnosis.where?.hop).toBe(0);
});

test.each(['unreachable', 'prohibit', 'blackhole'])("%s route of this machine's own is no route", async (type) => {
  const net = await chain({ routers: 1 });
  sh(net.client, `ip route add ${type} 10.9.1.0/24; ip route add ${type} fd09:0:0:2::/64`);
  for (const family of FAMILIES) {
    expectDiagnosis(await check(net.client, net.target(family)), { code: 'no-route', verdict: 'fault' });
  }
});

test.each(['prohibit', 'blackhole'])(
  'a rule that sends TCP alone to a %s route is no route for the port',
  async (type) => {
    const net = await chain({ routers: 1 });
    await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
    sh(net.client, `ip rule add ipproto tcp lookup 77; ip route add ${type} default table 77`);
    const checked = await check(net.client, `${net.target()}:443`);
    expectDiagnosis(checked, {
      code: 'no-route',
      verdict: 'fault',
      confidence: 'certain',
      where: { hop: 0, address: net.own() },
    });
    expect(checked.report.diagnosis.summary).toContain('port 443');
    expectDiagnosis(await check(net.client, net.target()), { code: 'reachable', verdict: 'healthy' });
  },
);

test.each(FAMILIES)('IPv%i: a gateway that does not answer for its address', async (family) => {
  const net = await chain({ routers: 1 });
  sh(net.router(1), 'ip addr flush dev eth0 scope global');
  expectDiagnosis(await check(net.client, net.target(family)), {
    code: 'gateway-unreachable',
    verdict: 'fault',
    confidence: 'certain',
    where: { hop: 1, address: net.hop(1, family) },
  });
});

test.each(FAMILIES)("IPv%i: this machine's own firewall keeps everything in", async (family) => {
  const net = await chain({ routers: 1 });
  filter(net.client, 'output', `${family === 4 ? 'ip' : 'ip6'} daddr ${net.target(family)} drop`);
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, { code: 'local-firewall', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.diagnosis.where?.hop).toBe(0);
});

test("this machine's own firewall keeps one port in, where connect() sees silence", async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 5432 });
  filter(net.client, 'output', 'tcp dport 5432 drop');
  expectDiagnosis(await check(net.client, `${net.target()}:5432`), {
    code: 'local-firewall',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test('no port left to connect from', async () => {
  const net = await chain({ routers: 0 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 80 });
  sh(net.client, 'echo "40000 40001" > /proc/sys/net/ipv4/ip_local_port_range');
  await serve(net.client, { kind: 'clients', host: net.target(), port: 80, count: 2 });
  expectDiagnosis(await check(net.client, `${net.target()}:80`), {
    code: 'local-ports-exhausted',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test.each(FAMILIES)('IPv%i: a default TTL that ends on the way is this machine’s, and no loss', async (family) => {
  const net = await chain({ routers: 3 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  const limit = family === 4 ? 'net.ipv4.ip_default_ttl' : 'net.ipv6.conf.eth0.hop_limit';
  sh(net.client, `echo 2 > /proc/sys/${limit.replaceAll('.', '/')}`);
  const checked = await check(net.client, net.target(family));
  const where = { hop: 2, address: net.hop(2, family) };
  expectDiagnosis(checked, { code: 'path-blackhole', verdict: 'fault', where });
  expect(checked.report.diagnosis.explanation).toContain('hop_limit');
  sh(net.client, `echo 4 > /proc/sys/${limit.replaceAll('.', '/')}`);
  expectDiagnosis(await check(net.client, net.target(family)), { code: 'reachable', verdict: 'healthy' });
});
