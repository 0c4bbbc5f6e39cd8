import { addressOf, icmpMessage, ipPacket, PROTOCOL, packetOf } from './frames.ts';

const SOLICITATION = 135;
const ADVERTISEMENT = 136;
const SOLICITED_OVERRIDE = 0x60;

/** The frame that answers an ARP request for one of the addresses (RFC 826); null for any other frame. */
export function arpReply(frame: Buffer, mac: Buffer, addresses: readonly string[]): Buffer | null {
  const isRequest = frame.readUInt16BE(12) === 0x0806 && frame.readUInt16BE(20) === 1;
  if (!isRequest || !addresses.includes(addressOf(frame.subarray(38, 42)))) return null;
  const asker = frame.subarray(22, 32);
  const head = Buffer.concat([frame.subarray(6, 12), mac, frame.subarray(12, 20), Buffer.from([0, 2])]);
  return Buffer.concat([head, mac, frame.subarray(38, 42), asker]);
}

/** The frame that answers a neighbour solicitation for one of the addresses (RFC 4861 4.4); null for any other frame. */
export function neighbourAdvertisement(frame: Buffer, mac: Buffer, addresses: readonly string[]): Buffer | null {
  const packet = packetOf(frame);
  if (packet?.protocol !== PROTOCOL.icmpv6 || packet.payload[0] !== SOLICITATION) return null;
  const wanted = packet.payload.subarray(8, 24);
  const own = addressOf(wanted);
  if (!addresses.includes(own)) return null;
  const rest = Buffer.concat([Buffer.from([SOLICITED_OVERRIDE, 0, 0, 0]), wanted, Buffer.from([2, 1]), mac]);
  const message = icmpMessage(own, packet.source, ADVERTISEMENT, 0, rest);
  const answer = ipPacket(own, packet.source, PROTOCOL.icmpv6, message);
  // Neighbour discovery counts only with a hop limit of 255.
  answer.writeUInt8(255, 7);
  return Buffer.concat([frame.subarray(6, 12), mac, frame.subarray(12, 14), answer]);
}
