import { expect, test } from 'vitest';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { filter } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const PLACES = [
  [4, 0],
  [6, 0],
  [4, 1],
  [4, 5],
  [6, 5],
] as const;

function portOf(net: Chain, family: Family, port: number): string {
  return family === 4 ? `${net.target(4)}:${port}` : `[${net.target(6)}]:${port}`;
}

test.each(PLACES)('IPv%i behind %i routers: an open port', async (family, routers) => {
  const net = await chain({ routers });
  await serve(net.server, { kind: 'tcp', host: '::', port: 80 });
  const checked = await check(net.client, portOf(net, family, 80));
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
  expect(checked.report.findings).toHaveLength(1);
});

test.each(PLACES)('IPv%i behind %i routers: a closed port', async (family, routers) => {
  const net = await chain({ routers });
  const checked = await check(net.client, portOf(net, family, 81));
  expectDiagnosis(checked, { code: 'port-closed', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.evidence.connect?.attempts[0]).toMatchObject({ state: 'closed', error: 'ECONNREFUSED' });
  expect(checked.report.notChecked).toContainEqual({ code: 'not-listening', reason: 'no-vantage' });
});

test.each(PLACES)('IPv%i behind %i routers: a port that is filtered', async (family, routers) => {
  const net = await chain({ routers });
  filter(net.server, 'input', 'tcp dport 81 drop');
  const checked = await check(net.client, portOf(net, family, 81));
  expectDiagnosis(checked, { code: 'port-filtered', verdict: 'fault' });
  expect(checked.report.evidence.connect?.attempts[0]?.state).toBe('filtered');
});

test('a filtered port of a host that answers no echo', async () => {
  const net = await chain({ routers: 1 });
  filter(net.server, 'input', 'tcp dport 81 drop', 'icmp type echo-request drop');
  expectDiagnosis(await check(net.client, portOf(net, 4, 81)), { code: 'port-filtered', verdict: 'fault' });
});

test.each([
  [4, 'icmp type port-unreachable'],
  [6, 'icmpv6 type port-unreachable'],
  [4, 'icmp type admin-prohibited'],
  [6, 'icmpv6 type admin-prohibited'],
] as const)('IPv%i: the target rejects the connection with %s', async (family, word) => {
  const net = await chain({ routers: 1 });
  filter(net.server, 'input', `meta nfproto ipv${family} tcp dport 81 reject with ${word}`);
  const checked = await check(net.client, portOf(net, family, 81));
  expectDiagnosis(checked, { code: 'port-rejected', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.diagnosis.where?.address).toBe(net.target(family));
});

test.each([4, 6] as const)('IPv%i: a router rejects the connection and is named', async (family) => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'tcp dport 81 reject with icmpx type admin-prohibited');
  const checked = await check(net.client, portOf(net, family, 81));
  expectDiagnosis(checked, { code: 'port-rejected', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.diagnosis.where?.address).toBe(net.hop(3, family));
  expect([3, null]).toContain(checked.report.diagnosis.where?.hop);
});

test('a router that resets the connection looks like a closed port', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'tcp dport 81 reject with tcp reset');
  expectDiagnosis(await check(net.client, portOf(net, 4, 81)), { code: 'port-closed', verdict: 'fault' });
});

test.each(['close', 'reset'] as const)('a service that accepts, then does %s at once', async (does) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 80, does });
  for (const family of [4, 6] as const) {
    const checked = await check(net.client, portOf(net, family, 80));
    expectDiagnosis(checked, { code: 'connection-dropped', verdict: 'degraded' });
    expect(checked.report.evidence.connect?.attempts[0]?.dropped).toBe(does === 'close' ? 'closed' : 'reset');
  }
});

test('a service that greets is open', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 25, does: 'greet' });
  expectDiagnosis(await check(net.client, `${net.target()}:smtp`), { code: 'port-open', verdict: 'healthy' });
});

test('a full accept queue, seen from outside, is a filtered port and no more', async () => {
  const net = await chain({ routers: 0 });
  const services = await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 80, backlog: 1 });
  services.freeze();
  await serve(net.client, { kind: 'clients', host: net.target(), port: 80, count: 2 });
  expectDiagnosis(await check(net.client, portOf(net, 4, 80)), { code: 'port-filtered', verdict: 'fault' });
});
