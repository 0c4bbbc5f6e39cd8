import { EventEmitter } from 'node:events';
import type { RawSocket } from 'raw-socket';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../../src/domain/ports.ts';
import type { Answer, Probe, Prober, SendOptions } from '../../../../src/domain/prober.ts';
import { describeObstacles } from '../../../../src/evidence/obstacles/describe.ts';
import type { KoffiLoading } from '../../../../src/system/engine/kernel/koffi.ts';
import { openRawProber } from '../../../../src/system/engine/raw/prober.ts';
import type { RawModule } from '../../../../src/system/engine/raw/socket.ts';
import { icmpMessage, ipPacket, PROTOCOL } from '../../../lab/kit/frames.ts';

export type Family = 4 | 6;

/** The package koffi is not there: raw-socket's own sockets are used. */
export const WITHOUT_KOFFI = async (): Promise<KoffiLoading> => ({
  kind: 'unavailable',
  unavailable: { reason: 'not-installed', obstacles: [{ code: 'engine-left-out' }] },
});

/** One raw socket that sends into a list and receives what a test says. */
export type FakeSocket = {
  readonly family: Family;
  readonly protocol: number;
  readonly sent: { readonly bytes: Buffer; readonly to: string }[];
  readonly options: { readonly level: number; readonly name: number; readonly value: number | Buffer }[];
  isOpen: boolean;
  /** What the next sends throw. */
  refuses: Error | null;
  /** A packet arrives. The buffer that carries it is overwritten afterwards, as the real one is. */
  deliver(bytes: Uint8Array, from: string): void;
  /** A packet arrives while the event loop is busy: it waits until somebody reads. */
  queue(bytes: Uint8Array, from: string): void;
};

export type FakeRaw = { readonly module: RawModule; readonly sockets: FakeSocket[]; refusesToOpen: Error | null };

export function fakeRaw(): FakeRaw {
  const fake: FakeRaw = {
    sockets: [],
    refusesToOpen: null,
    module: {
      createSocket({ protocol, addressFamily }) {
        if (fake.refusesToOpen !== null) throw fake.refusesToOpen;
        const { socket, raw } = fakeSocket(addressFamily === 1 ? 4 : 6, protocol);
        fake.sockets.push(socket);
        return raw;
      },
    },
  };
  return fake;
}

function fakeSocket(family: Family, protocol: number): { readonly socket: FakeSocket; readonly raw: RawSocket } {
  const events = new EventEmitter();
  const buffer = Buffer.alloc(65_536);
  const waiting: { readonly bytes: Uint8Array; readonly from: string }[] = [];
  const socket: FakeSocket = {
    family,
    protocol,
    sent: [],
    options: [],
    isOpen: true,
    refuses: null,
    deliver(bytes, from) {
      buffer.set(bytes);
      events.emit('message', buffer.subarray(0, bytes.length), from);
      buffer.fill(0xff);
    },
    queue: (bytes, from) => void waiting.push({ bytes, from }),
  };
  const raw = {
    on: (event: string, listener: () => void) => events.on(event, listener),
    setOption: (level: number, name: number, value: number | Buffer) => socket.options.push({ level, name, value }),
    close() {
      if (!socket.isOpen) throw new Error('closed twice');
      socket.isOpen = false;
      events.emit('close');
    },
    wrap: {
      send(bytes: Buffer, offset: number, length: number, to: string, sent: (bytes: number) => void) {
        if (!socket.isOpen) throw new Error('the real one would open itself again');
        if (socket.refuses !== null) throw socket.refuses;
        socket.sent.push({ bytes: Buffer.from(bytes.subarray(offset, offset + length)), to });
        sent(length);
      },
      recv(into: Buffer, received: (buffer: Buffer, bytes: number, source: string) => void) {
        if (!socket.isOpen) throw new Error('the real one would open itself again');
        const packet = waiting.shift();
        if (packet === undefined) throw new Error('Resource temporarily unavailable');
        into.set(packet.bytes);
        received(into, packet.bytes.length, packet.from);
      },
    },
  };
  return { socket, raw: raw as unknown as RawSocket };
}

/** A clock that moves only when told. */
export type FakeClock = Clock & { advance(ms: number): void };

export function fakeClock(): FakeClock {
  let nowMs = 1000;
  const sleepers = new Set<{ readonly untilMs: number; readonly wake: () => void }>();
  return {
    nowMs: () => nowMs,
    isoNow: () => '2026-11-22T12:00:00.000Z',
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { untilMs: nowMs + ms, wake: resolve };
        sleepers.add(sleeper);
        signal.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          resolve();
        });
      }),
    advance(ms) {
      nowMs += ms;
      for (const sleeper of sleepers) {
        if (sleeper.untilMs > nowMs) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}

const OWN = { 4: '192.0.2.1', 6: '2001:db8::1' } as const;
export const TARGET = { 4: '198.51.100.7', 6: '2001:db8:9::7' } as const;
export const ROUTER = { 4: '203.0.113.1', 6: '2001:db8:5::1' } as const;

export type Bench = {
  readonly prober: Prober;
  readonly raw: FakeRaw;
  readonly clock: FakeClock;
  /** The raw ICMP socket of a family, or the socket of another protocol. */
  socket(family: Family, protocol?: number): FakeSocket;
  send(probe: Probe, options?: Partial<SendOptions>): Promise<Answer>;
};

/** A raw prober on fake sockets, closed when the test is finished. */
export async function openBench(): Promise<Bench> {
  const raw = fakeRaw();
  const clock = fakeClock();
  const opening = await openRawProber(clock, async () => ({ kind: 'loaded', module: raw.module }), WITHOUT_KOFFI);
  if (opening.kind !== 'open') throw new Error(describeObstacles(opening.unavailable.obstacles, 'en'));
  const { prober } = opening;
  onTestFinished(() => prober.close());
  return {
    prober,
    raw,
    clock,
    socket(family, protocol = family === 4 ? PROTOCOL.icmp : PROTOCOL.icmpv6) {
      const socket = raw.sockets.findLast((each) => each.family === family && each.protocol === protocol);
      if (socket === undefined) throw new Error(`no socket of IPv${family} for protocol ${protocol}`);
      return socket;
    },
    send: (probe, options = {}) => prober.send(probe, { signal: new AbortController().signal, ...options }),
  };
}

export function echoTo(to: string, more: { readonly payloadBytes?: number; readonly ttl?: number | null } = {}): Probe {
  return { kind: 'echo', to, ttl: null, timeoutMs: 500, payloadBytes: 56, dontFragment: false, ...more };
}

/** Settles with the answer, or with `silent` after a second of the fake clock. */
export async function answerOrSilence({ clock }: Bench, answer: Promise<Answer>): Promise<Answer> {
  clock.advance(1000);
  return answer;
}

export type ReplyFaults = {
  readonly from?: string;
  /** Changes what follows the checksum: identifier, sequence, payload. */
  readonly change?: (rest: Buffer) => Buffer;
};

/** Delivers the reply to an echo request that was sent. */
export function deliverReply(socket: FakeSocket, request: Buffer, { from, change }: ReplyFaults = {}): void {
  const source = from ?? TARGET[socket.family];
  const rest = Buffer.from(request.subarray(4));
  const type = socket.family === 4 ? 0 : 129;
  deliverIcmp(
    socket,
    source,
    icmpMessage(source, OWN[socket.family], type, 0, change === undefined ? rest : change(rest)),
  );
}

export function deliverIcmp(socket: FakeSocket, from: string, message: Buffer): void {
  socket.deliver(wrapped(socket, from, message), from);
}

/** As raw-socket gives it: IPv4 with its header, IPv6 without. */
export function wrapped(socket: FakeSocket, from: string, payload: Buffer): Buffer {
  return socket.family === 4 ? ipPacket(from, OWN[4], socket.protocol, payload) : payload;
}

/** An ICMP error about a packet of ours; `word` is what the header holds after the checksum. */
export function errorMessage(
  family: Family,
  from: string,
  [type, code]: readonly [number, number],
  quote: Uint8Array,
  word: Buffer = Buffer.alloc(4),
): Buffer {
  return icmpMessage(from, OWN[family], type, code, Buffer.concat([word, quote]));
}

/** The packet that an error quotes: ours, as it left this machine. */
export function quoteOf(
  family: Family,
  protocol: number,
  transport: Uint8Array,
  to: string = TARGET[family],
  from: string = OWN[family],
): Buffer {
  return ipPacket(from, to, protocol, transport);
}
