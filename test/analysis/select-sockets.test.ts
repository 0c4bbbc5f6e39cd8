import { expect, test } from 'vitest';
import { ownerGaps } from '../../src/analysis/doctor/owner-gaps.ts';
import { type SocketFilter, selectSockets } from '../../src/analysis/select-sockets.ts';
import { summariseSockets } from '../../src/analysis/socket-summary.ts';
import type { SocketRow } from '../../src/domain/socket.ts';
import { connectionRow, owner, socketRow } from '../fake/sockets.ts';

const ALL: SocketFilter = { port: null, families: [4, 6], isListening: false, states: null, process: null };

const ROWS: readonly SocketRow[] = [
  connectionRow({ local: { address: '10.0.0.1', port: 40_000 }, peer: { address: '10.0.0.2', port: 53 }, inode: 1 }),
  socketRow({ local: { address: '10.0.0.1', port: 53 }, inode: 2, owners: [owner(7, 'named'), owner(8, 'helper')] }),
  socketRow({ protocol: 'udp', state: 'unconnected', local: { address: '::', port: 53 }, family: 6, inode: 3 }),
  socketRow({ local: { address: '::', port: 80 }, family: 6, v6Only: true, inode: 4 }),
  socketRow({ local: { address: '::', port: 81 }, family: 6, v6Only: false, inode: 5 }),
  socketRow({ local: { address: '2001:db8::1', port: 82 }, family: 6, inode: 6 }),
  connectionRow({ state: 'time-wait', inode: 0, owners: [] }),
];

const inodesOf = (filter: Partial<SocketFilter>) =>
  selectSockets(ROWS, { ...ALL, ...filter }).map(({ inode }) => inode);

test('listeners come first, then by port; nothing is lost', () => {
  expect(inodesOf({})).toEqual([2, 3, 4, 5, 6, 0, 1]);
});

test('a port is the local one or the remote one', () => {
  expect(inodesOf({ port: { tcp: 53, udp: 53 } })).toEqual([2, 3, 1]);
});

test('a service may have its port in one protocol only', () => {
  expect(inodesOf({ port: { tcp: null, udp: 53 } })).toEqual([3]);
  expect(inodesOf({ port: { tcp: 53, udp: null } })).toEqual([2, 1]);
});

test('IPv4 only keeps the IPv6 sockets that take IPv4 too', () => {
  expect(inodesOf({ families: [4] })).toEqual([2, 3, 5, 0, 1]);
  expect(inodesOf({ families: [6] })).toEqual([3, 4, 5, 6]);
});

test('what listens, what is in a state, what a process holds', () => {
  expect(inodesOf({ isListening: true })).toEqual([2, 3, 4, 5, 6]);
  expect(inodesOf({ states: ['time-wait', 'unconnected'] })).toEqual([3, 0]);
  expect(inodesOf({ process: { name: 'helper' } })).toEqual([2]);
  expect(inodesOf({ process: { pid: 7 } })).toEqual([2]);
  expect(inodesOf({ process: { pid: 9 } })).toEqual([]);
});

test('sums the states of each protocol, in one order, without those that nobody is in', () => {
  expect(summariseSockets(ROWS)).toEqual({
    tcp: [
      { state: 'listen', count: 4 },
      { state: 'established', count: 1 },
      { state: 'time-wait', count: 1 },
    ],
    udp: [{ state: 'unconnected', count: 1 }],
  });
});

test('counts why sockets have no process', () => {
  const rows = [
    ...ROWS,
    socketRow({ owners: [], noOwner: 'other-user' }),
    socketRow({ owners: [], noOwner: 'other-user' }),
  ];
  expect(ownerGaps(rows)).toEqual([
    { kind: 'no-owner', why: 'kernel', sockets: 1 },
    { kind: 'no-owner', why: 'other-user', sockets: 2 },
  ]);
});
