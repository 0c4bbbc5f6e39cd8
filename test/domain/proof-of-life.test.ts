import { expect, test } from 'vitest';
import type { ConnectAttempt } from '../../src/domain/evidence.ts';
import type { IcmpError } from '../../src/domain/icmp-error.ts';
import { isProofOfLife } from '../../src/domain/proof-of-life.ts';

const TARGET = '10.0.0.5';
const ROUTER = '10.0.0.1';

function unreachable(from: string): IcmpError {
  return { kind: 'port-unreachable', from, type: 3, code: 3 };
}

function prohibited(from: string): IcmpError {
  return { kind: 'prohibited', from, type: 3, code: 13 };
}

test.each<[string, 'tcp' | 'udp', ConnectAttempt['state'], IcmpError | null, boolean]>([
  ['a SYN-ACK', 'tcp', 'open', null, true],
  ['a UDP answer', 'udp', 'open', null, true],
  ['an RST', 'tcp', 'closed', null, true],
  ['port unreachable to a datagram, said by the address itself', 'udp', 'closed', unreachable(TARGET), true],
  ['port unreachable to a datagram, sender unknown', 'udp', 'closed', null, false],
  ['port unreachable to a SYN, said by the address itself', 'tcp', 'rejected', unreachable(TARGET), true],
  ['port unreachable, said by a router', 'tcp', 'rejected', unreachable(ROUTER), false],
  ['a prohibition, said by a router', 'tcp', 'rejected', prohibited(ROUTER), false],
  ['a prohibition in the name of the address', 'tcp', 'rejected', prohibited(TARGET), false],
  ['silence', 'tcp', 'filtered', null, false],
  ['a refusal of this machine', 'tcp', 'local-error', null, false],
])('%s: proof or not', (_name, protocol, state, icmp, isProof) => {
  const attempt = { address: TARGET, port: 80, protocol, state, ms: 1, error: null, icmp, dropped: null };
  expect(isProofOfLife(attempt)).toBe(isProof);
});

test('the zone of a link-local address, which raw sockets lose, does not hide the sender', () => {
  const icmp = unreachable('fe80::1');
  const attempt = {
    address: 'fe80::1%eth0',
    port: 9,
    protocol: 'udp',
    state: 'closed',
    ms: 1,
    error: null,
    icmp,
  } as const;
  expect(isProofOfLife({ ...attempt, dropped: null })).toBe(true);
});
