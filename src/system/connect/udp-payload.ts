import { randomBytes, randomInt } from 'node:crypto';
import { encode } from 'dns-packet';
import type { IpAddress } from '../../domain/address.ts';
import type { UdpQuestion } from '../../domain/udp-question.ts';

const NTP_PACKET_BYTES = 48;
/** Leap indicator 0, version 4, mode 3 (client): RFC 5905, section 7.3. */
const NTP_CLIENT = 0x23;
const NTP_TRANSMIT_TIMESTAMP_OFFSET = 40;
/** A server answers a version that it does not know only where the datagram could begin a connection (RFC 9000 14.1). */
const QUIC_BYTES = 1200;
/** Long header, fixed bit, Initial (RFC 9000 17.2.2). */
const QUIC_INITIAL = 0xc0;
/** Of the pattern that is kept to force version negotiation (RFC 9000 15). */
const QUIC_NO_VERSION = 0x1a2a3a4a;
const CONNECTION_ID_BYTES = 8;
/** RFC 8489 5. */
const STUN_BINDING_REQUEST = 0x0001;
const STUN_COOKIE = 0x2112a442;
/** Type 1, of 148 bytes, whose authentication no server can find good. */
const WIREGUARD_INITIATION = { type: 1, bytes: 148 } as const;

/** What to say to a UDP port. Nothing of it changes anything there, and nothing in it tells of this machine. */
export function udpPayload(question: UdpQuestion, address: IpAddress): Uint8Array {
  switch (question) {
    case 'dns':
      return encode({ type: 'query', id: randomInt(0x10000), questions: [{ type: 'NS', name: '.' }] });
    case 'ntp':
      return ntpRequest();
    case 'snmp':
      return snmpDiscovery();
    case 'quic':
      return quicInitial();
    case 'stun':
      return stunBinding();
    case 'sip':
      return sipOptions(address);
    case 'wireguard':
      return wireguardInitiation();
    case 'nothing':
      return new Uint8Array();
    case 'text':
      return Buffer.from('netwhy\n');
  }
}

/** The transmit timestamp is random: the server only echoes it, and the true one would tell it this machine's clock. */
function ntpRequest(): Uint8Array {
  const packet = Buffer.alloc(NTP_PACKET_BYTES);
  packet.writeUInt8(NTP_CLIENT, 0);
  randomBytes(8).copy(packet, NTP_TRANSMIT_TIMESTAMP_OFFSET);
  return packet;
}

/**
 * The discovery of SNMPv3 (RFC 3414 4): an agent reports its engine to anybody, and no community is guessed, which would
 * look like an attack.
 */
function snmpDiscovery(): Uint8Array {
  const message = integer(randomInt(1, 0x7fff_ffff));
  const request = integer(randomInt(1, 0x7fff_ffff));
  const reportable = 0x04;
  const header = sequence(message, integer(65_507), tlv(0x04, [reportable]), integer(3));
  const security = tlv(
    0x04,
    sequence(tlv(0x04, []), integer(0), integer(0), tlv(0x04, []), tlv(0x04, []), tlv(0x04, [])),
  );
  const get = tlv(0xa0, [...request, ...integer(0), ...integer(0), ...sequence()]);
  return Uint8Array.from(sequence(integer(3), header, security, sequence(tlv(0x04, []), tlv(0x04, []), get)));
}

type Bytes = readonly number[];

/** BER as SNMP needs it: every length below 128 (X.690 8.1.3.4). */
function tlv(tag: number, value: Bytes): Bytes {
  return [tag, value.length, ...value];
}

function sequence(...parts: readonly Bytes[]): Bytes {
  return tlv(0x30, parts.flat());
}

/** Of a number from 0 to 2^31 - 1, in the fewest bytes that leave the sign bit clear (X.690 8.3.2). */
function integer(value: number): Bytes {
  const bytes: number[] = [];
  for (let rest = value; bytes.length === 0 || rest > 0; rest = Math.floor(rest / 0x100)) bytes.unshift(rest % 0x100);
  return tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : bytes);
}

/** An Initial of a version that nobody speaks: a server lists those that it does (RFC 9000 6.1), and keeps no state. */
function quicInitial(): Uint8Array {
  const packet = Buffer.alloc(QUIC_BYTES);
  packet.writeUInt8(QUIC_INITIAL, 0);
  packet.writeUInt32BE(QUIC_NO_VERSION, 1);
  packet.writeUInt8(CONNECTION_ID_BYTES, 5);
  randomBytes(CONNECTION_ID_BYTES).copy(packet, 6);
  packet.writeUInt8(CONNECTION_ID_BYTES, 14);
  randomBytes(CONNECTION_ID_BYTES).copy(packet, 15);
  return packet;
}

function stunBinding(): Uint8Array {
  const packet = Buffer.alloc(20);
  packet.writeUInt16BE(STUN_BINDING_REQUEST, 0);
  packet.writeUInt32BE(STUN_COOKIE, 4);
  randomBytes(12).copy(packet, 8);
  return packet;
}

/** RFC 3261 11.1; the answer comes to the port that asked (RFC 3581). */
function sipOptions(address: IpAddress): Uint8Array {
  const plain = address.split('%')[0] ?? address;
  const host = plain.includes(':') ? `[${plain}]` : plain;
  const word = (): string => randomBytes(8).toString('hex');
  return Buffer.from(
    [
      `OPTIONS sip:${host} SIP/2.0`,
      `Via: SIP/2.0/UDP netwhy.invalid;branch=z9hG4bK${word()};rport`,
      'Max-Forwards: 70',
      `From: <sip:netwhy@netwhy.invalid>;tag=${word()}`,
      `To: <sip:${host}>`,
      `Call-ID: ${word()}@netwhy.invalid`,
      'CSeq: 1 OPTIONS',
      'Accept: application/sdp',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );
}

function wireguardInitiation(): Uint8Array {
  const packet = randomBytes(WIREGUARD_INITIATION.bytes);
  packet.writeUInt32LE(WIREGUARD_INITIATION.type, 0);
  return packet;
}
