import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Service } from '../services.ts';
import { dnsServer } from './dns.ts';
import { httpServer, saysServer, startTlsServer, tlsServer } from './web.ts';

const services: readonly Service[] = JSON.parse(process.argv[2] ?? '[]');
await Promise.all(services.map(serve));
process.stdout.write('ready\n');

async function serve(service: Service): Promise<void> {
  switch (service.kind) {
    case 'tcp':
      return tcpServer(service);
    case 'tls':
      return tlsServer(service);
    case 'start-tls':
      return startTlsServer(service);
    case 'http':
      return httpServer(service);
    case 'says':
      return saysServer(service);
    case 'udp':
      return udpServer(service);
    case 'clients':
      return clients(service);
    case 'attempts':
      return attempts(service);
    case 'dns':
      return dnsServer(service);
  }
}

async function tcpServer(service: Extract<Service, { kind: 'tcp' }>): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    treat(socket, service.does ?? 'hold');
  });
  if (service.title !== undefined) process.title = service.title;
  const { host, port, backlog = 128, ipv6Only = false, device } = service;
  server.listen(
    device === undefined ? { host, port, backlog, ipv6Only } : { fd: await boundTo(device, port), backlog },
  );
  await once(server, 'listening');
}

/** A TCP socket on all addresses of one interface (SO_BINDTODEVICE), which Node has no option for. */
async function boundTo(device: string, port: number): Promise<number> {
  const { default: koffi } = await import('koffi');
  const libc = koffi.load('libc.so.6');
  const [SOL_SOCKET, SO_BINDTODEVICE, SO_REUSEADDR] = [1, 25, 2];
  const setOption = libc.func('int setsockopt(int, int, int, const void *, uint32_t)');
  const fd: number = libc.func('int socket(int, int, int)')(2, 1, 0);
  const name = Buffer.from(`${device}\0`);
  const address = Buffer.alloc(16);
  address.writeUInt16LE(2, 0);
  address.writeUInt16BE(port, 2);
  const failed =
    setOption(fd, SOL_SOCKET, SO_REUSEADDR, Buffer.from([1, 0, 0, 0]), 4) ||
    setOption(fd, SOL_SOCKET, SO_BINDTODEVICE, name, name.length) ||
    libc.func('int bind(int, const void *, uint32_t)')(fd, address, 16);
  if (failed !== 0) throw new Error(`a socket cannot be bound to ${device}`);
  return fd;
}

function treat(socket: Socket, does: 'hold' | 'close' | 'reset' | 'greet'): void {
  switch (does) {
    case 'hold':
      break;
    case 'close':
      socket.end();
      break;
    case 'reset':
      socket.resetAndDestroy();
      break;
    case 'greet':
      socket.write('220 ready\r\n');
      break;
  }
}

async function udpServer(service: Extract<Service, { kind: 'udp' }>): Promise<void> {
  const socket = createSocket(service.host.includes(':') ? 'udp6' : 'udp4');
  socket.on('error', () => {});
  socket.on('message', (message, from) => {
    if (service.does !== 'nothing') socket.send(message, from.port, from.address);
  });
  socket.bind(service.port, service.host);
  await once(socket, 'listening');
}

/** As `clients`, whether or not anybody lets them in. */
function attempts({ host, port, count }: Extract<Service, { kind: 'clients' | 'attempts' }>): Promise<void> {
  for (let index = 0; index < count; index += 1) connect(port, host).on('error', () => {});
  return setTimeout(500);
}

async function clients(service: Extract<Service, { kind: 'clients' | 'attempts' }>): Promise<void> {
  for (let index = 0; index < service.count; index += 1) {
    const socket = connect(service.port, service.host);
    socket.on('error', () => {});
    await once(socket, 'connect');
  }
}
