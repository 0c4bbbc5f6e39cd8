import { frameBack, icmpMessage, ipPacket, type Packet, PROTOCOL, packetOf, tcpSegment } from '../frames.ts';
import { arpReply, neighbourAdvertisement } from '../neighbour.ts';
import { openPacketSocket } from '../packet-socket.ts';
import type { PeerSpec } from '../peer.ts';

const spec: PeerSpec & { readonly mac: string; readonly addresses: readonly string[] } = JSON.parse(
  process.argv[2] ?? '{}',
);
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/** The words of both families for the errors that the peer sends: type and code. */
const ERRORS = {
  'port-unreachable': { 4: [3, 3], 6: [1, 4] },
  'host-unreachable': { 4: [3, 1], 6: [1, 3] },
  prohibited: { 4: [3, 13], 6: [1, 1] },
  'time-exceeded': { 4: [11, 0], 6: [3, 0] },
} as const;

const socket = openPacketSocket('eth0', { vnetHeader: false });
const mac = Buffer.from(spec.mac.replaceAll(':', ''), 'hex');
socket.listen((frame) => {
  const link = arpReply(frame, mac, spec.addresses) ?? neighbourAdvertisement(frame, mac, spec.addresses);
  if (link !== null) return socket.send(link);
  const packet = packetOf(frame);
  if (packet === null || !spec.addresses.includes(packet.destination)) return;
  for (const answer of answersTo(packet)) socket.send(frameBack(frame, answer));
});
process.stdout.write('ready\n');

function answersTo(packet: Packet): readonly Buffer[] {
  const hop = spec.hops?.[packet.ttl - 1];
  if (hop === null) return [];
  if (hop !== undefined) return [errorFor(packet, 'time-exceeded', packet.packet, hop)];
  const type = packet.payload[0];
  switch (packet.protocol) {
    case PROTOCOL.icmp:
      return type === 8 ? echoAnswers(packet) : [];
    case PROTOCOL.icmpv6:
      return type === 128 ? echoAnswers(packet) : [];
    case PROTOCOL.tcp:
      return synAnswers(packet);
    case PROTOCOL.udp:
      return udpAnswers(packet);
    default:
      return [];
  }
}

function echoAnswers(packet: Packet): readonly Buffer[] {
  const rest = Buffer.from(packet.payload.subarray(4));
  switch (spec.echo ?? 'reply') {
    case 'nothing':
      return [];
    case 'reply':
      return [echoReply(packet, rest)];
    case 'twice':
      return [echoReply(packet, rest), echoReply(packet, rest)];
    case 'bad-checksum':
      return [spoiled(echoReply(packet, rest), packet)];
    case 'bad-id':
      return [echoReply(packet, flipped(rest, 0))];
    case 'bad-sequence':
      return [echoReply(packet, flipped(rest, 2))];
    case 'bad-payload':
      return [echoReply(packet, Buffer.concat([rest.subarray(0, 4), Buffer.alloc(rest.length - 4, 0x5a)]))];
    case 'cut-short':
      return [ipPacket(packet.destination, packet.source, packet.protocol, echoPayload(packet, rest).subarray(0, 6))];
    case 'other-source':
      return [echoReply(packet, rest, packet.family === 4 ? '10.9.0.67' : 'fd09:0:0:1::67')];
    case 'prohibited':
      return [errorFor(packet, 'prohibited', packet.packet)];
    case 'unreachable-bad-checksum':
      return [spoiled(errorFor(packet, 'host-unreachable', packet.packet), packet)];
    case 'unreachable-cut-quote':
      return [errorFor(packet, 'host-unreachable', packet.packet.subarray(0, 13))];
    case 'unreachable-empty-quote':
      return [errorFor(packet, 'host-unreachable', Buffer.alloc(0))];
    case 'unreachable-foreign-quote':
      return [errorFor(packet, 'host-unreachable', foreign(packet))];
  }
}

function synAnswers(packet: Packet): readonly Buffer[] {
  const isSyn = ((packet.payload[13] ?? 0) & (SYN | ACK | RST)) === SYN;
  if (!isSyn) return [];
  switch (spec.syn ?? 'nothing') {
    case 'nothing':
      return [];
    case 'syn-ack':
      return [segment(packet, SYN | ACK)];
    case 'reset':
      return [segment(packet, RST | ACK)];
    case 'reset-bad-checksum':
      return [spoiled(segment(packet, RST | ACK), packet, 16)];
    case 'port-unreachable':
      return [errorFor(packet, 'port-unreachable', packet.packet)];
    case 'unreachable-foreign-quote':
      return [errorFor(packet, 'port-unreachable', foreign(packet))];
  }
}

function udpAnswers(packet: Packet): readonly Buffer[] {
  switch (spec.udp ?? 'nothing') {
    case 'nothing':
      return [];
    case 'port-unreachable':
      return [errorFor(packet, 'port-unreachable', packet.packet)];
    case 'unreachable-foreign-quote':
      return [errorFor(packet, 'port-unreachable', foreign(packet))];
  }
}

function echoPayload(packet: Packet, rest: Buffer, source = packet.destination): Buffer {
  return icmpMessage(source, packet.source, packet.family === 4 ? 0 : 129, 0, rest);
}

function echoReply(packet: Packet, rest: Buffer, source = packet.destination): Buffer {
  return ipPacket(source, packet.source, packet.protocol, echoPayload(packet, rest, source));
}

function errorFor(packet: Packet, word: keyof typeof ERRORS, quote: Uint8Array, source = packet.destination): Buffer {
  const [type, code] = ERRORS[word][packet.family];
  const rest = Buffer.concat([Buffer.alloc(4), quote]);
  const protocol = packet.family === 4 ? PROTOCOL.icmp : PROTOCOL.icmpv6;
  return ipPacket(source, packet.source, protocol, icmpMessage(source, packet.source, type, code, rest));
}

function segment(packet: Packet, flags: number): Buffer {
  const ends = {
    source: packet.destination,
    destination: packet.source,
    from: packet.payload.readUInt16BE(2),
    to: packet.payload.readUInt16BE(0),
  };
  const acknowledged = packet.payload.readUInt32BE(4) + 1;
  return ipPacket(
    packet.destination,
    packet.source,
    PROTOCOL.tcp,
    tcpSegment(ends, { sequence: 1, acknowledged, flags }),
  );
}

/** The same packet with the upper layer's checksum broken; `offset` is where that checksum sits in its header. */
function spoiled(answer: Buffer, packet: Packet, offset = 2): Buffer {
  return flipped(answer, (packet.family === 4 ? 20 : 40) + offset);
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0x55, at);
  return copy;
}

/** The packet as if another program, or nobody at all, had sent it: other ports or another identifier. */
function foreign(packet: Packet): Buffer {
  const headerBytes = packet.packet.length - packet.payload.length;
  const isEcho = packet.protocol === PROTOCOL.icmp || packet.protocol === PROTOCOL.icmpv6;
  return flipped(packet.packet, headerBytes + (isEcho ? 4 : 0));
}
