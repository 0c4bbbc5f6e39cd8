import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeDevice } from '../../../../src/system/host/links/devices.ts';
import { attributesOf, decodeBatch, encodeRequest, u32 } from '../../../../src/system/host/links/messages.ts';
import { decodeNeighbour } from '../../../../src/system/host/links/neighbours.ts';
import { decodeRoute } from '../../../../src/system/host/links/routes.ts';
import { decodeRule } from '../../../../src/system/host/links/rules.ts';

const bodyOf = (header: readonly number[], attributes: readonly (readonly [number, Uint8Array])[]): Buffer =>
  Buffer.from(encodeRequest(0, Uint8Array.from(header), attributes, false)).subarray(16);

test('a request is read back as a message with its attributes', () => {
  const bytes = Buffer.from(encodeRequest(26, new Uint8Array(12), [[1, Uint8Array.of(10, 9, 0, 1)]], true));
  const { messages, end } = decodeBatch(bytes);
  expect([messages.length, messages[0]?.type, end]).toEqual([1, 26, 'more']);
  expect([...(attributesOf(messages[0]?.body ?? Buffer.alloc(0), 12).get(1) ?? [])]).toEqual([10, 9, 0, 1]);
});

test('a bridge with its counters', () => {
  const stats = Buffer.alloc(64);
  stats.writeBigUInt64LE(7n, 0);
  stats.writeBigUInt64LE(12n, 8);
  const info = bodyOf([], [[1, Buffer.from('bridge\0')]]);
  const header = [0, 0, 1, 0, 5, 0, 0, 0, 0x03, 0x10, 0, 0, 0, 0, 0, 0];
  const body = bodyOf(header, [
    [3, Buffer.from('docker0\0')],
    [1, Uint8Array.of(2, 0, 0, 0, 0, 1)],
    [18, info],
    [23, stats],
  ]);
  expect(decodeDevice(body)).toEqual({
    index: 5,
    name: 'docker0',
    kind: 'bridge',
    hardware: 1,
    isUp: true,
    isLoopback: false,
    linkAddress: '02:00:00:00:00:01',
    master: null,
    sent: 12,
    received: 7,
  });
});

test('a rule of wg-quick', () => {
  const header = [2, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0];
  const body = bodyOf(header, [
    [6, u32(32_764)],
    [10, u32(51_820)],
    [16, u32(0xffff_ffff)],
    [15, u32(51_820)],
    [14, u32(0xffff_ffff)],
  ]);
  expect(decodeRule(body)).toMatchObject({
    priority: 32_764,
    table: 51_820,
    mark: { value: 51_820, mask: 0xffff_ffff },
    isInverted: true,
    suppressed: null,
  });
});

test('a route of a table of its own', () => {
  const header = [2, 24, 0, 0, 200, 3, 0, 1, 0, 0, 0, 0];
  const body = bodyOf(header, [
    [1, Uint8Array.of(203, 0, 113, 0)],
    [4, u32(3)],
    [5, Uint8Array.of(192, 168, 50, 1)],
  ]);
  expect(decodeRoute(body)).toMatchObject({
    table: 200,
    to: { address: '203.0.113.0', bits: 24 },
    type: 'unicast',
    hops: [{ device: 3, gateway: '192.168.50.1' }],
  });
});

test('an entry that is not resolved is none', () => {
  const entry = (state: number) =>
    bodyOf(
      [2, 0, 0, 0, 3, 0, 0, 0, state, 0, 0, 0],
      [
        [1, Uint8Array.of(10, 9, 0, 1)],
        [2, Uint8Array.of(2, 0, 0, 0, 0, 9)],
      ],
    );
  expect(decodeNeighbour(entry(0x80))).toEqual({
    device: 3,
    address: '10.9.0.1',
    linkAddress: '02:00:00:00:00:09',
    isPermanent: true,
  });
  expect(decodeNeighbour(entry(0x20))).toBeNull();
});

test('whatever the bytes, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (array) => {
      const bytes = Buffer.from(array);
      decodeBatch(bytes);
      for (const decode of [decodeDevice, decodeNeighbour, decodeRoute, decodeRule]) decode(bytes);
    }),
  );
});
