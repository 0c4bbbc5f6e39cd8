import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { SocketRow } from '../../../src/domain/socket.ts';
import { describeObstacles } from '../../../src/evidence/obstacles/describe.ts';
import { localLister } from '../../../src/system/sockets/sockets.ts';
import { readDiag } from '../../../src/system/sockets/sockets-netlink.ts';
import { readProcSockets } from '../../../src/system/sockets/sockets-proc.ts';

const never = () => new AbortController().signal;

/** A listener with one connection to it; the port. */
async function busyPort(host: string): Promise<number> {
  const server = createServer();
  server.listen({ port: 0, host, backlog: 7 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  const client = connect(port, host);
  await Promise.all([accepted, once(client, 'connect')]);
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return port;
}

async function rowsAt(port: number): Promise<readonly SocketRow[]> {
  const listing = await localLister.list(never(), 'all');
  if ('unavailable' in listing) throw new Error(describeObstacles(listing.unavailable.obstacles, 'en'));
  return listing.rows.filter(({ local, peer }) => local.port === port || peer?.port === port);
}

test.each(['127.0.0.1', '::1'])(
  'at %s a listener and both ends of a connection are found, with this process',
  async (host) => {
    const port = await busyPort(host);
    const rows = await rowsAt(port);
    expect(rows.map(({ state }) => state).sort()).toEqual(['established', 'established', 'listen']);
    for (const row of rows) {
      expect(row).toMatchObject({ protocol: 'tcp', noOwner: null, uid: process.getuid?.(), local: { address: host } });
      expect(row.owners.map(({ pid }) => pid)).toContain(process.pid);
    }
    const [listener] = rows.filter(({ state }) => state === 'listen');
    expect(listener).toMatchObject({ peer: null, acceptQueue: 0, backlog: 7, receiveQueue: null });
  },
);

test('UDP sockets are found, with a peer where they have one', async () => {
  const server = createSocket('udp4').bind(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const client = createSocket('udp4');
  client.connect(port, '127.0.0.1');
  await once(client, 'connect');
  onTestFinished(() => {
    server.close();
    client.close();
  });
  const states = (await rowsAt(port)).map(({ state, peer }) => [state, peer?.port ?? null]);
  expect(states.sort()).toEqual([
    ['established', port],
    ['unconnected', null],
  ]);
});

test('netlink and /proc tell the same of a socket', async () => {
  const port = await busyPort('127.0.0.1');
  const diag = await readDiag(never(), 'all');
  const proc = await readProcSockets(never(), 'all');
  const keysOf = (
    rows: readonly {
      readonly localPort: number;
      readonly peerPort: number;
      readonly state: string;
      readonly inode: number;
      readonly uid: number;
    }[],
  ) =>
    rows
      // What waits out its time after a close belongs to nobody, and may be of an earlier use of the port.
      .filter(({ localPort, peerPort, inode }) => inode !== 0 && (localPort === port || peerPort === port))
      .map(({ localPort, peerPort, state, inode, uid }) => `${state} ${localPort} ${peerPort} ${inode} ${uid}`)
      .sort();
  expect(keysOf(diag ?? [])).toHaveLength(3);
  expect(keysOf(proc.rows)).toEqual(keysOf(diag ?? []));
});

test('a look that is over before it began says so and lists nothing', async () => {
  expect(await localLister.list(AbortSignal.abort(), 'all')).toMatchObject({ unavailable: { reason: 'not-answered' } });
});
