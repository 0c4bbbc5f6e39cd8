import { expect, test } from 'vitest';
import { readSockets } from '../../src/analysis/sockets.ts';
import type { Listener } from '../../src/domain/evidence.ts';
import type { SocketsEvidence } from '../../src/evidence/sockets.ts';

const PORT = 5432;

function listener(address: string, rest: Partial<Listener> = {}): Listener {
  const family = address.includes(':') ? 6 : 4;
  const unknown = { process: null, pid: null, acceptQueue: null, backlog: null };
  return { protocol: 'tcp', family, address, port: PORT, v6Only: family === 6 ? false : null, ...unknown, ...rest };
}

function evidence(listening: readonly Listener[], rest: Partial<SocketsEvidence> = {}): SocketsEvidence {
  const timed = { startedAt: '', durationMs: 1, equivalent: '' };
  return { ...timed, host: 'local', listening, ownsTarget: true, gaps: [], ...rest };
}

const v4 = {
  address: '10.0.0.5',
  family: 4,
  port: PORT,
  protocol: 'tcp',
  attempt: null,
  isLocal: false,
  ending: null,
} as const;
const v6 = {
  address: '2001:db8::5',
  family: 6,
  port: PORT,
  protocol: 'tcp',
  attempt: null,
  isLocal: false,
  ending: null,
} as const;
const loopback = { ...v4, address: '127.0.0.1' } as const;

test.each([
  ['nothing at the port', v4, [listener('0.0.0.0', { port: 80 })], 'not-listening'],
  ['only the other transport', v4, [listener('0.0.0.0', { protocol: 'udp' })], 'not-listening'],
  ['the very address', v4, [listener('10.0.0.5')], 'listening'],
  ['all IPv4 addresses', v4, [listener('0.0.0.0')], 'listening'],
  ['all addresses of both families, asked over IPv4', v4, [listener('::')], 'listening'],
  ['all addresses of both families, asked over IPv6', v6, [listener('::')], 'listening'],
  ['all IPv6 addresses, asked over IPv4', v4, [listener('::', { v6Only: true })], 'other-family'],
  ['all IPv6 addresses, asked over IPv6', v6, [listener('::', { v6Only: true })], 'listening'],
  ['all IPv4 addresses, asked over IPv6', v6, [listener('0.0.0.0')], 'other-family'],
  ['one IPv6 address, asked over IPv4', v4, [listener('2001:db8::5')], 'other-family'],
  ['another address', v4, [listener('10.0.0.6')], 'other-address'],
  ['loopback', v4, [listener('127.0.0.1')], 'loopback-only'],
  ['both loopbacks', v6, [listener('127.0.0.1'), listener('::1')], 'loopback-only'],
  ['the other family of loopback', v4, [listener('::1')], 'loopback-only'],
  ['loopback, and loopback is asked', loopback, [listener('127.0.0.1')], 'listening'],
  ['another loopback than the asked one', loopback, [listener('127.0.0.2')], 'other-address'],
  ['the other loopback than the asked one', loopback, [listener('::1')], 'other-family'],
  ['an outer address, and loopback is asked', loopback, [listener('10.0.0.5')], 'other-address'],
  ['loopback and another address', v4, [listener('127.0.0.1'), listener('10.0.0.6')], 'other-address'],
  ['loopback and the other family', v4, [listener('127.0.0.1'), listener('::', { v6Only: true })], 'other-family'],
] as const)('a listener on %s', (_name, context, listening, outcome) => {
  expect(readSockets(evidence(listening), context)).toEqual({ outcome, where: null, confidence: 'certain' });
});

test('a queue that holds one more than its limit is full', () => {
  const full = listener('0.0.0.0', { acceptQueue: 2, backlog: 1 });
  const atLimit = listener('0.0.0.0', { acceptQueue: 1, backlog: 1 });
  expect(readSockets(evidence([full]), v4)).toMatchObject({ outcome: 'queue-full', confidence: 'certain' });
  // A kernel whose queue is full keeps silent.
  expect(readSockets(evidence([full]), { ...v4, attempt: 'refused' }).outcome).toBe('listening');
  expect(readSockets(evidence([atLimit]), v4).outcome).toBe('listening');
});

test('the socket on the very address takes the connection, not the one on all addresses', () => {
  const wildcard = listener('0.0.0.0', { acceptQueue: 2, backlog: 1 });
  const exact = listener('10.0.0.5', { acceptQueue: 0, backlog: 128 });
  expect(readSockets(evidence([wildcard, exact]), v4).outcome).toBe('listening');
});

test('one full queue among sockets that share the port is no certainty', () => {
  const full = listener('0.0.0.0', { acceptQueue: 2, backlog: 1 });
  const free = listener('0.0.0.0', { acceptQueue: 0, backlog: 1 });
  expect(readSockets(evidence([full, free]), v4)).toMatchObject({ outcome: 'queue-full', confidence: 'likely' });
});

test('an IPv6 socket of unknown kind probably takes IPv4', () => {
  expect(readSockets(evidence([listener('::', { v6Only: null })]), v4)).toMatchObject({
    outcome: 'listening',
    confidence: 'likely',
  });
});

test('a machine that does not own the address proves less', () => {
  expect(readSockets(evidence([], { ownsTarget: false }), v4)).toMatchObject({
    outcome: 'not-listening',
    confidence: 'likely',
  });
});

test('a link-local listener is recognised without its zone', () => {
  const context = { ...v6, address: 'fe80::1%eth0' };
  expect(readSockets(evidence([listener('fe80::1')]), context).outcome).toBe('listening');
});

test('a machine that nobody looked at is no negative result', () => {
  expect(readSockets(undefined, v4).outcome).toBe('no-vantage');
});

test.each([
  ['not-permitted', 'not-permitted'],
  ['not-answered', 'no-vantage'],
  ['not-installed', 'no-vantage'],
] as const)('sockets that could not be seen (%s) are no empty table', (reason, outcome) => {
  const unseen = { listening: null, unavailable: { reason, obstacles: [] } };
  expect(readSockets(evidence([], unseen), v4).outcome).toBe(outcome);
});

test('a refusal by a host whose only listener is an IPv6 socket that may take IPv4 tells that it does not', () => {
  const unknown = listener('::', { v6Only: null });
  const refused = { ...v4, attempt: 'refused' } as const;
  expect(readSockets(evidence([unknown]), refused)).toMatchObject({ outcome: 'other-family', confidence: 'likely' });
  expect(readSockets(evidence([unknown]), v4)).toMatchObject({ outcome: 'listening', confidence: 'likely' });
  expect(readSockets(evidence([listener('::')]), refused)).toMatchObject({ outcome: 'listening' });
  expect(readSockets(evidence([unknown]), { ...refused, ...v6, attempt: 'refused' })).toMatchObject({
    outcome: 'listening',
    confidence: 'certain',
  });
});

const silent = { ...v4, attempt: 'silent' } as const;

test.each([
  ['the limit is not known, and some wait', { acceptQueue: 4 }, undefined, 'queue-full', 'likely'],
  ['the limit is not known, some wait, and others were turned away', { acceptQueue: 4 }, 3, 'queue-full', 'likely'],
  ['the limit is not known, and nobody was ever turned away', { acceptQueue: 4 }, 0, 'listening', 'certain'],
  ['nothing is known of the queue', {}, undefined, 'listening', 'likely'],
  ['the limit is not known, and nobody waits', { acceptQueue: 0 }, undefined, 'listening', 'certain'],
  ['there is room', { acceptQueue: 4, backlog: 128 }, 3, 'listening', 'certain'],
] as const)('a silent port of which %s', (_, queue, overflows, outcome, confidence) => {
  const counted = overflows === undefined ? {} : { listenOverflows: overflows };
  const found = readSockets(evidence([listener('0.0.0.0', queue)], counted), silent);
  expect(found).toMatchObject({ outcome, confidence });
});

test('a queue says nothing of a port that refuses, and a datagram needs none', () => {
  const waiting = listener('0.0.0.0', { acceptQueue: 4 });
  const refused = { ...v4, attempt: 'refused' } as const;
  expect(readSockets(evidence([waiting]), refused)).toMatchObject({ outcome: 'listening', confidence: 'certain' });
  const datagrams = listener('0.0.0.0', { protocol: 'udp' });
  const asked = { ...silent, protocol: 'udp' } as const;
  expect(readSockets(evidence([datagrams]), asked)).toMatchObject({ outcome: 'listening', confidence: 'certain' });
});

const eth1 = listener('0.0.0.0', { interface: 'eth1' });
const refused = { ...v4, attempt: 'refused' } as const;
const atHome = { ...v4, isLocal: true, ending: null } as const;

test.each([
  ['to another interface', [eth1], ['eth0'], refused, 'other-address', 'certain'],
  ['to another interface, and silent', [eth1], ['eth0'], silent, 'other-address', 'certain'],
  ['to the interface of the address', [eth1], ['eth1'], silent, 'listening', 'likely'],
  ['to the VRF of the interface of the address', [eth1], ['eth0', 'eth1'], refused, 'listening', 'certain'],
  ['to one interface, and which has the address is not known', [eth1], undefined, refused, 'other-address', 'likely'],
  ['to another interface beside one on all', [eth1, listener('0.0.0.0')], ['eth0'], refused, 'listening', 'certain'],
  ['to another interface, and this machine asks itself', [eth1], ['eth1'], atHome, 'other-address', 'certain'],
  ['to lo', [listener('0.0.0.0', { interface: 'lo' })], ['eth0'], refused, 'loopback-only', 'certain'],
  [
    'to lo, and this machine asks itself',
    [listener('0.0.0.0', { interface: 'lo' })],
    [],
    atHome,
    'listening',
    'certain',
  ],
  [
    'to another interface, for IPv6 alone',
    [listener('::', { v6Only: true, interface: 'eth1' })],
    ['eth0'],
    refused,
    'other-family',
    'certain',
  ],
] as const)('a listener that is bound %s', (_, listening, interfaces, context, outcome, confidence) => {
  const known = interfaces === undefined ? {} : { targetInterfaces: interfaces };
  expect(readSockets(evidence(listening, known), context)).toMatchObject({ outcome, confidence });
});

test.each([
  ['docker-proxy', 'failed', 'forwarded'],
  ['docker-proxy', 'open', 'listening'],
  ['docker-proxy', null, 'listening'],
  ['socat', 'failed', 'listening'],
  ['socat', 'dropped', 'forwarded'],
  ['nginx', 'dropped', 'listening'],
] as const)('a listener of %s, and the attempt ended as %s: %s', (process, ending, outcome) => {
  expect(readSockets(evidence([listener('0.0.0.0', { process })]), { ...v4, ending }).outcome).toBe(outcome);
});
