import { expect, test } from 'vitest';
import type { IcmpError, IcmpErrorKind } from '../../../src/domain/icmp-error.ts';
import type { Seen } from '../../../src/system/connect/verdict.ts';
import { endingOf } from '../../../src/system/connect/verdict.ts';

const TARGET = '10.0.0.5';
const ROUTER = '10.0.0.1';
const HERE = '10.0.0.2';

function icmp(kind: IcmpErrorKind, from = ROUTER): IcmpError {
  return { kind, from, type: 3, code: 0 };
}

function seen(rest: Partial<Seen>): Seen {
  const nothing = { protocol: 'tcp', address: TARGET, errno: null, heard: null, routeRefusal: null } as const;
  return { ...nothing, owns: (address) => address === HERE, ...rest };
}

test.each<[string, Partial<Seen>, string]>([
  ['silence', {}, 'filtered'],
  ['the time-out of the kernel', { errno: 'ETIMEDOUT' }, 'filtered'],
  ['a refusal without an ICMP error', { errno: 'ECONNREFUSED' }, 'closed'],
  ['a refusal with one', { errno: 'ECONNREFUSED', heard: icmp('port-unreachable') }, 'rejected'],
  ['an RST after a hint', { errno: 'ECONNREFUSED', heard: icmp('host-unreachable') }, 'closed'],
  ['a prohibition', { errno: 'EHOSTUNREACH', heard: icmp('prohibited') }, 'rejected'],
  ['a prohibition that the kernel has not told yet', { heard: icmp('prohibited') }, 'rejected'],
  ['protocol unreachable', { errno: 'ENOPROTOOPT', heard: icmp('protocol-unreachable') }, 'rejected'],
  ['host unreachable', { errno: 'EHOSTUNREACH', heard: icmp('host-unreachable') }, 'unreachable'],
  ['network unreachable', { errno: 'ENETUNREACH', heard: icmp('network-unreachable') }, 'unreachable'],
  ['a hop limit that ran out', { errno: 'EHOSTUNREACH', heard: icmp('time-exceeded') }, 'unreachable'],
  ['an unreachable that nobody heard', { errno: 'EHOSTUNREACH' }, 'unreachable'],
  ['an IPv6 prohibition that nobody heard', { errno: 'EACCES', address: '2001:db8::9' }, 'rejected'],
  ['a prohibit route for TCP alone', { errno: 'EACCES' }, 'local-error'],
  ['a route of this machine that refuses', { errno: 'EACCES', routeRefusal: 'EACCES' }, 'local-error'],
  ['no route here', { errno: 'ENETUNREACH', routeRefusal: 'ENETUNREACH' }, 'local-error'],
  ['no port left', { errno: 'EADDRNOTAVAIL' }, 'local-error'],
  ['a black hole route', { errno: 'EINVAL' }, 'local-error'],
  ['a reset that overtook the news of the connection', { errno: 'ECONNRESET' }, 'open'],
])('TCP: %s', (_name, rest, state) => {
  expect(endingOf(seen(rest)).state).toBe(state);
});

test.each<[string, Partial<Seen>, string]>([
  ['silence', {}, 'filtered'],
  ['port unreachable from the target', { heard: icmp('port-unreachable', TARGET) }, 'closed'],
  ['port unreachable from a router', { heard: icmp('port-unreachable') }, 'rejected'],
  ['port unreachable that nobody heard', { errno: 'ECONNREFUSED' }, 'closed'],
  ['a prohibition', { heard: icmp('prohibited') }, 'rejected'],
  ['a prohibition that nobody heard', { errno: 'EHOSTUNREACH' }, 'rejected'],
  ['host unreachable', { heard: icmp('host-unreachable') }, 'unreachable'],
])('UDP: %s', (_name, rest, state) => {
  expect(endingOf(seen({ protocol: 'udp', ...rest })).state).toBe(state);
});

test('the ICMP error is kept as it was heard', () => {
  const heard = icmp('prohibited');
  expect(endingOf(seen({ errno: 'EHOSTUNREACH', heard }))).toEqual({
    state: 'rejected',
    error: 'EHOSTUNREACH',
    icmp: heard,
    dropped: null,
  });
});

test('an early reset is an open port that dropped the connection', () => {
  expect(endingOf(seen({ errno: 'ECONNRESET' }))).toEqual({ state: 'open', error: null, icmp: null, dropped: 'reset' });
});

test.each<[IcmpErrorKind, string]>([
  ['port-unreachable', 'ECONNREFUSED'],
  ['prohibited', 'EHOSTUNREACH'],
  ['network-unreachable', 'ENETUNREACH'],
])('%s in the name of this machine is its own firewall', (kind, errno) => {
  const heard = icmp(kind, HERE);
  expect(endingOf(seen({ errno, heard }))).toMatchObject({ state: 'local-error', error: 'EPERM', icmp: heard });
});

test('host unreachable in the name of this machine is a neighbour that does not answer', () => {
  const heard = icmp('host-unreachable', HERE);
  expect(endingOf(seen({ errno: 'EHOSTUNREACH', heard })).state).toBe('unreachable');
});

test('a rejection by this machine of what was meant for itself is no refusal to send', () => {
  const heard = icmp('port-unreachable', HERE);
  expect(endingOf(seen({ address: HERE, errno: 'ECONNREFUSED', heard })).state).toBe('rejected');
});

test('the sender is recognised although a raw socket loses the zone', () => {
  const heard = icmp('port-unreachable', 'fe80::5');
  expect(endingOf(seen({ protocol: 'udp', address: 'fe80::5%eth0', heard })).state).toBe('closed');
});
