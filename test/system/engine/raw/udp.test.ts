import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { Probe } from '../../../../src/domain/prober.ts';
import { PROTOCOL } from '../../../lab/kit/frames.ts';
import { answerOrSilence, type Bench, deliverIcmp, errorMessage, openBench, quoteOf } from './fake.ts';

const families = [4, 6] as const;
const LOOPBACK = { 4: '127.0.0.1', 6: '::1' } as const;
const PORT_UNREACHABLE = { 4: [3, 3], 6: [1, 4] } as const;

/** A UDP socket on loopback, and so a port that nobody else answers on. */
async function peer(
  family: 4 | 6,
  onMessage: (socket: Socket, from: { port: number; address: string }) => void = () => {},
): Promise<number> {
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
  onTestFinished(() => new Promise((resolve) => void socket.close(() => resolve())));
  socket.on('message', (_, from) => onMessage(socket, from));
  socket.bind(0, LOOPBACK[family]);
  await once(socket, 'listening');
  return socket.address().port;
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => void socket.close(() => resolve()));
  return port;
}

function datagram(to: string, port: number, more: Partial<Extract<Probe, { kind: 'udp' }>> = {}): Probe {
  return {
    kind: 'udp',
    to,
    port,
    sourcePort: null,
    payload: Buffer.from('netwhy'),
    ttl: null,
    timeoutMs: 500,
    ...more,
  };
}

function udpHeader(sourcePort: number, port: number, payload: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(sourcePort, 0);
  header.writeUInt16BE(port, 2);
  header.writeUInt16BE(8 + payload.length, 4);
  return Buffer.concat([header, Buffer.from(payload)]);
}

function deliverError(bench: Bench, family: 4 | 6, transport: Buffer, to: string = LOOPBACK[family]): void {
  const quote = quoteOf(family, PROTOCOL.udp, transport, to);
  deliverIcmp(bench.socket(family), to, errorMessage(family, to, PORT_UNREACHABLE[family], quote));
}

for (const family of families) {
  test(`an IPv${family} datagram that comes back from the port that was asked is a reply`, async () => {
    const bench = await openBench();
    const port = await peer(family, (socket, from) => socket.send('pong', from.port, from.address));
    expect(await bench.send(datagram(LOOPBACK[family], port))).toMatchObject({
      kind: 'reply',
      from: LOOPBACK[family],
      replyTtl: null,
    });
  });

  test(`an IPv${family} error that quotes the ports and 8 bytes answers the datagram`, async () => {
    const bench = await openBench();
    const [port, sourcePort] = [await peer(family), await freePort()];
    const answer = bench.send(datagram(LOOPBACK[family], port, { sourcePort }));
    deliverError(bench, family, udpHeader(sourcePort, port, 'netwhy').subarray(0, 8));
    expect(await answer).toMatchObject({
      kind: 'icmp-error',
      error: { kind: 'port-unreachable', from: LOOPBACK[family] },
    });
  });
}

test.each([
  ['another source port', (source: number, port: number) => udpHeader(source ^ 1, port, 'netwhy')],
  ['another port', (source: number, port: number) => udpHeader(source, port ^ 1, 'netwhy')],
  ['a datagram of another length', (source: number, port: number) => udpHeader(source, port, 'netwhy?')],
  [
    'a length that cannot be',
    (source: number, port: number) => {
      const header = udpHeader(source, port, 'netwhy');
      header.writeUInt16BE(7, 4);
      return header;
    },
  ],
])('an error that quotes %s is not believed', async (_, quoted) => {
  const bench = await openBench();
  const [port, sourcePort] = [await peer(4), await freePort()];
  const answer = bench.send(datagram(LOOPBACK[4], port, { sourcePort }));
  deliverError(bench, 4, quoted(sourcePort, port));
  expect(await answerOrSilence(bench, answer)).toMatchObject({ kind: 'silent' });
});

test.each([
  ['another port of the target', LOOPBACK[4], false],
  ['another address', '127.0.0.2', true],
])('a datagram from %s is no reply', async (_, from, fromSamePort) => {
  const bench = await openBench();
  const [port, sourcePort] = [await peer(4), await freePort()];
  const answer = bench.send(datagram(LOOPBACK[4], port, { sourcePort }));
  const stranger = createSocket('udp4');
  stranger.bind(fromSamePort ? port : 0, from);
  await new Promise<void>((resolve) => void stranger.send('hello', sourcePort, LOOPBACK[4], () => resolve()));
  await new Promise<void>((resolve) => void stranger.close(() => resolve()));
  expect(await answerOrSilence(bench, answer)).toMatchObject({ kind: 'silent' });
});

test('datagrams that share both ports are told apart by their length, and by nothing else', async () => {
  const bench = await openBench();
  const [port, sourcePort] = [await peer(4), await freePort()];
  const one = (payload: string, ttl: number) =>
    bench.send(datagram(LOOPBACK[4], port, { sourcePort, payload: Buffer.from(payload), ttl }));
  const [short, twin, otherTwin] = [one('a', 1), one('ab', 2), one('cd', 3)];
  deliverError(bench, 4, udpHeader(sourcePort, port, 'a'));
  expect(await short).toMatchObject({ kind: 'icmp-error' });
  deliverError(bench, 4, udpHeader(sourcePort, port, 'ab'));
  bench.clock.advance(1000);
  expect(await Promise.all([twin, otherTwin])).toMatchObject([{ kind: 'silent' }, { kind: 'silent' }]);
});

test('a source port that another program holds is a local error', async () => {
  const bench = await openBench();
  const taken = createSocket('udp4');
  onTestFinished(() => new Promise((resolve) => void taken.close(() => resolve())));
  taken.bind(0);
  await once(taken, 'listening');
  const probe = datagram(LOOPBACK[4], 9, { sourcePort: taken.address().port });
  expect(await bench.send(probe)).toEqual({ kind: 'local-error', code: 'EADDRINUSE' });
});

test('closing settles a pending datagram as silent and frees its port', async () => {
  const bench = await openBench();
  const [port, sourcePort] = [await peer(4), await freePort()];
  const answer = bench.send(datagram(LOOPBACK[4], port, { sourcePort }));
  bench.prober.close();
  expect(await answer).toMatchObject({ kind: 'silent' });
  const again = createSocket('udp4');
  again.bind(sourcePort);
  await once(again, 'listening');
  await new Promise<void>((resolve) => void again.close(() => resolve()));
});
