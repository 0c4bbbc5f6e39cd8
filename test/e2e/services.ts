import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** The port of a TCP listener on 127.0.0.1 that accepts and says nothing. */
export async function openPort(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => {
    server.close();
  });
  return portOf(server.address());
}

/** A port of 127.0.0.1 on which nothing listens: one that was just given back. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const port = portOf(server.address());
  await new Promise((done) => {
    server.close(done);
  });
  return port;
}

/** The port of a UDP socket on 127.0.0.1 that never answers: probes of it take their whole time. */
export async function silentPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => {
    socket.bind(0, '127.0.0.1', done);
  });
  onTestFinished(() => {
    socket.close();
  });
  return socket.address().port;
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
