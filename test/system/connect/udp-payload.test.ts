import { decode } from 'dns-packet';
import { expect, test } from 'vitest';
import { udpPayload } from '../../../src/system/connect/udp-payload.ts';

const V4 = '192.0.2.7';

test('a name server is asked for the name servers of the root', () => {
  const query = decode(Buffer.from(udpPayload('dns', V4)));
  expect(query).toMatchObject({ type: 'query', questions: [{ type: 'NS', name: '.' }] });
});

test('a time server gets a client packet of version 4 (RFC 5905, 7.3)', () => {
  const packet = udpPayload('ntp', V4);
  expect([packet.length, packet[0]]).toEqual([48, 0x23]);
  expect([...packet.subarray(1, 40)]).toEqual(Array(39).fill(0));
});

test('an SNMP agent is asked for its engine, without a community (RFC 3414, 4)', () => {
  for (let run = 0; run < 50; run += 1) {
    const bytes = Buffer.from(udpPayload('snmp', V4));
    const fields = read(bytes);
    expect(fields.rest).toBe(0);
    const [version, header, security, scoped] = children(fields.value);
    expect([...(version?.value ?? [])]).toEqual([3]);
    // Reportable, neither authenticated nor private; the user-based security model.
    expect(
      children(header?.value ?? Buffer.alloc(0)).map(({ tag, value }) => [tag, value.length > 3 || [...value]]),
    ).toEqual([
      [2, expect.anything()],
      [2, [0, 0xff, 0xe3]],
      [4, [4]],
      [2, [3]],
    ]);
    const inner = children(security?.value ?? Buffer.alloc(0));
    expect(inner).toHaveLength(1);
    expect(children(inner[0]?.value ?? Buffer.alloc(0)).map(({ value }) => [...value])).toEqual([
      [],
      [0],
      [0],
      [],
      [],
      [],
    ]);
    expect(children(scoped?.value ?? Buffer.alloc(0)).map(({ tag }) => tag)).toEqual([4, 4, 0xa0]);
    expect(bytes.toString('latin1')).not.toContain('public');
  }
});

type Field = { readonly tag: number; readonly value: Buffer };

function read(bytes: Buffer): Field & { readonly rest: number } {
  const length = bytes.readUInt8(1);
  return { tag: bytes.readUInt8(0), value: bytes.subarray(2, 2 + length), rest: bytes.length - 2 - length };
}

function children(bytes: Buffer): readonly Field[] {
  if (bytes.length === 0) return [];
  const first = read(bytes);
  return [first, ...children(bytes.subarray(bytes.length - first.rest))];
}

test('a QUIC server gets an Initial of 1200 bytes in a version that forces negotiation (RFC 9000, 15)', () => {
  const packet = Buffer.from(udpPayload('quic', V4));
  expect(packet).toHaveLength(1200);
  expect(packet.readUInt8(0) & 0xf0).toBe(0xc0);
  expect(packet.readUInt32BE(1) & 0x0f0f0f0f).toBe(0x0a0a0a0a);
  expect([packet.readUInt8(5), packet.readUInt8(14)]).toEqual([8, 8]);
});

test('a STUN server gets a binding request (RFC 8489, 5)', () => {
  const packet = Buffer.from(udpPayload('stun', V4));
  expect([packet.readUInt16BE(0), packet.readUInt16BE(2), packet.readUInt32BE(4), packet.length]).toEqual([
    1, 0, 0x2112a442, 20,
  ]);
});

test.each([
  [V4, 'OPTIONS sip:192.0.2.7 SIP/2.0'],
  ['fe80::1%eth0', 'OPTIONS sip:[fe80::1] SIP/2.0'],
])('a SIP server is asked what it can do: %s', (address, line) => {
  const text = Buffer.from(udpPayload('sip', address)).toString();
  expect(text.split('\r\n')[0]).toBe(line);
  expect(text).toMatch(/^Via: SIP\/2\.0\/UDP netwhy\.invalid;branch=z9hG4bK[0-9a-f]{16};rport\r$/mu);
  expect(text.endsWith('Content-Length: 0\r\n\r\n')).toBe(true);
});

test('a WireGuard peer gets what looks like a handshake', () => {
  const packet = Buffer.from(udpPayload('wireguard', V4));
  expect([packet.readUInt32LE(0), packet.length]).toEqual([1, 148]);
});

test('what only takes is given nothing to keep', () => {
  expect(udpPayload('nothing', V4)).toHaveLength(0);
});

test('any other port gets a few printable bytes', () => {
  expect(Buffer.from(udpPayload('text', V4)).toString()).toMatch(/^[ -~]+\n$/);
});
