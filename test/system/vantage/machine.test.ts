import { expect, test } from 'vitest';
import type { Introduction } from '../../../src/system/vantage/introduction.ts';
import { vantageMachine } from '../../../src/system/vantage/machine.ts';
import { type Printed, printing } from '../engine/tools/tools-fake.ts';

const signal = new AbortController().signal;
const UNKNOWN = {
  kind: 'route',
  local: false,
  interface: null,
  source: null,
  gateway: null,
  onLink: null,
  mtu: null,
};

function machineWith(tools: readonly string[], commands: Printed) {
  const introduction: Introduction = {
    owns: (address) => address === '10.77.0.1',
    hasTool: (name) => tools.includes(name),
    hostsFile: () => [],
  };
  return vantageMachine(printing(commands).run, introduction);
}

test('a vantage with the ip of BusyBox tells its route, its addresses and its neighbours', async () => {
  const machine = machineWith(['ip'], {
    'ip -j -4 route get 10.8.1.1': ['busybox-ip/json', 1],
    'ip -4 route get 10.8.1.1': 'busybox-ip/gateway',
    'ip -j -4 route get 10.67.1.1': ['busybox-ip/json', 1],
    'ip -4 route get 10.67.1.1': ['busybox-ip/prohibited', 2],
    'ip -o address show up': 'busybox-ip/addresses',
    'ip neigh show to 10.77.0.5 dev e0 nud all': 'busybox-ip/neighbour',
  });
  const way = { interface: 'e0', source: '10.77.0.1', gateway: '10.77.0.2', onLink: false };
  expect(await machine.route('10.8.1.1', signal)).toEqual({ ...UNKNOWN, ...way });
  expect(await machine.route('10.67.1.1', signal)).toEqual({ kind: 'refused', errno: 'EACCES' });
  expect(await machine.addresses()).toEqual([
    { interface: 'e0', address: '10.77.0.1', family: 4, scope: 'global' },
    { interface: 'e0', address: 'fd77::1', family: 6, scope: 'global' },
    { interface: 'e0', address: 'fe80::8c02:cfff:fefb:ba91%e0', family: 6, scope: 'link' },
  ]);
  expect(await machine.neighbour('10.77.0.5', 'e0', signal)).toBe('incomplete');
});

test("a vantage without ip tells what the kernel's files tell, and no address", async () => {
  const machine = machineWith([], { 'cat /proc/net/route': 'proc/route', 'cat /proc/net/arp': 'proc/arp' });
  expect(await machine.route('10.8.1.1', signal)).toEqual({
    ...UNKNOWN,
    interface: 'e0',
    gateway: '10.77.0.2',
    onLink: false,
  });
  expect(await machine.route('10.77.0.5', signal)).toMatchObject({ interface: 'e0', gateway: null, onLink: true });
  // What the main table does not hold may be in another one.
  expect(await machine.route('192.0.2.1', signal)).toEqual(UNKNOWN);
  expect(await machine.addresses()).toBeNull();
  expect(await machine.neighbour('10.77.0.2', 'e0', signal)).toBe('stale');
  expect(await machine.neighbour('fd77::2', 'e0', signal)).toBeNull();
});

test('a vantage that has neither ip nor such files tells nothing', async () => {
  const machine = machineWith([], {});
  expect(await machine.route('10.8.1.1', signal)).toEqual(UNKNOWN);
  expect(await machine.route('10.77.0.1', signal)).toEqual({ ...UNKNOWN, local: true });
  expect(await machine.neighbour('10.77.0.2', 'e0', signal)).toBeNull();
});
