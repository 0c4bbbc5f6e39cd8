import { expect, onTestFinished, test } from 'vitest';
import { describeObstacles } from '../../../../src/evidence/obstacles/describe.ts';
import { PROTOCOL } from '../../../../src/packet/protocol.ts';
import { openRawProber } from '../../../../src/system/engine/raw/prober.ts';
import { deliverReply, echoTo, fakeClock, fakeRaw, openBench, TARGET, WITHOUT_KOFFI } from './fake.ts';

const SOL_RAW = 255;
const ICMPV6 = 58;
const IP_TTL = { level: 0, name: 2 } as const;
const IPV6_UNICAST_HOPS = { level: 41, name: 16 } as const;
const IP_MTU_DISCOVER = { level: 0, name: 10 } as const;

test('without the privilege it says what is lost and how to grant it', async () => {
  const raw = fakeRaw();
  raw.refusesToOpen = new Error('Operation not permitted');
  const opening = await openRawProber(fakeClock(), async () => ({ kind: 'loaded', module: raw.module }), WITHOUT_KOFFI);
  expect(opening).toEqual({
    kind: 'unavailable',
    unavailable: { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] },
  });
});

test('a machine without IPv4 still opens for IPv6', async () => {
  const raw = fakeRaw();
  const createSocket: typeof raw.module.createSocket = (options) => {
    if (options.addressFamily === 1) throw new Error('Address family not supported by protocol');
    return raw.module.createSocket(options);
  };
  const opening = await openRawProber(
    fakeClock(),
    async () => ({ kind: 'loaded', module: { createSocket } }),
    WITHOUT_KOFFI,
  );
  if (opening.kind !== 'open') throw new Error(describeObstacles(opening.unavailable.obstacles, 'en'));
  const probe = echoTo(TARGET[4]);
  const { signal } = new AbortController();
  expect(await opening.prober.send(probe, { signal })).toEqual({ kind: 'local-error', code: 'EAFNOSUPPORT' });
  opening.prober.close();
  expect(raw.sockets.map(({ family, isOpen }) => ({ family, isOpen }))).toEqual([{ family: 6, isOpen: false }]);
});

test('the socket of a family is opened when it is first needed, and never twice', async () => {
  const bench = await openBench();
  expect(bench.raw.sockets.map(({ family }) => family)).toEqual([4]);
  for (const ttl of [1, 2]) void bench.send(echoTo(TARGET[6], { ttl }));
  expect(bench.raw.sockets.map(({ family }) => family)).toEqual([4, 6]);
});

test('only answers pass the filter of the ICMP sockets', async () => {
  const bench = await openBench();
  void bench.send(echoTo(TARGET[6]));
  const filters = ([4, 6] as const).map((family) => {
    const option = bench.socket(family).options.find(({ level, name }) => {
      return name === 1 && level === (family === 4 ? SOL_RAW : ICMPV6);
    });
    return Buffer.isBuffer(option?.value) ? option.value : Buffer.alloc(0);
  });
  // The words are in the machine's byte order; a set bit blocks.
  const passed = filters.map((filter) => {
    const words = new Uint32Array(new Uint8Array(filter).buffer);
    return [...words].flatMap((word, index) => {
      return Array.from({ length: 32 }, (_, bit) => bit)
        .filter((bit) => ((word >>> bit) & 1) === 0)
        .map((bit) => 32 * index + bit);
    });
  });
  expect(passed).toEqual([
    [0, 3, 11, 12],
    [1, 2, 3, 4, 129],
  ]);
});

test.each([
  [4, IP_TTL],
  [6, IPV6_UNICAST_HOPS],
] as const)(
  'the TTL of an IPv%i probe is set before it is sent, and the default comes back',
  async (family, { level, name }) => {
    const bench = await openBench();
    for (const ttl of [1, 1, 5, null]) void bench.send(echoTo(TARGET[family], { ttl }));
    const set = bench.socket(family).options.filter((option) => option.level === level && option.name === name);
    expect(
      set.map(({ value }) => (Buffer.isBuffer(value) ? new Int32Array(new Uint8Array(value).buffer)[0] : value)),
    ).toEqual([1, 5, -1]);
  },
);

test('over IPv4 DF is set where it is asked for, whatever MTU the kernel remembers, and nothing is learned by it', async () => {
  const bench = await openBench();
  for (const dontFragment of [true, false]) {
    void bench.prober.send(
      { ...echoTo(TARGET[4]), kind: 'echo', payloadBytes: 9, dontFragment },
      { signal: new AbortController().signal },
    );
  }
  const setOn = (protocol: number) =>
    bench
      .socket(4, protocol)
      .options.filter(({ level, name }) => level === IP_MTU_DISCOVER.level && name === IP_MTU_DISCOVER.name)
      .map(({ value }) => value);
  // IP_PMTUDISC_OMIT on the socket that hears the reports; IP_PMTUDISC_PROBE on one that hears none.
  expect(setOn(PROTOCOL.icmp)).toEqual([5]);
  expect(setOn(255).at(-1)).toBe(3);
  const [packet] = bench.socket(4, 255).sent;
  // The kernel fills in the rest.
  expect(packet?.to).toBe(TARGET[4]);
  expect([packet?.bytes[0], packet?.bytes.readUInt16BE(6), packet?.bytes[8], packet?.bytes[9]]).toEqual([
    0x45, 0x4000, 64, 1,
  ]);
  expect(bench.socket(4).sent).toHaveLength(1);
});

test.each([
  ['Operation not permitted', 'EPERM'],
  ['Permission denied', 'EACCES'],
  ['Network is unreachable', 'ENETUNREACH'],
  ['No route to host', 'EHOSTUNREACH'],
  ['Message too long', 'EMSGSIZE'],
  ['Invalid argument', 'EINVAL'],
  ['No buffer space available', 'ENOBUFS'],
  ['Something nobody knows', 'EIO'],
])('a send that the kernel refuses with "%s" is a local error %s', async (text, code) => {
  const bench = await openBench();
  bench.socket(4).refuses = new Error(text);
  expect(await bench.send(echoTo(TARGET[4]))).toEqual({ kind: 'local-error', code });
});

test('after a refused send the next one leaves with its own TTL', async () => {
  const bench = await openBench();
  const socket = bench.socket(4);
  socket.refuses = new Error('No buffer space available');
  await bench.send(echoTo(TARGET[4], { ttl: 3 }));
  socket.refuses = null;
  const answer = bench.send(echoTo(TARGET[4], { ttl: 3 }));
  deliverReply(socket, socket.sent[0]?.bytes ?? Buffer.alloc(0));
  expect(await answer).toMatchObject({ kind: 'reply' });
});

test('closing settles what is pending as silent, closes every socket once, and sends no more', async () => {
  const bench = await openBench();
  const pending = [bench.send(echoTo(TARGET[4])), bench.send(echoTo(TARGET[6]))];
  bench.clock.advance(7);
  bench.prober.close();
  bench.prober.close();
  expect(await Promise.all(pending)).toEqual([
    { kind: 'silent', waitedMs: 7 },
    { kind: 'silent', waitedMs: 7 },
  ]);
  expect(bench.raw.sockets.every(({ isOpen }) => !isOpen)).toBe(true);
  expect(await bench.send(echoTo(TARGET[4]))).toEqual({ kind: 'silent', waitedMs: 0 });
  expect(bench.raw.sockets).toHaveLength(2);
});

test('a burst that shares one signal is no leak to warn of', async () => {
  const bench = await openBench();
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const { signal } = new AbortController();
  const answers = Array.from({ length: 20 }, (_, index) =>
    bench.send(echoTo(TARGET[4], { ttl: index + 1 }), { signal }),
  );
  bench.clock.advance(1000);
  await Promise.all(answers);
  expect(warnings).toEqual([]);
});
