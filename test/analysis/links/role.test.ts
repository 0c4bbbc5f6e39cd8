import { expect, test } from 'vitest';
import { readLink } from '../../../src/analysis/link.ts';
import { conflictOf } from '../../../src/analysis/links/conflict.ts';
import { isSentApart, policyRuleOf } from '../../../src/analysis/links/policy.ts';
import { linkRole } from '../../../src/analysis/links/role.ts';
import type { RouteLink } from '../../../src/domain/links.ts';
import type { RouteEvidence } from '../../../src/evidence/route.ts';
import { ROUTE_BY_GATEWAY, ROUTE_ON_LINK } from '../route-evidence.ts';

const link = (kind: string | null, more: Partial<RouteLink> = {}): RouteLink => ({
  kind,
  hasNeighbours: true,
  leadsOut: false,
  sentPackets: 20,
  receivedPackets: 0,
  ...more,
});
const onLink = (kind: string | null, more: Partial<RouteLink> = {}): RouteEvidence => ({
  ...ROUTE_ON_LINK,
  link: link(kind, more),
});

test.each([
  ['hardware', onLink(null, { leadsOut: true }), 'link'],
  ['a modem', onLink(null, { hasNeighbours: false }), 'link'],
  ['a bridge of containers', onLink('bridge'), 'own-network'],
  ['a bridge with a network card', onLink('bridge', { leadsOut: true }), 'link'],
  ['a pair to a container', onLink('veth'), 'own-network'],
  ['WireGuard', onLink('wireguard', { hasNeighbours: false }), 'tunnel'],
  ['a kind nobody knows yet', onLink('newvpn', { hasNeighbours: false }), 'tunnel'],
  ['VXLAN', onLink('vxlan'), 'tunnel'],
  ['a VLAN', onLink('vlan', { leadsOut: true }), 'link'],
  ['a tap of a virtual machine', { ...onLink('tun'), network: '172.18.0.0/16' }, 'own-network'],
  ['a tap that takes everything', { ...onLink('tun'), network: '0.0.0.0/1' }, 'tunnel'],
  ['a tap with a gateway', { ...ROUTE_BY_GATEWAY, link: link('tun') }, 'tunnel'],
  ['nothing known', ROUTE_ON_LINK, null],
] as const)('%s', (_, route, role) => {
  expect(linkRole(route)).toBe(role);
});

test('a tunnel is silent where packets left, none came, and nobody was heard', () => {
  const route = onLink('tun', { hasNeighbours: false });
  expect(readLink({ route })).toMatchObject({ outcome: 'tunnel-silent', where: { hop: 0, address: route.source } });
  const outcomeWith = (more: Partial<RouteLink>) =>
    readLink({ route: onLink('tun', { hasNeighbours: false, ...more }) }).outcome;
  expect(outcomeWith({ receivedPackets: 1 })).toBe('unknown');
  expect(outcomeWith({ sentPackets: 0 })).toBe('unknown');
  expect(outcomeWith({ receivedPackets: null })).toBe('unknown');
});

test('a network of this machine covers an address only where another route would lead there', () => {
  const route: RouteEvidence = { ...onLink('bridge'), neighbour: 'failed' };
  const without = { interface: 'eth0', gateway: '10.0.0.1' };
  expect(readLink({ route }).outcome).toBe('target-failed');
  expect(readLink({ route: { ...route, without } }).outcome).toBe('own-network');
  expect(readLink({ route: { ...route, without, neighbour: 'reachable' } }).outcome).toBe('answers');
  expect(readLink({ route: { ...route, without, link: link('bridge', { leadsOut: true }) } }).outcome).toBe(
    'target-failed',
  );
});

test('another machine with this one’s address is a conflict, one with the target’s is the target', () => {
  const claims = (of: 'own' | 'target', ...linkAddresses: readonly string[]) =>
    conflictOf({ ...ROUTE_ON_LINK, claims: [{ address: '10.0.0.7', of, linkAddresses }] });
  expect(claims('own', '02:00:00:00:00:01')?.of).toBe('own');
  expect(claims('own')).toBeNull();
  expect(claims('target', '02:00:00:00:00:01')).toBeNull();
  expect(claims('target', '02:00:00:00:00:01', '02:00:00:00:00:02')?.of).toBe('target');
});

test('a table that every machine has is no rule of its own', () => {
  const rule = (table: string) => ({ priority: 9, selector: 'from all', table });
  expect(policyRuleOf({ ...ROUTE_BY_GATEWAY, rule: rule('main') })).toBeNull();
  expect(policyRuleOf({ ...ROUTE_BY_GATEWAY, rule: rule('main'), boundRule: rule('200') })?.table).toBe('200');
  expect(isSentApart(ROUTE_BY_GATEWAY)).toBe(false);
  expect(isSentApart({ ...ROUTE_BY_GATEWAY, neighbour: 'permanent' })).toBe(true);
  expect(isSentApart({ ...ROUTE_BY_GATEWAY, sourceInterface: 'eth1' })).toBe(true);
});
