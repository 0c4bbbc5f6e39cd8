import { expect, test } from 'vitest';
import { decide, type Flow, ruleInto, selectorOf } from '../../../../src/system/host/links/policy.ts';
import type { FibRoute } from '../../../../src/system/host/links/routes.ts';
import type { PolicyRule } from '../../../../src/system/host/links/rules.ts';

const RULE: PolicyRule = {
  priority: 32_766,
  action: 'lookup',
  table: 254,
  goto: null,
  to: null,
  from: null,
  mark: null,
  iif: null,
  oif: null,
  uids: null,
  tos: 0,
  isNarrower: false,
  isInverted: false,
  suppressed: null,
};
const LOCAL: PolicyRule = { ...RULE, priority: 0, table: 255 };

const route = (to: string | null, device: number, more: Partial<FibRoute> = {}): FibRoute => {
  const [address = '', bits = '0'] = to?.split('/') ?? [];
  const network = to === null ? null : { address, bits: Number(bits) };
  return {
    table: 254,
    to: network,
    type: 'unicast',
    hops: [{ device, gateway: null }],
    metric: 0,
    isDead: false,
    ...more,
  };
};

const to = (address: string, more: Partial<Flow> = {}): Flow => ({ to: address, from: null, uid: 1000, ...more });
const deviceOf = (
  rules: readonly PolicyRule[],
  routes: readonly FibRoute[],
  flow: Flow,
  without: number | null = null,
) => decide(rules, routes, flow, without)?.route.hops[0]?.device ?? null;

test('the most exact route of a table wins, then the lowest metric', () => {
  const routes = [route(null, 1), route('10.0.0.0/8', 2, { metric: 9 }), route('10.0.0.0/8', 3, { metric: 5 })];
  expect(deviceOf([LOCAL, RULE], routes, to('10.1.1.1'))).toBe(3);
  expect(deviceOf([LOCAL, RULE], routes, to('192.0.2.1'))).toBe(1);
});

test('without its interface the next best way is taken, and what is for this machine itself is none', () => {
  const own = route('172.18.0.1/32', 2, { table: 255, type: 'own' });
  const routes = [own, route('172.18.0.0/16', 2), route(null, 1)];
  expect(deviceOf([LOCAL, RULE], routes, to('172.18.5.20'))).toBe(2);
  expect(deviceOf([LOCAL, RULE], routes, to('172.18.5.20'), 2)).toBe(1);
  expect(deviceOf([LOCAL, RULE], [route('172.18.0.0/16', 2)], to('172.18.5.20'), 2)).toBeNull();
});

test('a rule that comes first decides, whatever the main table has', () => {
  const rule = { ...RULE, priority: 100, table: 200, to: { address: '203.0.113.0', bits: 24 } };
  const routes = [route('203.0.113.9/32', 1), route(null, 7, { table: 200 })];
  expect(deviceOf([RULE, rule], routes, to('203.0.113.9'))).toBe(7);
  expect(deviceOf([RULE, rule], routes, to('198.51.100.1'))).toBeNull();
  expect(deviceOf([RULE, rule], [route(null, 1)], to('203.0.113.9'))).toBe(1);
});

test("wg-quick's rules: the main table without its default route, then the tunnel's for packets without its mark", () => {
  const main = { ...RULE, priority: 100, suppressed: 0 };
  const tunnel = {
    ...RULE,
    priority: 101,
    table: 51_820,
    mark: { value: 51_820, mask: 0xffff_ffff },
    isInverted: true,
  };
  const routes = [route(null, 1), route('10.0.0.0/8', 2), route(null, 9, { table: 51_820 })];
  expect(deviceOf([main, tunnel, RULE], routes, to('10.1.1.1'))).toBe(2);
  expect(deviceOf([main, tunnel, RULE], routes, to('192.0.2.1'))).toBe(9);
  expect(deviceOf([main, tunnel, RULE], routes, to('192.0.2.1'), 9)).toBe(1);
  expect(selectorOf(tunnel)).toBe('not from all fwmark 0xca6c');
});

test.each([
  ['a source that is not chosen yet', { from: { address: '10.9.0.0', bits: 16 } }],
  ['another user', { uids: { first: 0, last: 0 } }],
  ['what comes by an interface', { iif: 'eth0' }],
  ['a mark', { mark: { value: 1, mask: 0xff } }],
  ['a protocol', { isNarrower: true }],
])('a rule for %s takes no packet of this machine', (_, condition) => {
  const rule = { ...RULE, priority: 1, table: 200, ...condition };
  expect(deviceOf([rule, RULE], [route(null, 7, { table: 200 }), route(null, 1)], to('192.0.2.1'))).toBe(1);
});

test('a source that is chosen is matched', () => {
  const rule = { ...RULE, priority: 1, table: 200, from: { address: '10.9.0.0', bits: 16 } };
  const flow = to('192.0.2.1', { from: '10.9.0.2' });
  expect(ruleInto(200, [rule, RULE], flow)).toBe(rule);
  expect(selectorOf(rule)).toBe('from 10.9.0.0/16');
  expect(ruleInto(200, [rule, RULE], to('192.0.2.1'))).toBeNull();
});

test.each(['refused', 'throw'] as const)('a %s route', (type) => {
  const rule = { ...RULE, priority: 1, table: 200 };
  const routes = [route(null, 7, { table: 200, type }), route(null, 1)];
  expect(deviceOf([rule, RULE], routes, to('192.0.2.1'))).toBe(type === 'throw' ? 1 : null);
});

test('a jump leaves out the rules between', () => {
  const jump = { ...RULE, priority: 1, action: 'goto' as const, goto: 100 };
  const left = { ...RULE, priority: 50, table: 200 };
  const routes = [route(null, 7, { table: 200 }), route(null, 1)];
  expect(deviceOf([jump, left, RULE], routes, to('192.0.2.1'))).toBe(1);
});
