import { expect, test } from 'vitest';
import { parseArpTable, parseNeighbours } from '../../../src/system/host/neighbour-table.ts';

// Lines of `ip neigh show` (iproute2 6.1); a filtered interface is left out of them.
const NEIGHBOURS = `10.0.0.1 lladdr 02:00:00:00:00:01 REACHABLE
10.0.0.11 lladdr 02:00:00:00:00:0b STALE
10.0.0.9 dev eth0 FAILED
10.0.0.8 INCOMPLETE
fe80::1 lladdr 02:00:00:00:00:01 router DELAY
10.0.0.5 lladdr 02:00:00:00:00:05 extern_learn PROBE proto zebra
10.0.0.4 lladdr 02:00:00:00:00:04 PERMANENT
10.0.0.3 NOARP
10.0.0.2 lladdr 02:00:00:00:00:02
`;

test.each([
  { address: '10.0.0.1', state: 'reachable' },
  { address: '10.0.0.11', state: 'stale' },
  { address: '10.0.0.9', state: 'failed' },
  { address: '10.0.0.8', state: 'incomplete' },
  { address: 'fe80::1', state: 'delay' },
  { address: '10.0.0.5', state: 'probe' },
  { address: '10.0.0.4', state: 'permanent' },
  { address: '10.0.0.3', state: 'noarp' },
  { address: '10.0.0.2', state: null },
  { address: '10.0.0.99', state: 'none' },
])('the entry of $address is $state', ({ address, state }) => {
  expect(parseNeighbours(NEIGHBOURS, address)).toBe(state);
});

const ARP = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.9         0x1         0x0         00:00:00:00:00:00     *        eth0
10.0.0.1         0x1         0x2         02:00:00:00:00:01     *        eth0
10.0.0.4         0x1         0x6         02:00:00:00:00:04     *        eth0
10.0.0.7         0x1         0x2         02:00:00:00:00:07     *        eth1
`;

test.each([
  { address: '10.0.0.9', state: 'incomplete' },
  { address: '10.0.0.1', state: 'stale' },
  { address: '10.0.0.4', state: 'permanent' },
  { address: '10.0.0.7', state: 'none' },
])('the ARP table alone says no more than $state of $address', ({ address, state }) => {
  expect(parseArpTable(ARP, address, 'eth0')).toBe(state);
});
