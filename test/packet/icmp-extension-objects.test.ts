import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeExtensions } from '../../src/packet/icmp-extension-objects.ts';
import { hex } from './hex.ts';

const HEADER = '2000 0000';
const NOTHING = { mpls: [], interfaces: [] };

test('one MPLS label, as routers tell it (RFC 4950)', () => {
  // Label 24003, traffic class 0, bottom, TTL 1.
  expect(decodeExtensions(hex(`${HEADER} 0008 01 01 05dc3101`)).mpls).toEqual([
    { label: 24003, trafficClass: 0, bottom: true, ttl: 1 },
  ]);
});

test('a stack of labels, outermost first, ends at its bottom', () => {
  expect(decodeExtensions(hex(`${HEADER} 0010 01 01 ffffeafe 00010102 00020103`)).mpls).toEqual([
    { label: 0xffffe, trafficClass: 5, bottom: false, ttl: 254 },
    { label: 16, trafficClass: 0, bottom: true, ttl: 2 },
  ]);
});

test('the interface by which a packet came in, with all that can be told of it (RFC 5837)', () => {
  const parts = '0000000b 0001 0000 0a090001 0c 67652d302f302f31 000000 000005dc';
  expect(decodeExtensions(hex(`${HEADER} 0020 02 0f ${parts}`)).interfaces).toEqual([
    { role: 'incoming', index: 11, address: '10.9.0.1', name: 'ge-0/0/1', mtu: 1500 },
  ]);
});

test('the next hop with nothing but an IPv6 address', () => {
  const address = '20010db8 00000000 00000000 00000007';
  expect(decodeExtensions(hex(`${HEADER} 0018 02 c4 0002 0000 ${address}`)).interfaces).toEqual([
    { role: 'next-hop', index: null, address: '2001:db8::7', name: null, mtu: null },
  ]);
});

test('objects of other kinds are passed over', () => {
  expect(decodeExtensions(hex(`${HEADER} 0008 03 01 00000000  0008 01 01 00064140`)).mpls).toHaveLength(1);
});

test.each([
  ['no structure', ''],
  ['no object', HEADER],
  ['a length of zero', `${HEADER} 0000 01 01 00064140`],
  ['a length past the end', `${HEADER} 0020 01 01 00064140`],
  ['half a label', `${HEADER} 0006 01 01 0006`],
  ['an interface shorter than it says', `${HEADER} 0006 02 08 0000`],
  ['an address of no known family', `${HEADER} 000c 02 04 0003 0000 0a090001`],
  ['a name whose length cannot be', `${HEADER} 0008 02 02 05616263`],
  ['a name that is longer than the object', `${HEADER} 0008 02 02 08616263`],
])('%s tells nothing', (_, bytes) => {
  expect(decodeExtensions(hex(bytes))).toEqual(NOTHING);
});

const object = fc
  .tuple(fc.constantFrom(1, 2, 3), fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 80 }))
  .map(([objectClass, type, payload]) => {
    const length = payload.length + 4;
    return Uint8Array.from([length >> 8, length & 0xff, objectClass, type, ...payload]);
  });

const structures = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc
    .array(object, { maxLength: 6 })
    .map((objects) => Uint8Array.from([0x20, 0, 0, 0, ...objects.flatMap((each) => [...each])])),
);

test('no bytes make it throw, and what it tells is within its bounds', () => {
  fc.assert(
    fc.property(structures, fc.nat({ max: 40 }), (structure, cut) => {
      const { mpls, interfaces } = decodeExtensions(structure.subarray(0, Math.max(0, structure.length - cut)));
      for (const { label, trafficClass, ttl } of mpls) {
        expect(label >= 0 && label < 2 ** 20 && trafficClass >= 0 && trafficClass < 8 && ttl >= 0 && ttl < 256).toBe(
          true,
        );
      }
      for (const { index, mtu, name } of interfaces) {
        for (const word of [index, mtu]) expect(word === null || (word >= 0 && word < 2 ** 32)).toBe(true);
        expect((name ?? '').length).toBeLessThan(64);
      }
    }),
    { numRuns: 2000 },
  );
});

test('any stack of labels comes out as it was put in', () => {
  const label = fc.record({
    label: fc.nat({ max: 2 ** 20 - 1 }),
    trafficClass: fc.nat({ max: 7 }),
    ttl: fc.nat({ max: 255 }),
  });
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), (entries) => {
      const stack = entries.map((entry, index) => ({ ...entry, bottom: index === entries.length - 1 }));
      const bytes = new Uint8Array(8 + 4 * stack.length);
      const view = new DataView(bytes.buffer);
      view.setUint8(0, 0x20);
      view.setUint16(4, 4 + 4 * stack.length);
      view.setUint16(6, 0x0101);
      stack.forEach((entry, index) => {
        view.setUint32(
          8 + 4 * index,
          (entry.label << 12) | (entry.trafficClass << 9) | (Number(entry.bottom) << 8) | entry.ttl,
        );
      });
      expect(decodeExtensions(bytes).mpls).toEqual(stack);
    }),
  );
});
