import { expect, test } from 'vitest';
import {
  answerOrSilence,
  deliverIcmp,
  deliverReply,
  echoTo,
  errorMessage,
  type Family,
  openBench,
  quoteOf,
  type ReplyFaults,
  ROUTER,
  TARGET,
  wrapped,
} from './fake.ts';

const families = [4, 6] as const;
const ICMP = { 4: 1, 6: 58 } as const;
const HOST_UNREACHABLE = { 4: [3, 1], 6: [1, 3] } as const;

function flip(at: number): (rest: Buffer) => Buffer {
  return (rest) => {
    rest.writeUInt8(rest.readUInt8(at) ^ 0x01, at);
    return rest;
  };
}

test.each(families)('an IPv%i echo is answered by its reply, timed from the send to the arrival', async (family) => {
  const bench = await openBench();
  const answer = bench.send(echoTo(TARGET[family]));
  const socket = bench.socket(family);
  bench.clock.advance(12.5);
  deliverReply(socket, socket.sent[0]?.bytes ?? Buffer.alloc(0));
  expect(await answer).toEqual({
    kind: 'reply',
    from: TARGET[family],
    rttMs: 12.5,
    replyTtl: family === 4 ? 64 : null,
  });
});

const forgeries: readonly [string, ReplyFaults][] = [
  ['the identifier of another', { change: flip(0) }],
  ['a sequence number that was never sent', { change: flip(2) }],
  ['another cookie', { change: flip(4) }],
  ['another last byte of the cookie', { change: flip(11) }],
  ['too little payload for the cookie', { change: (rest) => rest.subarray(0, 8) }],
  ['no payload', { change: (rest) => rest.subarray(0, 4) }],
];

for (const family of families) {
  test.each(forgeries)(`an IPv${family} reply with %s is not believed`, async (_, faults) => {
    const bench = await openBench();
    const answer = bench.send(echoTo(TARGET[family]));
    const socket = bench.socket(family);
    deliverReply(socket, socket.sent[0]?.bytes ?? Buffer.alloc(0), faults);
    expect(await answerOrSilence(bench, answer)).toEqual({ kind: 'silent', waitedMs: 1000 });
  });

  test(`an IPv${family} reply from another address is not believed`, async () => {
    const bench = await openBench();
    const answer = bench.send(echoTo(TARGET[family]));
    const socket = bench.socket(family);
    deliverReply(socket, socket.sent[0]?.bytes ?? Buffer.alloc(0), { from: ROUTER[family] });
    expect(await answerOrSilence(bench, answer)).toMatchObject({ kind: 'silent' });
  });

  test(`an IPv${family} reply whose payload the host cut behind the cookie is believed`, async () => {
    const bench = await openBench();
    const answer = bench.send(echoTo(TARGET[family], { payloadBytes: 1000 }));
    const socket = bench.socket(family);
    deliverReply(socket, socket.sent[0]?.bytes ?? Buffer.alloc(0), { change: (rest) => rest.subarray(0, 60) });
    expect(await answer).toMatchObject({ kind: 'reply' });
  });

  test.each([0, 1, 7, 9])(`an IPv${family} echo with %i bytes of payload is answered`, async (payloadBytes) => {
    const bench = await openBench();
    const answer = bench.send(echoTo(TARGET[family], { payloadBytes }));
    const socket = bench.socket(family);
    const request = socket.sent[0]?.bytes ?? Buffer.alloc(0);
    expect(request).toHaveLength(8 + payloadBytes);
    deliverReply(socket, request);
    expect(await answer).toMatchObject({ kind: 'reply' });
  });

  test(`an IPv${family} error that quotes the echo answers it, from whoever sent it`, async () => {
    const bench = await openBench();
    const answer = bench.send(echoTo(TARGET[family]));
    const socket = bench.socket(family);
    const quote = quoteOf(family, ICMP[family], socket.sent[0]?.bytes ?? Buffer.alloc(0));
    deliverIcmp(socket, ROUTER[family], errorMessage(family, ROUTER[family], HOST_UNREACHABLE[family], quote));
    const [type, code] = HOST_UNREACHABLE[family];
    expect(await answer).toMatchObject({
      kind: 'icmp-error',
      error: { kind: 'host-unreachable', from: ROUTER[family], type, code },
      mtu: null,
    });
  });

  test(`an IPv${family} error that quotes only 8 bytes of the echo answers it`, async () => {
    const bench = await openBench();
    const answer = bench.send(echoTo(TARGET[family]));
    const socket = bench.socket(family);
    const quote = quoteOf(family, ICMP[family], socket.sent[0]?.bytes ?? Buffer.alloc(0));
    const cut = quote.subarray(0, (family === 4 ? 20 : 40) + 8);
    deliverIcmp(socket, ROUTER[family], errorMessage(family, ROUTER[family], HOST_UNREACHABLE[family], cut));
    expect(await answer).toMatchObject({ kind: 'icmp-error' });
  });

  const strangers: readonly [string, (request: Buffer, family: Family) => Buffer][] = [
    ['the echo of another process', (request) => quoteOf(family, ICMP[family], flip(4)(request))],
    ['another sequence number', (request) => quoteOf(family, ICMP[family], flip(6)(request))],
    ['another cookie', (request) => quoteOf(family, ICMP[family], flip(8)(request))],
    ['an echo to another address', (request) => quoteOf(family, ICMP[family], request, ROUTER[family])],
    ['an echo reply', (request) => quoteOf(family, ICMP[family], Buffer.from([0x81, ...request.subarray(1)]))],
    ['the same bytes as UDP', (request) => quoteOf(family, 17, request)],
    ['7 bytes of the echo', (request) => quoteOf(family, ICMP[family], request).subarray(0, family === 4 ? 27 : 47)],
    ['half an IP header', (request) => quoteOf(family, ICMP[family], request).subarray(0, 13)],
    ['nothing', () => Buffer.alloc(0)],
  ];
  test.each(strangers)(`an IPv${family} error that quotes %s is not believed`, async (_, quoted) => {
    const bench = await openBench();
    const answer = bench.send(echoTo(TARGET[family]));
    const socket = bench.socket(family);
    const quote = quoted(Buffer.from(socket.sent[0]?.bytes ?? []), family);
    deliverIcmp(socket, ROUTER[family], errorMessage(family, ROUTER[family], HOST_UNREACHABLE[family], quote));
    expect(await answerOrSilence(bench, answer)).toMatchObject({ kind: 'silent' });
  });
}

test.each([
  ['reply', (request: Buffer) => [0, 0, Buffer.from(request.subarray(4))] as const],
  ['error', (request: Buffer) => [3, 1, Buffer.concat([Buffer.alloc(4), quoteOf(4, 1, request)])] as const],
])('an IPv4 %s with a bad checksum is not believed', async (_, parts) => {
  const bench = await openBench();
  const answer = bench.send(echoTo(TARGET[4]));
  const socket = bench.socket(4);
  const [type, code, rest] = parts(socket.sent[0]?.bytes ?? Buffer.alloc(0));
  const message = Buffer.concat([Buffer.from([type, code, 0x12, 0x34]), rest]);
  deliverIcmp(socket, TARGET[4], message);
  expect(await answerOrSilence(bench, answer)).toMatchObject({ kind: 'silent' });
});

test('an error whose quote was cut to 8 bytes and padded with zeros before its extensions is believed', async () => {
  const bench = await openBench();
  const answer = bench.send(echoTo(TARGET[4], { ttl: 3 }));
  const socket = bench.socket(4);
  const cut = quoteOf(4, 1, socket.sent[0]?.bytes ?? Buffer.alloc(0)).subarray(0, 28);
  const mplsLabels = Buffer.from('20000df4000801010001d101', 'hex');
  const padded = Buffer.concat([cut, Buffer.alloc(100), mplsLabels]);
  deliverIcmp(socket, ROUTER[4], errorMessage(4, ROUTER[4], [11, 0], padded, Buffer.from([0, 32, 0, 0])));
  expect(await answer).toMatchObject({ kind: 'icmp-error', error: { kind: 'time-exceeded', from: ROUTER[4] } });
});

test.each([
  [4, [3, 4], Buffer.from([0, 0, 0x05, 0x14])],
  [6, [2, 0], Buffer.from([0, 0, 0x05, 0x14])],
] as const)('an IPv%i packet-too-big tells the MTU of the next link', async (family, typeAndCode, word) => {
  const bench = await openBench();
  const answer = bench.send(echoTo(TARGET[family], { payloadBytes: 1400 }));
  const socket = bench.socket(family);
  const quote = quoteOf(family, ICMP[family], socket.sent[0]?.bytes ?? Buffer.alloc(0));
  deliverIcmp(socket, ROUTER[family], errorMessage(family, ROUTER[family], typeAndCode, quote, word));
  expect(await answer).toMatchObject({ kind: 'icmp-error', error: { kind: 'packet-too-big' }, mtu: 1300 });
});

test('a second reply is told as a duplicate, a second later too, and an error after the reply is not', async () => {
  const bench = await openBench();
  let duplicates = 0;
  const answer = bench.send(echoTo(TARGET[4]), { onDuplicate: () => (duplicates += 1) });
  const socket = bench.socket(4);
  const request = socket.sent[0]?.bytes ?? Buffer.alloc(0);
  deliverReply(socket, request);
  expect(await answer).toMatchObject({ kind: 'reply' });
  deliverReply(socket, request);
  expect(duplicates).toBe(1);
  bench.clock.advance(1000);
  deliverReply(socket, request);
  expect(duplicates).toBe(2);
  deliverIcmp(socket, ROUTER[4], errorMessage(4, ROUTER[4], [3, 1], quoteOf(4, 1, request)));
  expect(duplicates).toBe(2);
});

test('a reply that comes after the time-out changes nothing and is no duplicate', async () => {
  const bench = await openBench();
  let duplicates = 0;
  const answer = bench.send(echoTo(TARGET[4]), { onDuplicate: () => (duplicates += 1) });
  const socket = bench.socket(4);
  expect(await answerOrSilence(bench, answer)).toMatchObject({ kind: 'silent' });
  deliverReply(socket, socket.sent[0]?.bytes ?? Buffer.alloc(0));
  expect(duplicates).toBe(0);
});

test('a reply that waits unread when the time is over is no silence', async () => {
  const bench = await openBench();
  const answer = bench.send(echoTo(TARGET[4]));
  const socket = bench.socket(4);
  const request = socket.sent[0]?.bytes ?? Buffer.alloc(0);
  deliverReply({ ...socket, deliver: (bytes, from) => socket.queue(Buffer.from(bytes), from) }, request);
  expect(await answerOrSilence(bench, answer)).toMatchObject({ kind: 'reply' });
});

test('each echo is answered by its own reply, in whatever order they come', async () => {
  const bench = await openBench();
  const answers = [1, 2, 3].map((ttl) => bench.send(echoTo(TARGET[4], { ttl })));
  const socket = bench.socket(4);
  const requests = socket.sent.map(({ bytes }) => bytes);
  bench.clock.advance(10);
  deliverReply(socket, requests[2] ?? Buffer.alloc(0));
  bench.clock.advance(10);
  deliverReply(socket, requests[0] ?? Buffer.alloc(0));
  bench.clock.advance(1000);
  expect(await Promise.all(answers)).toMatchObject([
    { kind: 'reply', rttMs: 20 },
    { kind: 'silent' },
    { kind: 'reply', rttMs: 10 },
  ]);
});

test('identifier and cookie differ between two runs, and the checksum is the same for all echoes of a run', async () => {
  const runs = await Promise.all([openBench(), openBench()]);
  const seen = runs.map((bench) => {
    for (const ttl of [1, 2, 3]) void bench.send(echoTo(TARGET[4], { ttl }));
    return bench.socket(4).sent.map(({ bytes }) => bytes);
  });
  const marks = seen.map((requests) => requests.map((bytes) => bytes.toString('hex', 8, 16)));
  expect(new Set(marks[0]).size).toBe(1);
  expect(marks[0]?.[0]).not.toBe(marks[1]?.[0]);
  for (const requests of seen) expect(new Set(requests.map((bytes) => bytes.readUInt16BE(2))).size).toBe(1);
});

test('a link-local IPv6 target is sent to with its zone and answers without one', async () => {
  const bench = await openBench();
  const answer = bench.send(echoTo('fe80::7%eth9'));
  const socket = bench.socket(6);
  expect(socket.sent[0]?.to).toBe('fe80::7%eth9');
  deliverReply(socket, socket.sent[0]?.bytes ?? Buffer.alloc(0), { from: 'fe80::7' });
  expect(await answer).toMatchObject({ kind: 'reply', from: 'fe80::7%eth9' });
});

test('a target that is spelt in full answers under its short name', async () => {
  const bench = await openBench();
  const answer = bench.send(echoTo('2001:0db8:0009:0:0:0:0:0007'));
  const socket = bench.socket(6);
  deliverReply(socket, socket.sent[0]?.bytes ?? Buffer.alloc(0));
  expect(await answer).toMatchObject({ kind: 'reply', from: TARGET[6] });
});

test('an abort settles the echo as silent at once, with how long it waited', async () => {
  const bench = await openBench();
  const abort = new AbortController();
  const answer = bench.send(echoTo(TARGET[4]), { signal: abort.signal });
  bench.clock.advance(42);
  abort.abort();
  expect(await answer).toEqual({ kind: 'silent', waitedMs: 42 });
});

test('an echo whose signal is aborted already is not sent', async () => {
  const bench = await openBench();
  expect(await bench.send(echoTo(TARGET[4]), { signal: AbortSignal.abort() })).toEqual({ kind: 'silent', waitedMs: 0 });
  expect(bench.socket(4).sent).toEqual([]);
});

test('noise on the socket is passed over', async () => {
  const bench = await openBench();
  const answer = bench.send(echoTo(TARGET[4]));
  const socket = bench.socket(4);
  const request = socket.sent[0]?.bytes ?? Buffer.alloc(0);
  const whole = wrapped(socket, TARGET[4], request);
  for (let length = 0; length <= whole.length; length += 1) socket.deliver(whole.subarray(0, length), TARGET[4]);
  deliverReply(socket, request);
  expect(await answer).toMatchObject({ kind: 'reply' });
});
