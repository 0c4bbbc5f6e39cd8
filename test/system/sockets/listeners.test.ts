import { createSocket } from 'node:dgram';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Listener } from '../../../src/domain/evidence.ts';
import { describeObstacles } from '../../../src/evidence/obstacles/describe.ts';
import { listenerOf } from '../../../src/system/sockets/listeners.ts';
import { readProcNet } from '../../../src/system/sockets/proc-net-file.ts';
import { allOwnersOf } from '../../../src/system/sockets/socket-owners.ts';
import { localSockets } from '../../../src/system/sockets/socket-source.ts';
import { rowsOf } from '../../../src/system/sockets/sockets-other.ts';

const never = () => new AbortController().signal;

async function listenersAt(port: number): Promise<readonly Listener[]> {
  const table = await localSockets.read(never());
  if ('unavailable' in table) throw new Error(describeObstacles(table.unavailable.obstacles, 'en'));
  return table.listening.filter((listener) => listener.port === port);
}

test.each([
  ['127.0.0.1', { family: 4, v6Only: null }],
  ['::1', { family: 6 }],
])('a TCP listener at %s is found with its process and its queue', async (address, expected) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ port: 0, host: address, backlog: 7 }, resolve));
  onTestFinished(() => void server.close());
  const found = await listenersAt((server.address() as AddressInfo).port);
  expect(found).toMatchObject([
    { protocol: 'tcp', address, pid: process.pid, acceptQueue: 0, backlog: 7, interface: null, ...expected },
  ]);
  expect(found[0]?.process).toEqual(expect.any(String));
});

test('a bound UDP socket is found, and has no accept queue', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => void socket.close());
  expect(await listenersAt(socket.address().port)).toMatchObject([
    { protocol: 'udp', address: '127.0.0.1', pid: process.pid, acceptQueue: null, backlog: null },
  ]);
});

test('a connected UDP socket takes from nobody else and is no listener', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.connect(9, '127.0.0.1', resolve));
  onTestFinished(() => void socket.close());
  expect(await listenersAt(socket.address().port)).toEqual([]);
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'netwhy-listeners-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

/** A process with the given descriptors, as /proc shows it. */
async function fakeProcess(root: string, pid: number, name: string, links: readonly string[]): Promise<void> {
  await mkdir(join(root, `${pid}`, 'fd'), { recursive: true });
  await writeFile(join(root, `${pid}`, 'comm'), `${name}\n`);
  for (const [fd, link] of links.entries()) await symlink(link, join(root, `${pid}`, 'fd', `${fd}`));
}

test('a socket belongs to the processes that hold it, the one with the lowest number first', async () => {
  const root = await folder();
  await fakeProcess(root, 812, 'postgres', ['/dev/null', 'pipe:[11]', 'socket:[11]', 'socket:[12]']);
  await fakeProcess(root, 90, 'my daemon', ['socket:[12]']);
  await mkdir(join(root, 'self'));
  const { byInode } = await allOwnersOf(new Set([11, 12, 13]), never(), root);
  const names = [...byInode].map(([inode, owners]) => [inode, owners.map(({ pid, process }) => `${pid} ${process}`)]);
  expect(Object.fromEntries(names)).toEqual({ 11: ['812 postgres'], 12: ['90 my daemon', '812 postgres'] });
});

test('a listing of processes that cannot be read names nobody', async () => {
  expect((await allOwnersOf(new Set([11]), never(), '/nonexistent')).byInode.size).toBe(0);
});

test('of the TCP file only the listeners at its head are read, of the UDP file the unconnected sockets', async () => {
  const root = await folder();
  const line = (port: string, state: string) =>
    ` 0: 0100007F:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 0 0 1 1 0000000000000000 0\n`;
  const path = join(root, 'net');
  await writeFile(
    path,
    `sl local\n${line('0001', '0A')}${line('0002', '0A')}${line('0003', '01')}${line('0004', '07')}`,
  );
  expect((await readProcNet(path, 'tcp')).map(({ port }) => port)).toEqual([1, 2]);
  expect((await readProcNet(path, 'udp')).map(({ port }) => port)).toEqual([4]);
});

test('rows that lie across two reads are put together', async () => {
  const root = await folder();
  const path = join(root, 'net');
  const line = ' 0: 0100007F:0001 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1 1 0000000000000000 0\n';
  await writeFile(path, line.repeat(2000));
  expect(await readProcNet(path, 'tcp')).toHaveLength(2000);
});

test('a family that the kernel does not have has no sockets', async () => {
  expect(await readProcNet('/nonexistent/tcp6', 'tcp')).toEqual([]);
});

test.each([
  ['tcp4', '*', '80', 'LISTEN', '', ['0.0.0.0']],
  ['tcp6', '*', '80', 'LISTEN', '', ['::']],
  ['tcp46', '*', '80', 'LISTEN', '', ['0.0.0.0', '::']],
  ['tcp', '127.0.0.1', '80', 'LISTENING', '0.0.0.0', ['127.0.0.1']],
  ['tcp', '[::1]', '80', 'LISTENING', '::', ['::1']],
  ['tcp4', '10.0.0.1', '80', 'ESTABLISHED', '10.0.0.2', []],
  ['udp4', '*', '53', '', '*', ['0.0.0.0']],
  ['udp4', '10.0.0.1', '5353', '', '10.0.0.2', []],
  ['tcp4', 'nonsense', '80', 'LISTEN', '', []],
  ['tcp4', '*', '*', 'LISTEN', '', []],
])(
  '%s at %s port %s in state "%s" listens or does not',
  (protocol, localAddress, localPort, state, peerAddress, at) => {
    const connection = { protocol, localAddress, localPort, peerAddress, peerPort: '', state, pid: 7, process: 'sshd' };
    const found = rowsOf(connection).flatMap((row) => listenerOf(row));
    expect(found.map(({ address }) => address)).toEqual(at);
  },
);
