import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { internetChecksum } from '../../../../src/packet/checksum.ts';
import { deliverIcmp, echoTo, errorMessage, openBench, quoteOf, ROUTER, TARGET } from './fake.ts';

const ICMP = { 4: 1, 6: 58 } as const;
const TIME_EXCEEDED = { 4: [11, 0], 6: [3, 0] } as const;

test('echoes of one flow share their checksum, and those of two never do', async () => {
  const bench = await openBench();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 40 }), async (flows) => {
      const socket = bench.socket(4);
      const before = socket.sent.length;
      const stop = new AbortController();
      const answers = flows.map((flow) =>
        bench.send(
          { ...echoTo(TARGET[4]), kind: 'echo', payloadBytes: 56, dontFragment: false, flow },
          { signal: stop.signal },
        ),
      );
      const checksums = new Map<number, Set<number>>();
      flows.forEach((flow, index) => {
        const bytes = socket.sent[before + index]?.bytes ?? Buffer.alloc(8);
        expect(internetChecksum(bytes)).toBe(0);
        checksums.set(flow, (checksums.get(flow) ?? new Set()).add(bytes.readUInt16BE(2)));
      });
      stop.abort();
      await Promise.all(answers);
      expect([...checksums.values()].every((each) => each.size === 1)).toBe(true);
      expect(new Set([...checksums.values()].flatMap((each) => [...each])).size).toBe(checksums.size);
    }),
  );
});

test.each([4, 6] as const)(
  'what an IPv%i router tells of MPLS and its interface comes with its error',
  async (family) => {
    const bench = await openBench();
    const answer = bench.send(echoTo(TARGET[family], { ttl: 3 }));
    const socket = bench.socket(family);
    const quote = Buffer.alloc(128);
    quoteOf(family, ICMP[family], socket.sent[0]?.bytes ?? Buffer.alloc(0)).copy(quote);
    const extensions = Buffer.from('20000000 00080101 05dc3101 00080208 0000000b'.replaceAll(' ', ''), 'hex');
    const word = Buffer.alloc(4);
    if (family === 4) word.writeUInt8(128 / 4, 1);
    else word.writeUInt8(128 / 8, 0);
    const body = Buffer.concat([quote, extensions]);
    deliverIcmp(socket, ROUTER[family], errorMessage(family, ROUTER[family], TIME_EXCEEDED[family], body, word));
    expect(await answer).toMatchObject({
      kind: 'icmp-error',
      mpls: [{ label: 24003, trafficClass: 0, bottom: true, ttl: 1 }],
      interfaces: [{ role: 'incoming', index: 11, address: null, name: null, mtu: null }],
    });
  },
);

test('of datagrams with growing TTL a reply answers the one with the highest', async () => {
  const bench = await openBench();
  const service = createSocket('udp4');
  onTestFinished(() => new Promise((resolve) => void service.close(() => resolve())));
  service.bind(0, '127.0.0.1');
  await once(service, 'listening');
  const { port } = service.address();
  const free = createSocket('udp4');
  free.bind(0);
  await once(free, 'listening');
  const sourcePort = free.address().port;
  await new Promise<void>((resolve) => void free.close(() => resolve()));
  const stop = new AbortController();
  const [low, high] = [1, 2].map((ttl) =>
    bench.send(
      { kind: 'udp', to: '127.0.0.1', port, sourcePort, ttl, timeoutMs: 500, payload: new Uint8Array(ttl) },
      { signal: stop.signal },
    ),
  );
  await once(service, 'message');
  service.send('pong', sourcePort, '127.0.0.1');
  expect(await high).toMatchObject({ kind: 'reply', from: '127.0.0.1' });
  stop.abort();
  expect(await low).toMatchObject({ kind: 'silent' });
});
