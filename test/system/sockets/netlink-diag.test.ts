import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeDiag, encodeDiagRequest } from '../../../src/system/sockets/netlink-diag.ts';
import { addressReader } from '../../../src/system/sockets/socket-address.ts';

const TCP_LISTEN = 10;
const AF_INET = 2;
const AF_INET6 = 10;

type Given = {
  readonly family?: number;
  readonly state?: number;
  readonly local?: readonly number[];
  readonly port?: number;
  readonly peer?: readonly number[];
  readonly index?: number;
  readonly attributes?: Buffer;
};

function message(type: number, body: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(16 + body.length, 0);
  header.writeUInt16LE(type, 4);
  return Buffer.concat([header, body, Buffer.alloc(-body.length & 3)]);
}

/** A socket as linux/inet_diag.h lays it out (struct inet_diag_msg), on a little-endian machine. */
function socket({
  family = AF_INET,
  state = TCP_LISTEN,
  local = [127, 0, 0, 1],
  port = 8080,
  peer = [],
  index = 0,
  attributes = Buffer.alloc(0),
}: Given): Buffer {
  const body = Buffer.alloc(72);
  body[0] = family;
  body[1] = state;
  body.writeUInt16BE(port, 4);
  body.set(local, 8);
  body.set(peer, 24);
  body.writeUInt32LE(index, 40);
  body.writeUInt32LE(3, 56);
  body.writeUInt32LE(128, 60);
  body.writeUInt32LE(33, 64);
  body.writeUInt32LE(4711, 68);
  return message(20, Buffer.concat([body, attributes]));
}

function attribute(type: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(4 + value.length, 0);
  header.writeUInt16LE(type, 2);
  return Buffer.concat([header, value, Buffer.alloc(-value.length & 3)]);
}

const DONE = message(3, Buffer.alloc(4));
const decode = (...messages: readonly Buffer[]) => decodeDiag(Buffer.concat(messages), 'tcp', addressReader(), true);

test('asks for one protocol and family, with the memory of each socket', () => {
  const request = Buffer.from(encodeDiagRequest({ protocol: 'udp', family: 6, wanted: 'all' }, true));
  expect(request.toString('hex')).toBe(`48000000140001030100000000000000${'0a114000ff1f0000'}${'00'.repeat(48)}`);
});

test.each([
  ['tcp', 1 << 10],
  ['udp', 1 << 7],
] as const)('of %s the kernel is asked for the listeners alone where no others are wanted', (protocol, states) => {
  const request = Buffer.from(encodeDiagRequest({ protocol, family: 4, wanted: 'listening' }, true));
  expect(request.readUInt32LE(20)).toBe(states);
});

test('reads a listener with its queue, its limit, its owner and what it lost', () => {
  const memory = Buffer.alloc(36);
  memory.writeUInt32LE(5, 32);
  const attributes = Buffer.concat([attribute(7, memory), attribute(11, Buffer.from([1]))]);
  expect(decode(socket({ attributes, index: 2 }))).toEqual({
    end: { kind: 'more' },
    rows: [
      {
        protocol: 'tcp',
        family: 4,
        state: 'listen',
        localAddress: '127.0.0.1',
        localPort: 8080,
        peerAddress: '0.0.0.0',
        peerPort: 0,
        interfaceIndex: 2,
        receiveQueue: 3,
        sendQueue: 128,
        uid: 33,
        inode: 4711,
        v6Only: true,
        drops: 5,
      },
    ],
  });
});

test('an IPv4-mapped address is IPv4, any other of 16 bytes is IPv6', () => {
  const mapped = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 1];
  const six = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  const { rows } = decode(
    socket({ family: AF_INET6, local: mapped, peer: mapped }),
    socket({ family: AF_INET6, local: six, peer: six }),
  );
  expect(rows.map(({ family, localAddress, peerAddress }) => [family, localAddress, peerAddress])).toEqual([
    [4, '10.0.0.1', '10.0.0.1'],
    [6, '2001:db8::1', '2001:db8::1'],
  ]);
});

test('the end, an error at the end and a refusal', () => {
  const error = Buffer.alloc(4);
  error.writeInt32LE(-2);
  expect(decode(socket({}), DONE)).toMatchObject({ rows: [{}], end: { kind: 'done' } });
  expect(decode(message(3, error)).end).toEqual({ kind: 'error', errno: 2 });
  expect(decode(message(2, error)).end).toEqual({ kind: 'error', errno: 2 });
});

test('a state that is not known is left out; a UDP socket has a peer or it has none', () => {
  expect(decode(socket({ state: 99 }), DONE)).toMatchObject({ rows: [], end: { kind: 'done' } });
  const states = [1, 7].map((state) => decodeDiag(socket({ state }), 'udp', addressReader(), true).rows[0]?.state);
  expect(states).toEqual(['established', 'unconnected']);
});

test('bytes of any kind never throw, nor do messages that lie about their length', () => {
  const read = addressReader();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decodeDiag(Buffer.from(bytes), 'tcp', read)),
  );
  const good = Buffer.concat([
    socket({ attributes: attribute(7, Buffer.alloc(36)) }),
    socket({ family: AF_INET6 }),
    DONE,
  ]);
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, length) => {
      const bent = Buffer.from(good.subarray(0, length));
      if (at < length) bent[at] = value;
      return decodeDiag(bent, 'tcp', read, true).rows.length <= 2;
    }),
  );
});
