import { expect, test } from 'vitest';
import type { Answer, Probe } from '../../../../src/domain/prober.ts';
import { PROTOCOL, tcpSegment } from '../../../lab/kit/frames.ts';
import {
  answerOrSilence,
  type Bench,
  deliverIcmp,
  errorMessage,
  type FakeSocket,
  openBench,
  quoteOf,
  wrapped,
} from './fake.ts';

const families = [4, 6] as const;
// The source address is asked of the kernel, and only loopback has one on every machine.
const LOOPBACK = { 4: '127.0.0.1', 6: '::1' } as const;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

type Sent = { readonly answer: Promise<Answer>; readonly socket: FakeSocket; readonly syn: Buffer };

async function sendSyn(bench: Bench, family: 4 | 6, more: { readonly sourcePort?: number } = {}): Promise<Sent> {
  const probe: Probe = {
    kind: 'syn',
    to: LOOPBACK[family],
    port: 443,
    sourcePort: null,
    ttl: null,
    timeoutMs: 500,
    ...more,
  };
  const answer = bench.send(probe);
  const socket = await waitFor(() =>
    bench.raw.sockets.findLast(({ protocol, isOpen }) => protocol === PROTOCOL.tcp && isOpen),
  );
  const syn = await waitFor(() => socket.sent.at(-1)?.bytes);
  return { answer, socket, syn };
}

async function waitFor<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type Fields = {
  readonly flags: number;
  readonly from?: string;
  readonly port?: number;
  readonly acknowledges?: number;
  readonly spoil?: boolean;
};

function deliverSegment({ socket, syn }: Sent, { flags, from, port = 443, acknowledges = 1, spoil }: Fields): void {
  const source = from ?? LOOPBACK[socket.family];
  const ends = { source, destination: LOOPBACK[socket.family], from: port, to: syn.readUInt16BE(0) };
  const segment = tcpSegment(ends, { sequence: 7, acknowledged: syn.readUInt32BE(4) + acknowledges, flags });
  if (spoil) segment.writeUInt16BE(segment.readUInt16BE(16) ^ 0x0100, 16);
  socket.deliver(wrapped(socket, source, segment), source);
}

for (const family of families) {
  test.each([
    ['a SYN-ACK is a reply', SYN | ACK, 'reply'],
    ['an RST is a reset', RST | ACK, 'reset'],
  ])(`over IPv${family} %s`, async (_, flags, kind) => {
    const bench = await openBench();
    const sent = await sendSyn(bench, family);
    bench.clock.advance(30);
    deliverSegment(sent, { flags });
    const replyTtl = family === 4 ? 64 : null;
    expect(await sent.answer).toEqual({ kind, from: LOOPBACK[family], rttMs: 30, replyTtl });
  });

  test.each<[string, Fields]>([
    ['acknowledges another sequence number', { flags: RST | ACK, acknowledges: 0 }],
    ['acknowledges nothing', { flags: RST }],
    ['only acknowledges', { flags: ACK }],
    ['comes from another port', { flags: SYN | ACK, port: 80 }],
    ['comes from another address', { flags: SYN | ACK, from: family === 4 ? '127.0.0.2' : '::2' }],
    ['has a bad checksum', { flags: RST | ACK, spoil: true }],
  ])(`an IPv${family} segment that %s is not believed`, async (_, fields) => {
    const bench = await openBench();
    const sent = await sendSyn(bench, family);
    deliverSegment(sent, fields);
    expect(await answerOrSilence(bench, sent.answer)).toMatchObject({ kind: 'silent' });
  });

  test(`an IPv${family} error that quotes 8 bytes of the SYN answers it`, async () => {
    const bench = await openBench();
    const { answer, syn } = await sendSyn(bench, family);
    const quote = quoteOf(family, PROTOCOL.tcp, syn.subarray(0, 8), LOOPBACK[family], LOOPBACK[family]);
    const typeAndCode = family === 4 ? ([3, 13] as const) : ([1, 1] as const);
    const router = family === 4 ? '203.0.113.1' : '2001:db8:5::1';
    deliverIcmp(bench.socket(family), router, errorMessage(family, router, typeAndCode, quote));
    expect(await answer).toMatchObject({ kind: 'icmp-error', error: { kind: 'prohibited', from: router } });
  });

  test(`an IPv${family} error that quotes another source address is not believed`, async () => {
    const bench = await openBench();
    const { answer, syn } = await sendSyn(bench, family);
    const quote = quoteOf(family, PROTOCOL.tcp, syn, LOOPBACK[family]);
    const typeAndCode = family === 4 ? ([3, 3] as const) : ([1, 4] as const);
    deliverIcmp(bench.socket(family), LOOPBACK[family], errorMessage(family, LOOPBACK[family], typeAndCode, quote));
    expect(await answerOrSilence(bench, answer)).toMatchObject({ kind: 'silent' });
  });

  test(`an IPv${family} error that quotes another sequence number is not believed`, async () => {
    const bench = await openBench();
    const { answer, syn } = await sendSyn(bench, family);
    const other = Buffer.from(syn);
    other.writeUInt32BE((other.readUInt32BE(4) + 1) >>> 0, 4);
    const quote = quoteOf(family, PROTOCOL.tcp, other, LOOPBACK[family], LOOPBACK[family]);
    deliverIcmp(
      bench.socket(family),
      LOOPBACK[family],
      errorMessage(family, LOOPBACK[family], family === 4 ? [3, 3] : [1, 4], quote),
    );
    expect(await answerOrSilence(bench, answer)).toMatchObject({ kind: 'silent' });
  });
}

test('the socket that hears every TCP segment is open only while a SYN is pending', async () => {
  const bench = await openBench();
  expect(bench.raw.sockets.filter(({ protocol }) => protocol === PROTOCOL.tcp)).toEqual([]);
  const [first, second] = [await sendSyn(bench, 4), await sendSyn(bench, 4)];
  expect(first.socket).toBe(second.socket);
  deliverSegment(first, { flags: RST | ACK });
  await first.answer;
  expect(first.socket.isOpen).toBe(true);
  deliverSegment(second, { flags: RST | ACK });
  await second.answer;
  expect(first.socket.isOpen).toBe(false);
  const third = await sendSyn(bench, 4);
  expect(third.socket).not.toBe(first.socket);
  bench.prober.close();
  expect(await third.answer).toMatchObject({ kind: 'silent' });
  expect(third.socket.isOpen).toBe(false);
});

test('an answer that waits unread while the next SYN leaves is timed before it, and the next one leaves all the same', async () => {
  const bench = await openBench();
  const first = await sendSyn(bench, 4);
  const { socket } = first;
  deliverSegment(
    { ...first, socket: { ...socket, deliver: (bytes, from) => socket.queue(Buffer.from(bytes), from) } },
    { flags: RST | ACK },
  );
  const second = bench.send({ kind: 'syn', to: LOOPBACK[4], port: 80, sourcePort: null, ttl: null, timeoutMs: 500 });
  expect(await first.answer).toMatchObject({ kind: 'reset' });
  const next = await waitFor(() => bench.raw.sockets.findLast((each) => each.protocol === PROTOCOL.tcp && each.isOpen));
  expect(next).not.toBe(socket);
  expect(next.sent).toHaveLength(1);
  expect(await answerOrSilence(bench, second)).toMatchObject({ kind: 'silent' });
});

test('two SYNs from the same port are told apart by their sequence numbers', async () => {
  const bench = await openBench();
  const [first, second] = [
    await sendSyn(bench, 4, { sourcePort: 61_234 }),
    await sendSyn(bench, 4, { sourcePort: 61_234 }),
  ];
  deliverSegment(second, { flags: RST | ACK });
  expect(await second.answer).toMatchObject({ kind: 'reset' });
  expect(await answerOrSilence(bench, first.answer)).toMatchObject({ kind: 'silent' });
});

test('a SYN that the local firewall refuses is a local error, and leaves no socket open', async () => {
  const bench = await openBench();
  const first = await sendSyn(bench, 4);
  first.socket.refuses = new Error('Operation not permitted');
  const second = bench.send({ kind: 'syn', to: LOOPBACK[4], port: 80, sourcePort: null, ttl: null, timeoutMs: 500 });
  expect(await second).toEqual({ kind: 'local-error', code: 'EPERM' });
  deliverSegment(first, { flags: SYN | ACK });
  await first.answer;
  expect(first.socket.isOpen).toBe(false);
});
