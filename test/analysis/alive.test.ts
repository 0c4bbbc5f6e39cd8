import { expect, test } from 'vitest';
import { proofOf, readAlive } from '../../src/analysis/alive.ts';
import type { ConnectAttempt } from '../../src/domain/evidence.ts';

const V4 = '10.0.0.5';
const OTHER_V4 = '10.0.0.6';
const V6 = '2001:db8::5';

function attempt(state: ConnectAttempt['state'], rest: Partial<ConnectAttempt> = {}): ConnectAttempt {
  return { address: V4, port: 22, protocol: 'tcp', state, ms: 1, error: null, icmp: null, dropped: null, ...rest };
}

const context = { askedPort: null, addresses: [V4], echoed: [], usableFamilies: [4, 6] } as const;

test('any proof of life answers for the address', () => {
  expect(readAlive([attempt('filtered'), attempt('closed', { port: 80 })], context).outcome).toBe('answers');
});

test('silence at every port is silence', () => {
  expect(readAlive([attempt('filtered'), attempt('filtered', { port: 80 })], context).outcome).toBe('silent');
});

test('what other machines say in its place leaves the host silent', () => {
  const icmp = { kind: 'prohibited', from: '10.0.0.1', type: 3, code: 13 } as const;
  expect(readAlive([attempt('rejected', { icmp })], context).outcome).toBe('silent');
});

test('where nothing left this machine, nothing is known', () => {
  expect(readAlive([], context).outcome).toBe('unavailable');
  expect(readAlive([attempt('local-error', { error: 'ENETUNREACH' })], context).outcome).toBe('unavailable');
});

test('a datagram that this machine refuses to send tells of its firewall, unless anything got through', () => {
  const refused = attempt('local-error', { error: 'EPERM', protocol: 'udp' });
  expect(readAlive([attempt('filtered'), refused], context)).toMatchObject({ outcome: 'blocked', where: { hop: 0 } });
  expect(readAlive([attempt('closed'), refused], context).outcome).toBe('answers');
});

test('an address that answered an echo is up without any port', () => {
  const addresses = [V4, OTHER_V4];
  const silent = attempt('filtered', { address: OTHER_V4 });
  expect(readAlive([silent], { ...context, addresses, echoed: [V4] }).outcome).toBe('partly');
});

test('one family that is up beside one that is not is a broken family', () => {
  const addresses = [V4, V6];
  const v6Silent = [attempt('open'), attempt('filtered', { address: V6 })];
  const v4Silent = [attempt('filtered'), attempt('open', { address: V6 })];
  expect(readAlive(v6Silent, { ...context, addresses }).outcome).toBe('ipv6-broken');
  expect(readAlive(v4Silent, { ...context, addresses }).outcome).toBe('ipv4-broken');
});

test('a family that this machine cannot use breaks nothing', () => {
  const attempts = [attempt('open'), attempt('filtered', { address: V6 })];
  const onlyV4 = { ...context, addresses: [V4, V6], usableFamilies: [4] as const };
  expect(readAlive(attempts, onlyV4).outcome).toBe('answers');
});

test('an address that nobody asked is not counted as down', () => {
  expect(readAlive([attempt('open')], { ...context, addresses: [V4, OTHER_V4] }).outcome).toBe('answers');
});

test('an accepted connection is the better proof', () => {
  const open = attempt('open', { port: 443 });
  expect(proofOf([attempt('closed'), open], V4)).toBe(open);
  expect(proofOf([open], OTHER_V4)).toBeNull();
});
