import { expect, test } from 'vitest';
import { type Chain, chain } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { type DnsAnswer, serve } from './kit/services.ts';

const RESOLVER = '10.9.1.1';

/** A client behind one router, and a name server on the other side that knows these names. */
async function networkWith(zone: Readonly<Record<string, DnsAnswer>>): Promise<Chain> {
  const net = await chain({ routers: 1, names: { resolvers: [RESOLVER] } });
  await serve(net.server, { kind: 'dns', host: RESOLVER, zone });
  return net;
}

test('a name that does not exist', async () => {
  const net = await networkWith({});
  expectDiagnosis(await check(net.client, 'nowhere.test'), {
    code: 'name-not-found',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test('a name without any address', async () => {
  const net = await networkWith({ 'mail.test': {} });
  expectDiagnosis(await check(net.client, 'mail.test'), {
    code: 'name-no-address',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test('a name without an address of the family asked for', async () => {
  const net = await networkWith({ 'four.test': { a: [RESOLVER] } });
  expectDiagnosis(await check(net.client, 'four.test', '-6'), { code: 'name-no-address', verdict: 'fault' });
  expectDiagnosis(await check(net.client, 'four.test', '-4'), { code: 'reachable', verdict: 'healthy' });
});

test.each(['SERVFAIL', 'REFUSED'] as const)('a resolver that answers %s', async (rcode) => {
  const net = await networkWith({ 'web.test': { rcode } });
  const checked = await check(net.client, 'web.test');
  expectDiagnosis(checked, { code: 'resolver-failure', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.evidence.resolve?.servers).toMatchObject([{ address: RESOLVER, rcode }]);
});

test('a resolver that says nothing, asked at least twice', async () => {
  const net = await networkWith({ '*': { silent: true } });
  const checked = await check(net.client, 'web.test');
  expectDiagnosis(checked, { code: 'resolver-unreachable', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.evidence.resolve?.servers[0]?.sent).toBeGreaterThanOrEqual(2);
});

test('a resolver address where no name server runs', async () => {
  const net = await chain({ routers: 1, names: { resolvers: [RESOLVER] } });
  expectDiagnosis(await check(net.client, 'web.test'), { code: 'resolver-unreachable', verdict: 'fault' });
});

test('a late answer of a resolver is an answer', async () => {
  const net = await networkWith({ 'slow.test': { a: [RESOLVER], delayMs: 2500 } });
  expectDiagnosis(await check(net.client, 'slow.test'), { code: 'resolver-slow', verdict: 'degraded' });
});

test('a first query that is lost is asked again, whoever asked it', async () => {
  const net = await networkWith({ 'web.test': { a: [RESOLVER], ignoreFirst: 1 } });
  const checked = await check(net.client, 'web.test');
  const { code, confidence, alternatives } = checked.report.diagnosis;
  if (code === 'reachable') return;
  // The C library's own was the one: it waits for five seconds, once, and a single loss is not the resolver's for certain.
  expectDiagnosis(checked, { code: 'resolver-slow', verdict: 'degraded' });
  expect({ confidence, others: alternatives.map((other) => other.code) }).toMatchObject({
    confidence: 'likely',
    others: expect.arrayContaining(['packet-loss']),
  });
});

test('a second resolver answers where the first is silent, late', async () => {
  const net = await chain({ routers: 1, names: { resolvers: ['10.9.1.77', RESOLVER] } });
  await serve(net.server, { kind: 'dns', host: RESOLVER, zone: { 'web.test': { a: [RESOLVER] } } });
  expectDiagnosis(await check(net.client, 'web.test'), { code: 'resolver-slow', verdict: 'degraded' });
});

test('an answer too long for UDP is fetched over TCP', async () => {
  const net = await networkWith({ 'big.test': { a: [RESOLVER], garbage: 'truncated' } });
  expectDiagnosis(await check(net.client, 'big.test'), { code: 'reachable', verdict: 'healthy' });
});

test('a hosts file that gives another address than DNS is told beside the verdict', async () => {
  const net = await chain({ routers: 1, names: { resolvers: [RESOLVER], hosts: ['10.9.1.1 web.test'] } });
  await serve(net.server, { kind: 'dns', host: RESOLVER, zone: { 'web.test': { a: ['203.0.113.9'] } } });
  expectDiagnosis(await check(net.client, 'web.test'), {
    code: 'reachable',
    verdict: 'healthy',
    also: ['name-from-hosts-file'],
  });
});

test('a hosts file that agrees with DNS is nothing to tell', async () => {
  const net = await chain({ routers: 1, names: { resolvers: [RESOLVER], hosts: ['10.9.1.1 web.test'] } });
  await serve(net.server, { kind: 'dns', host: RESOLVER, zone: { 'web.test': { a: ['10.9.1.1'] } } });
  const { report } = await check(net.client, 'web.test');
  expect(report.findings.map(({ code }) => code)).not.toContain('name-from-hosts-file');
});

test('a name that cannot be resolved because the gateway is dead is the gateway', async () => {
  const net = await chain({ routers: 1, names: { resolvers: [RESOLVER] } });
  sh(net.router(1), 'ip addr flush dev eth0');
  expectDiagnosis(await check(net.client, 'web.test'), {
    code: 'gateway-unreachable',
    verdict: 'fault',
    where: { hop: 1, address: net.hop(1) },
  });
});

test('a name that cannot be resolved for want of a route', async () => {
  const net = await chain({ routers: 1, names: { resolvers: [RESOLVER] } });
  sh(net.client, 'ip route del default; ip -6 route del default');
  expectDiagnosis(await check(net.client, 'web.test'), { code: 'no-route', verdict: 'fault' });
});

test('a name that cannot be resolved for want of a network', async () => {
  const net = await chain({ routers: 1, names: { resolvers: [RESOLVER] } });
  sh(net.client, 'ip link set eth0 down');
  expectDiagnosis(await check(net.client, 'web.test'), { code: 'no-network', verdict: 'fault' });
});

test("this machine's own firewall keeps the query in", async () => {
  const net = await networkWith({ 'web.test': { a: [RESOLVER] } });
  filter(net.client, 'output', 'udp dport 53 drop', 'tcp dport 53 drop');
  expectDiagnosis(await check(net.client, 'web.test'), {
    code: 'local-firewall',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test('a name whose addresses all answer', async () => {
  const net = await networkWith({ 'two.test': { a: ['10.9.1.1', '10.9.1.50'] } });
  sh(net.server, 'ip addr add 10.9.1.50/24 dev eth0');
  expectDiagnosis(await check(net.client, 'two.test'), { code: 'reachable', verdict: 'healthy' });
});

test('a name of which one address answers and another does not', async () => {
  const net = await networkWith({ 'two.test': { a: ['10.9.1.1', '10.9.1.50'] } });
  await serve(net.server, { kind: 'tcp', host: '10.9.1.1', port: 80 });
  sh(net.server, 'ip addr add 10.9.1.50/24 dev eth0');
  const checked = await check(net.client, 'two.test:80');
  expectDiagnosis(checked, { code: 'partly-reachable', verdict: 'degraded', confidence: 'certain' });
  expect(checked.report.diagnosis.summary).toContain('10.9.1.50');
});

test('without a port, too: one address of a name is dead', async () => {
  const net = await networkWith({ 'two.test': { a: ['10.9.1.1', '10.9.1.99'] } });
  expectDiagnosis(await check(net.client, 'two.test'), { code: 'partly-reachable', verdict: 'degraded' });
});

test.each([
  [6, 'ipv6-broken'],
  [4, 'ipv4-broken'],
] as const)('a name with both families of which IPv%i does not work', async (family, code) => {
  const net = await networkWith({ 'dual.test': { a: ['10.9.1.50'], aaaa: ['fd09:0:0:2::1'] } });
  sh(net.server, 'ip addr add 10.9.1.50/24 dev eth0');
  await serve(net.server, { kind: 'tcp', host: '::', port: 80 });
  // Neighbour discovery and the name server have to go on.
  filter(net.router(1), 'forward', family === 6 ? 'ip6 daddr fd09:0:0:2::1 drop' : 'ip daddr 10.9.1.50 drop');
  expectDiagnosis(await check(net.client, 'dual.test:80'), { code, verdict: 'degraded' });
});

test('a machine without IPv6 is not broken by a name that has both families', async () => {
  const net = await chain({ routers: 1, families: [4], names: { resolvers: [RESOLVER] } });
  await serve(net.server, {
    kind: 'dns',
    host: RESOLVER,
    zone: { 'dual.test': { a: [RESOLVER], aaaa: ['2001:db8::1'] } },
  });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 80 });
  expectDiagnosis(await check(net.client, 'dual.test'), { code: 'reachable', verdict: 'healthy' });
  const withPort = await check(net.client, 'dual.test:80');
  expectDiagnosis(withPort, { code: 'port-open', verdict: 'healthy' });
  expect(withPort.report.findings.map(({ code }) => code)).not.toContain('ipv6-broken');
});

test.each(['noise', 'short', 'pointer-loop', 'wrong-id', 'wrong-question'] as const)(
  'a resolver that answers with garbage (%s) has not answered',
  async (garbage) => {
    const net = await networkWith({ 'web.test': { a: [RESOLVER], garbage } });
    expectDiagnosis(await check(net.client, 'web.test'), { code: 'resolver-unreachable', verdict: 'fault' });
  },
);

test('a forged answer that comes first does not count', async () => {
  const net = await networkWith({ 'web.test': { a: [RESOLVER], garbage: 'forged-first' } });
  const checked = await check(net.client, 'web.test');
  expectDiagnosis(checked, { code: 'reachable', verdict: 'healthy' });
  expect(checked.report.target.address).toBe(RESOLVER);
});
