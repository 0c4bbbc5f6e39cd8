import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTcp, encodeSyn, hasRightTcpChecksum } from '../../src/packet/tcp.ts';
import { hex } from './hex.ts';

const IPV4 = { source: '192.0.2.1', destination: '198.51.100.7' };
const IPV6 = { source: '2001:db8::1', destination: '2001:db8:9::7' };
const SYN = { sourcePort: 61_000, destinationPort: 443, sequence: 0x01020304, timestamp: 0x0a0b0c0d };

test('a SYN has these bytes on the wire', () => {
  // Pseudo-header c000+0201+c633+6407+0006+0028 = 1ec69; segment ee48+01bb+0102+0304+a002+faf0+0204+05b4+0402+080a+
  // 0a0b+0c0d+0103+0307 = 2bce1; together 4a94a, folded a94e, complemented 56b1.
  const options = '0204 05b4 0402 080a 0a0b0c0d 00000000 0103 0307';
  expect(encodeSyn(SYN, IPV4)).toEqual(hex(`ee48 01bb 01020304 00000000 a002 faf0 56b1 0000 ${options}`));
});

test('a SYN without options is its header alone', () => {
  // As above, less the options and their length in the pseudo-header: 1ec55 + 23efb = 42b50, folded 2b54, complemented d4ab.
  expect(encodeSyn({ ...SYN, timestamp: null }, IPV4)).toEqual(hex('ee48 01bb 01020304 00000000 5002 faf0 d4ab 0000'));
});

test.each([
  ['IPv4', IPV4],
  ['IPv6', IPV6],
])('an %s SYN survives the way there and back', (_, ends) => {
  const port = fc.integer({ min: 1, max: 65_535 });
  fc.assert(
    fc.property(port, port, fc.nat(0xffff_ffff), (sourcePort, destinationPort, sequence) => {
      const bytes = encodeSyn({ sourcePort, destinationPort, sequence, timestamp: sequence }, ends);
      expect(hasRightTcpChecksum(bytes, ends)).toBe(true);
      expect(decodeTcp(bytes)).toEqual({
        ok: true,
        value: { sourcePort, destinationPort, sequence, acknowledgement: 0, syn: true, ack: false, rst: false },
      });
    }),
  );
});

test('the flags of a reset are read', () => {
  expect(decodeTcp(hex('01bb ee48 00000000 01020305 5014 0000 0000 0000'))).toMatchObject({
    value: { acknowledgement: 0x01020305, syn: false, ack: true, rst: true },
  });
});

test('a checksum that covers other addresses is wrong', () => {
  expect(hasRightTcpChecksum(encodeSyn(SYN, IPV4), { ...IPV4, source: '192.0.2.2' })).toBe(false);
});

test('the sum of the pseudo-header alone is what a local peer leaves there, and right', () => {
  const segment = encodeSyn(SYN, IPV4);
  segment.set(hex('ec6a'), 16);
  expect(hasRightTcpChecksum(segment, IPV4)).toBe(true);
  segment.set(hex('ec6b'), 16);
  expect(hasRightTcpChecksum(segment, IPV4)).toBe(false);
});

test.each([
  ['19 bytes', '01bb ee48 00000000 01020305 5014 0000 0000 00', 'too-short'],
  ['a data offset below the least', '01bb ee48 00000000 01020305 4014 0000 0000 0000', 'bad-length'],
  ['a data offset beyond the end', '01bb ee48 00000000 01020305 6014 0000 0000 0000', 'bad-length'],
])('%s is refused', (_, dump, error) => {
  expect(decodeTcp(hex(dump))).toEqual({ ok: false, error });
});
