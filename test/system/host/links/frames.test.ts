import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arpProbe, claimInAdvertisement, claimInArp, solicitation } from '../../../../src/system/host/links/frames.ts';

const OWN = Buffer.from([2, 0, 0, 0, 0, 1]);

test('an ARP probe names no sender that anybody would remember (RFC 5227 2.1.1)', () => {
  const frame = arpProbe(OWN, '10.9.0.1');
  expect(frame.toString('hex')).toBe(
    'ffffffffffff0200000000010806' + '0001080006040001' + '02000000000100000000' + '0000000000000a090001',
  );
});

test('an ARP reply claims an address, a request does not', () => {
  const reply = arpProbe(Buffer.from([2, 0, 0, 0, 0, 9]), '10.9.0.2');
  reply[21] = 2;
  reply.set([10, 9, 0, 1], 28);
  expect(claimInArp(reply)).toEqual({ address: '10.9.0.1', linkAddress: '02:00:00:00:00:09' });
  expect(claimInArp(arpProbe(OWN, '10.9.0.1'))).toBeNull();
});

test('a solicitation goes to the group of the address, with a checksum that is right', () => {
  const frame = solicitation(OWN, 'fe80::1', 'fd09::20');
  expect(frame.subarray(0, 6).toString('hex')).toBe('3333ff000020');
  expect(frame.length).toBe(14 + 40 + 32);
  expect(frame[21]).toBe(255);
});

test('an advertisement claims by its option, else by its sender; one that a router passed on does not count', () => {
  const frame = solicitation(Buffer.from([2, 0, 0, 0, 0, 9]), 'fe80::9', 'fd09::20');
  frame[54] = 136;
  frame[78] = 2;
  expect(claimInAdvertisement(frame)).toEqual({ address: 'fd09::20', linkAddress: '02:00:00:00:00:09' });
  expect(claimInAdvertisement(frame.subarray(0, 78))?.linkAddress).toBe('02:00:00:00:00:09');
  frame[21] = 254;
  expect(claimInAdvertisement(frame)).toBeNull();
});

test('whatever the bytes, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (array) => {
      claimInArp(Buffer.from(array));
      claimInAdvertisement(Buffer.from(array));
    }),
  );
});
