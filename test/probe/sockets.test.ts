import { expect, test } from 'vitest';
import type { Listener } from '../../src/domain/evidence.ts';
import type { SocketSource, SocketTable } from '../../src/domain/ports.ts';
import { sockets } from '../../src/probe/sockets.ts';
import { createVirtualClock } from './virtual-clock.ts';

const listener: Listener = {
  protocol: 'tcp',
  family: 4,
  address: '0.0.0.0',
  port: 22,
  v6Only: null,
  process: 'sshd',
  pid: 1,
  acceptQueue: 0,
  backlog: 128,
};
const options = { targetAddress: '10.0.0.5', port: 22, protocol: 'tcp' } as const;

function source(table: SocketTable): SocketSource {
  return {
    host: 'local',
    equivalent: () => "ss -ltnp 'sport = :22'",
    read: async () => table,
    owns: async (address) => address === '10.0.0.5',
    interfacesOf: async () => ['eth0'],
  };
}

const never = () => new AbortController().signal;

test('tells the listeners, what is missing of them, and whether this machine is the target', async () => {
  const ports = {
    source: source({ listening: [listener], gaps: [{ code: 'socket-details-unknown' }] }),
    clock: createVirtualClock(),
  };
  expect(await sockets(options, ports, never())).toEqual({
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 0,
    equivalent: "ss -ltnp 'sport = :22'",
    host: 'local',
    listening: [listener],
    ownsTarget: true,
    gaps: [{ code: 'socket-details-unknown' }],
  });
});

test('an address of another machine is not owned', async () => {
  const ports = { source: source({ listening: [], gaps: [] }), clock: createVirtualClock() };
  expect((await sockets({ ...options, targetAddress: '10.0.0.9' }, ports, never()))?.ownsTarget).toBe(false);
});

test('a table that cannot be read is no empty table', async () => {
  const ports = {
    source: source({ unavailable: { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] } }),
    clock: createVirtualClock(),
  };
  expect(await sockets(options, ports, never())).toMatchObject({
    listening: null,
    unavailable: { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] },
  });
});

test('a reading that was cut off is no reading', async () => {
  const ports = { source: source({ listening: [], gaps: [] }), clock: createVirtualClock() };
  expect(await sockets(options, ports, AbortSignal.abort())).toBeUndefined();
});

test('the interfaces of the address are asked for where a listener of the port is bound to one', async () => {
  const look = async (listening: readonly Listener[]) => {
    const ports = { source: source({ listening, gaps: [] }), clock: createVirtualClock() };
    return (await sockets(options, ports, never()))?.targetInterfaces;
  };
  expect(await look([{ ...listener, interface: 'eth1' }])).toEqual(['eth0']);
  expect(
    await look([
      { ...listener, interface: null },
      { ...listener, port: 80, interface: 'eth1' },
    ]),
  ).toBeUndefined();
});
