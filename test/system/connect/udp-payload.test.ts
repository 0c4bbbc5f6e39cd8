import { decode } from 'dns-packet';
import { expect, test } from 'vitest';
import { udpPayload } from '../../../src/system/connect/udp-payload.ts';

test('a name server is asked for the name servers of the root', () => {
  const query = decode(Buffer.from(udpPayload(53)));
  expect(query).toMatchObject({ type: 'query', questions: [{ type: 'NS', name: '.' }] });
});

test('a time server gets a client packet of version 4 (RFC 5905, 7.3)', () => {
  const packet = udpPayload(123);
  expect([packet.length, packet[0]]).toEqual([48, 0x23]);
  expect([...packet.subarray(1, 40)]).toEqual(Array(39).fill(0));
});

test('any other port gets a few printable bytes', () => {
  expect(Buffer.from(udpPayload(9000)).toString()).toMatch(/^[ -~]+\n$/);
});
