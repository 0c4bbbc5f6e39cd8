import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

/** An IP packet as far as the peer needs it. `packet` is the whole of it, header included. */
export type Packet = {
  readonly family: 4 | 6;
  readonly source: string;
  readonly destination: string;
  readonly ttl: number;
  readonly protocol: number;
  readonly payload: Buffer;
  readonly packet: Buffer;
};

/** Reads the IP packet of an Ethernet frame; null for anything else. */
export function packetOf(frame: Buffer): Packet | null {
  const packet = frame.subarray(14);
  switch (frame.readUInt16BE(12)) {
    case 0x0800: {
      const headerBytes = (packet.readUInt8(0) & 0x0f) * 4;
      const total = packet.subarray(0, packet.readUInt16BE(2));
      return {
        family: 4,
        source: addressOf(total.subarray(12, 16)),
        destination: addressOf(total.subarray(16, 20)),
        ttl: total.readUInt8(8),
        protocol: total.readUInt8(9),
        payload: total.subarray(headerBytes),
        packet: total,
      };
    }
    case 0x86dd: {
      const total = packet.subarray(0, 40 + packet.readUInt16BE(4));
      return {
        family: 6,
        source: addressOf(total.subarray(8, 24)),
        destination: addressOf(total.subarray(24, 40)),
        ttl: total.readUInt8(7),
        protocol: total.readUInt8(6),
        payload: total.subarray(40),
        packet: total,
      };
    }
    default:
      return null;
  }
}

/** An IP packet around a payload. */
export function ipPacket(source: string, destination: string, protocol: number, payload: Uint8Array): Buffer {
  const [from, to] = [bytesOf(source), bytesOf(destination)];
  if (isIPv6(source)) {
    const header = Buffer.alloc(8);
    header.writeUInt8(0x60, 0);
    header.writeUInt16BE(payload.length, 4);
    header.writeUInt8(protocol, 6);
    header.writeUInt8(64, 7);
    return Buffer.concat([header, from, to, payload]);
  }
  const header = Buffer.alloc(12);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + payload.length, 2);
  header.writeUInt8(64, 8);
  header.writeUInt8(protocol, 9);
  header.writeUInt16BE(checksum(Buffer.concat([header, from, to])), 10);
  return Buffer.concat([header, from, to, payload]);
}

/** An ICMP or ICMPv6 message with a right checksum; `rest` is what follows type, code and checksum. */
export function icmpMessage(source: string, destination: string, type: number, code: number, rest: Uint8Array): Buffer {
  const message = Buffer.concat([Buffer.from([type, code, 0, 0]), rest]);
  const pseudo = isIPv6(source) ? pseudoHeader(source, destination, PROTOCOL.icmpv6, message.length) : Buffer.alloc(0);
  message.writeUInt16BE(checksum(Buffer.concat([pseudo, message])), 2);
  return message;
}

/** A TCP segment without options and data, with a right checksum (RFC 9293 3.1). */
export function tcpSegment(
  ends: { readonly source: string; readonly destination: string; readonly from: number; readonly to: number },
  fields: { readonly sequence: number; readonly acknowledged: number; readonly flags: number },
): Buffer {
  const segment = Buffer.alloc(20);
  segment.writeUInt16BE(ends.from, 0);
  segment.writeUInt16BE(ends.to, 2);
  segment.writeUInt32BE(fields.sequence, 4);
  segment.writeUInt32BE(fields.acknowledged >>> 0, 8);
  segment.writeUInt8(0x50, 12);
  segment.writeUInt8(fields.flags, 13);
  segment.writeUInt16BE(64_240, 14);
  const pseudo = pseudoHeader(ends.source, ends.destination, PROTOCOL.tcp, segment.length);
  segment.writeUInt16BE(checksum(Buffer.concat([pseudo, segment])), 16);
  return segment;
}

/** The frame that answers another: link-layer addresses swapped. */
export function frameBack(request: Buffer, packet: Uint8Array): Buffer {
  return Buffer.concat([request.subarray(6, 12), request.subarray(0, 6), request.subarray(12, 14), packet]);
}

function pseudoHeader(source: string, destination: string, protocol: number, length: number): Buffer {
  const [from, to] = [bytesOf(source), bytesOf(destination)];
  const tail = isIPv6(source) ? Buffer.alloc(8) : Buffer.alloc(4);
  tail.writeUInt16BE(length, 2);
  tail.writeUInt8(protocol, tail.length === 8 ? 7 : 1);
  return Buffer.concat([from, to, tail]);
}

/** The Internet checksum (RFC 1071). */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 2) {
    sum += ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function bytesOf(address: string): Buffer {
  return Buffer.from(ipaddr.parse(address).toByteArray());
}

/** The address that these four or sixteen bytes are, in its shortest text form. */
export function addressOf(bytes: Uint8Array): string {
  return ipaddr.fromByteArray([...bytes]).toString();
}
