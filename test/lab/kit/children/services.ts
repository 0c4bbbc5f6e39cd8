import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Service } from '../services.ts';
import { dnsServer } from './dns.ts';
import { httpServer, saysServer, tlsServer } from './web.ts';

const services: readonly Service[] = JSON.parse(process.argv[2] ?? '[]');
await Promise.all(services.map(serve));
process.stdout.write('ready\n');

async function serve(service: Service): Promise<void> {
  switch (service.kind) {
    case 'tcp':
      return tcpServer(service);
    case 'tls':
      return tlsServer(service);
    case 'http':
      return httpServer(service);
    case 'says':
      return saysServer(service);
    case 'udp':
      return udpServer(service);
    case 'clients':
      return clients(service);
    case 'dns':
      return dnsServer(service);
  }
}

async function tcpServer(service: Extract<Service, { kind: 'tcp' }>): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    treat(socket, service.does ?? 'hold');
  });
  const { host, port, backlog = 128, ipv6Only = false } = service;
  server.listen({ host, port, backlog, ipv6Only });
  await once(server, 'listening');
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

async function clients(service: Extract<Service, { kind: 'clients' }>): Promise<void> {
  for (let index = 0; index < service.count; index += 1) {
    const socket = connect(service.port, service.host);
    socket.on('error', () => {});
    await once(socket, 'connect');
  }
}
