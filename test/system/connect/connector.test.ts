import { createSocket } from 'node:dgram';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { IcmpError } from '../../../src/domain/icmp-error.ts';
import type { Prober, QuoteMatch } from '../../../src/domain/prober.ts';
import { openConnector } from '../../../src/system/connect/connector.ts';
import { routeRefusal } from '../../../src/system/connect/route.ts';

const LOOPBACKS = ['127.0.0.1', '::1'];
const tcp = { protocol: 'tcp', timeoutMs: 5000, watchMs: 0 } as const;
const udp = { protocol: 'udp', timeoutMs: 5000, watchMs: 0 } as const;
const never = () => new AbortController().signal;

async function tcpServer(address: string, onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function udpServer(address: string, onMessage: (reply: (text: string) => void) => void): Promise<number> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (_, from) => onMessage((text) => socket.send(text, from.port, from.address)));
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  onTestFinished(() => void socket.close());
  return socket.address().port;
}

/** A port of the loopback address on which nothing listens by now. */
async function freeTcpPort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function freeUdpPort(address: string): Promise<number> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

/** Ears that hear the same error of every attempt as soon as it has a port of its own. */
function earsThatHear(error: IcmpError) {
  const matches: QuoteMatch[] = [];
  let ended = 0;
  const prober: Prober = {
    method: 'raw',
    lacks: {},
    send: () => Promise.reject(new Error('a connector sends nothing through the prober')),
    watch(match, onError) {
      matches.push(match);
      setImmediate(() => onError(error));
      return () => {
        ended += 1;
      };
    },
    close: () => {},
  };
  return { prober, matches, ended: () => ended };
}

test.each(LOOPBACKS)('a listener at %s is open, and its peer sees an orderly end', async (address) => {
  const peers: Socket[] = [];
  const port = await tcpServer(address, (socket) => void peers.push(socket.resume()));
  const attempt = await openConnector(null).connect({ ...tcp, address, port }, never());
  expect(attempt).toMatchObject({ address, port, state: 'open', error: null, icmp: null, dropped: null });
  await vi.waitFor(() => expect(peers).toHaveLength(1));
  const [peer] = peers;
  await vi.waitFor(() => expect([peer?.readableEnded, peer?.errored]).toEqual([true, null]));
});

test.each(LOOPBACKS)('nothing at %s is closed', async (address) => {
  const port = await freeTcpPort(address);
  expect(await openConnector(null).connect({ ...tcp, address, port }, never())).toMatchObject({
    state: 'closed',
    error: 'ECONNREFUSED',
    icmp: null,
  });
});

test('a peer that closes at once without a byte has dropped the connection', async () => {
  const port = await tcpServer('127.0.0.1', (socket) => socket.end());
  const attempt = await openConnector(null).connect({ ...tcp, address: '127.0.0.1', port, watchMs: 5000 }, never());
  expect([attempt.state, attempt.dropped]).toEqual(['open', 'closed']);
});

test('a peer that resets at once has dropped the connection', async () => {
  const port = await tcpServer('127.0.0.1', (socket) => socket.resetAndDestroy());
  const attempt = await openConnector(null).connect({ ...tcp, address: '127.0.0.1', port, watchMs: 5000 }, never());
  expect([attempt.state, attempt.dropped]).toEqual(['open', 'reset']);
});

test('a peer that speaks first has not dropped the connection, whatever it does then', async () => {
  const port = await tcpServer('127.0.0.1', (socket) => socket.end('220 ready\r\n'));
  const attempt = await openConnector(null).connect({ ...tcp, address: '127.0.0.1', port, watchMs: 5000 }, never());
  expect([attempt.state, attempt.dropped]).toEqual(['open', null]);
});

test('an aborted attempt is silent, and leaves no connection behind', async () => {
  const port = await tcpServer('127.0.0.1', () => {});
  const attempt = await openConnector(null).connect({ ...tcp, address: '127.0.0.1', port }, AbortSignal.abort());
  expect([attempt.state, attempt.error]).toEqual(['filtered', null]);
});

test.each(LOOPBACKS)('a UDP service at %s that answers is open', async (address) => {
  const port = await udpServer(address, (reply) => reply('hello'));
  expect(await openConnector(null).connect({ ...udp, address, port }, never())).toMatchObject({ state: 'open' });
});

test.each(LOOPBACKS)('a UDP port at %s without a socket is closed', async (address) => {
  const port = await freeUdpPort(address);
  expect(await openConnector(null).connect({ ...udp, address, port }, never())).toMatchObject({
    state: 'closed',
    error: 'ECONNREFUSED',
  });
});

test('a UDP question that nobody answers is asked three times', async () => {
  let questions = 0;
  const run = new AbortController();
  const port = await udpServer('127.0.0.1', () => {
    questions += 1;
    if (questions === 3) run.abort();
  });
  const attempt = await openConnector(null).connect({ ...udp, address: '127.0.0.1', port }, run.signal);
  expect([attempt.state, questions]).toEqual(['filtered', 3]);
});

test('a refusal beside an ICMP error was a rejection, and the error is told', async () => {
  const error = { kind: 'port-unreachable', from: '127.0.0.1', type: 3, code: 3 } as const;
  const { prober, matches, ended } = earsThatHear(error);
  const port = await freeTcpPort('127.0.0.1');
  const attempt = await openConnector({ ears: prober }).connect({ ...tcp, address: '127.0.0.1', port }, never());
  expect(attempt).toMatchObject({ state: 'rejected', icmp: error });
  expect(matches).toMatchObject([{ protocol: 'tcp', to: '127.0.0.1', port }]);
  expect(ended()).toBe(1);
});

test('the ears know the port that the kernel chose', async () => {
  const ports: (number | null)[] = [];
  const error = { kind: 'prohibited', from: '10.0.0.1', type: 3, code: 13 } as const;
  const { prober } = earsThatHear(error);
  const watching: Prober = {
    ...prober,
    watch: (match, onError) =>
      prober.watch(match, (heard) => {
        ports.push(match.sourcePort());
        onError(heard);
      }),
  };
  const accepted = new Promise<number | undefined>((resolve) => {
    void tcpServer('127.0.0.1', (socket) => resolve(socket.remotePort)).then((port) =>
      openConnector({ ears: watching }).connect({ ...tcp, address: '127.0.0.1', port }, never()),
    );
  });
  expect(ports).toEqual([await accepted]);
});

test('an ICMP error does not undo a connection that opened', async () => {
  const { prober } = earsThatHear({ kind: 'host-unreachable', from: '10.0.0.1', type: 3, code: 1 });
  const port = await tcpServer('127.0.0.1', () => {});
  const attempt = await openConnector({ ears: prober }).connect({ ...tcp, address: '127.0.0.1', port }, never());
  expect(attempt).toMatchObject({ state: 'open', icmp: null });
});

test('without ears no ICMP error is seen', () => {
  const { prober } = earsThatHear({ kind: 'host-unreachable', from: '10.0.0.1', type: 3, code: 1 });
  expect(openConnector({ ears: prober }).icmpSeen).toBe(true);
  expect(openConnector(null).icmpSeen).toBe(false);
});

test('the kernel routes to loopback', async () => {
  expect(await Promise.all(LOOPBACKS.map(routeRefusal))).toEqual([null, null]);
});
