import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import koffi from 'koffi';
import type { Machine } from '../sockets.ts';

const machine: Machine = JSON.parse(process.argv[2] ?? '{}');
// Sockets nobody refers to would be closed by the garbage collector.
const kept: (Server | Socket | UdpSocket)[] = [];

process.title = machine.title;
if (machine.kind === 'rich') await rich(machine);
else await crowd(machine);
process.stdout.write('ready\n');
process.stdin.resume();
setInterval(() => undefined, 60_000);

async function rich({ own, linkLocal, silent }: Extract<Machine, { kind: 'rich' }>): Promise<void> {
  await listen({ host: '0.0.0.0', port: 7001 });
  await listen({ host: '127.0.0.1', port: 7002 });
  await listen({ host: '::1', port: 7003 });
  await listen({ host: '::', port: 7004 });
  await listen({ host: '::', port: 7005, ipv6Only: true });
  await listen({ host: linkLocal, port: 7006 });
  await listen({ host: own, port: 7007 });
  await listen({ fd: sharedPort(7008) });
  await listen({ fd: sharedPort(7008) });
  await listen({ host: '0.0.0.0', port: 7009 });
  // A client that ended, and a server that does not: CLOSE-WAIT and FIN-WAIT-2.
  await listen({ host: '127.0.0.1', port: 7011 }, (socket) => void kept.push(socket));
  const half = await open('127.0.0.1', 7011);
  half.end();
  // Both ended, the client first: TIME-WAIT.
  await listen({ host: '::1', port: 7012 }, (socket) => socket.on('end', () => socket.end()));
  (await open('::1', 7012)).end();
  // The server's FIN goes nowhere: FIN-WAIT-1.
  await listen({ host: '127.0.0.1', port: 7010 }, (socket) => socket.end());
  await open('127.0.0.1', 7010);
  // Connections of both families to the listener of both.
  await open('127.0.0.1', 7004);
  await open('::1', 7004);
  // Nobody answers: SYN-SENT.
  keep(connect({ host: silent, port: 7999 }));

  await bindUdp('udp4', '0.0.0.0', 7101);
  await bindUdp('udp6', '::', 7102);
  await bindUdp('udp6', '::', 7103, true);
  await bindUdp('udp4', '224.0.0.251', 7104);
  const connected = await bindUdp('udp4', '127.0.0.1', 7105);
  connected.connect(7101, '127.0.0.1');
  await once(connected, 'connect');
}

async function crowd({ listeners, connections }: Extract<Machine, { kind: 'crowd' }>): Promise<void> {
  for (let index = 0; index < (listeners?.count ?? 0); index += 1) {
    await listen({ host: index % 2 === 0 ? '::' : '127.0.0.1', port: (listeners?.from ?? 0) + index });
  }
  const { count = 0, to = 0, ports = 1 } = connections ?? {};
  const ATONCE = 50;
  for (let done = 0; done < count; done += ATONCE) {
    const some = Array.from({ length: Math.min(ATONCE, count - done) }, (_, index) => (done + index) % ports);
    await Promise.all(some.map((port) => open(port % 4 === 0 ? '::1' : '127.0.0.1', to + port)));
  }
}

async function listen(options: ListenOptions | { fd: number }, treat?: (socket: Socket) => void): Promise<void> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    // Without a reader the end of the other side would never be seen.
    socket.resume();
    treat?.(socket);
  });
  server.listen({ backlog: 128, ...options });
  await once(server, 'listening');
  kept.push(server);
}

async function open(host: string, port: number): Promise<Socket> {
  const socket = keep(connect({ host, port, allowHalfOpen: true }));
  await once(socket, 'connect');
  socket.resume();
  return socket;
}

function keep(socket: Socket): Socket {
  socket.on('error', () => undefined);
  kept.push(socket);
  return socket;
}

async function bindUdp(type: 'udp4' | 'udp6', address: string, port: number, ipv6Only = false): Promise<UdpSocket> {
  const socket = createSocket({ type, ipv6Only });
  socket.bind({ address, port, exclusive: true });
  await once(socket, 'listening');
  kept.push(socket);
  return socket;
}

/** A TCP socket that shares its port with others (SO_REUSEPORT), which Node 20 has no option for. */
function sharedPort(port: number): number {
  const libc = koffi.load('libc.so.6');
  const fd: number = libc.func('int socket(int, int, int)')(2, 1, 0);
  const one = Buffer.from([1, 0, 0, 0]);
  const SOL_SOCKET = 1;
  const SO_REUSEPORT = 15;
  libc.func('int setsockopt(int, int, int, const void *, uint32_t)')(fd, SOL_SOCKET, SO_REUSEPORT, one, 4);
  const address = Buffer.alloc(16);
  address.writeUInt16LE(2, 0);
  address.writeUInt16BE(port, 2);
  if (libc.func('int bind(int, const void *, uint32_t)')(fd, address, 16) !== 0) throw new Error('bind failed');
  return fd;
}
