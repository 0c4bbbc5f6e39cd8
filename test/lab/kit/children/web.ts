import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { Service, TlsService } from '../services.ts';

export async function httpServer(service: Extract<Service, { kind: 'http' }>): Promise<void> {
  const { host, port, status, headers, delayMs = 0 } = service;
  const server = createHttpServer((_, response) => {
    setTimeout(() => response.writeHead(status, headers).end('body'), delayMs);
  });
  server.listen(port, host);
  await once(server, 'listening');
}

export async function startTlsServer(service: Extract<Service, { kind: 'start-tls' }>): Promise<void> {
  const { host, port, words, key, cert } = service;
  const server = createServer((socket) => {
    const left = [...words];
    const say = (): void => {
      const word = left.shift();
      if (word != null) socket.write(Buffer.from(word, 'latin1'));
      if (left.length > 0) return;
      socket.off('data', say);
      new TLSSocket(socket, { isServer: true, key, cert }).on('error', () => {});
    };
    socket.on('error', () => {});
    socket.on('data', say);
    say();
  });
  server.listen(port, host);
  await once(server, 'listening');
}

export async function saysServer(service: Extract<Service, { kind: 'says' }>): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    if (service.when === 'at once') say(socket, service);
    else socket.once('data', () => say(socket, service));
  });
  server.listen(service.port, service.host);
  await once(server, 'listening');
}

function say(socket: Socket, { what, after }: Extract<Service, { kind: 'says' }>): void {
  if (what === 'endless') {
    const more = (): void => {
      while (socket.writable && socket.write(`X-More: ${'x'.repeat(1000)}\r\n`));
      socket.once('drain', more);
    };
    socket.write('HTTP/1.1 200 OK\r\n');
    more();
    return;
  }
  const end = (): void => {
    if (after === 'reset') socket.resetAndDestroy();
    if (after === 'close') socket.end();
  };
  const bytes = Buffer.from(what.base64, 'base64');
  if (bytes.length === 0) end();
  else socket.write(bytes, end);
}

export async function tlsServer(service: TlsService): Promise<void> {
  const { host, port, key, minVersion, maxVersion, requestCert, padding = 0, cutAfter } = service;
  const last = /-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/gu;
  const spare = service.cert.match(last)?.at(-1) ?? '';
  const server = createTlsServer(
    {
      key,
      cert: service.cert + spare.repeat(padding),
      ...(minVersion && { minVersion }),
      ...(maxVersion && { maxVersion }),
      ...(maxVersion === 'TLSv1.1' && { ciphers: 'DEFAULT@SECLEVEL=0' }),
      ...(requestCert && { requestCert, rejectUnauthorized: true }),
    },
    (socket) => answer(socket, service),
  );
  server.on('tlsClientError', () => {});
  if (cutAfter === undefined) {
    server.listen(port, host);
    await once(server, 'listening');
    return;
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const inner = typeof address === 'object' && address !== null ? address.port : 0;
  const front = createServer((socket) => cut(socket, inner, cutAfter));
  front.listen(port, host);
  await once(front, 'listening');
}

function answer(socket: TLSSocket, { status = 200, skewMs = 0 }: TlsService): void {
  socket.on('error', () => {});
  socket.once('data', () => {
    const date = new Date(Date.now() + skewMs).toUTCString();
    socket.end(`HTTP/1.1 ${status} Said\r\nServer: lab\r\nDate: ${date}\r\nContent-Length: 0\r\n\r\n`);
  });
}

/** Passes everything on to the server within, and only the first bytes of what that says. */
function cut(socket: Socket, port: number, bytes: number): void {
  const within = connect(port, '127.0.0.1');
  let left = bytes;
  socket.on('error', () => within.destroy());
  within.on('error', () => socket.destroy());
  socket.on('data', (chunk) => within.write(chunk));
  within.on('data', (chunk) => {
    if (left > 0) socket.write(chunk.subarray(0, left));
    left -= chunk.length;
  });
}
