import type { IpAddress } from '../../../domain/address.ts';
import { addressBytes, addressText } from '../../../packet/address.ts';
import { internetChecksum } from '../../../packet/checksum.ts';
import { pseudoHeader } from '../../../packet/pseudo-header.ts';

const BROADCAST = Buffer.alloc(6, 0xff);
const ETHERTYPE_ARP = 0x0806;
const ETHERTYPE_IPV6 = 0x86dd;
const ARP_REPLY = 2;
const ICMPV6 = 58;
const SOLICITATION = 135;
const ADVERTISEMENT = 136;
const TARGET_LINK_ADDRESS = 2;
const IPV6_HEADER_BYTES = 40;
const ETHERNET_HEADER_BYTES = 14;
/** Neighbour discovery counts only where no router has passed it on (RFC 4861 7.1). */
const HOP_LIMIT = 255;

export type Claim = { readonly address: IpAddress; readonly linkAddress: string };

/** An ARP probe (RFC 5227 2.1.1): asks who has an address, without a sender's address that anybody would remember. */
export function arpProbe(own: Buffer, target: IpAddress): Buffer {
  const frame = Buffer.alloc(ETHERNET_HEADER_BYTES + 28);
  BROADCAST.copy(frame, 0);
  own.copy(frame, 6);
  frame.writeUInt16BE(ETHERTYPE_ARP, 12);
  // Ethernet, IPv4, their lengths, a request (RFC 826).
  frame.set([0, 1, 8, 0, 6, 4, 0, 1], 14);
  own.copy(frame, 22);
  frame.set(addressBytes(target), 38);
  return frame;
}

/** Who claims which address in an ARP reply; null for any other frame. Never throws. */
export function claimInArp(frame: Buffer): Claim | null {
  if (frame.length < 42 || frame.readUInt16BE(12) !== ETHERTYPE_ARP || frame.readUInt16BE(20) !== ARP_REPLY)
    return null;
  return { address: addressText(frame.subarray(28, 32)), linkAddress: linkText(frame.subarray(22, 28)) };
}

/** A neighbour solicitation (RFC 4861 4.3) to the target's solicited-node group, with the sender's link-layer address. */
export function solicitation(own: Buffer, source: IpAddress, target: IpAddress): Buffer {
  const wanted = addressBytes(target);
  const group = Buffer.from([0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, ...wanted.subarray(13)]);
  const message = Buffer.alloc(32);
  message[0] = SOLICITATION;
  message.set(wanted, 8);
  message.set([1, 1, ...own], 24);
  const ends = { source, destination: addressText(group) };
  message.writeUInt16BE(internetChecksum(pseudoHeader(ends, ICMPV6, message.length), message), 2);
  const header = Buffer.alloc(IPV6_HEADER_BYTES);
  header[0] = 0x60;
  header.writeUInt16BE(message.length, 4);
  header[6] = ICMPV6;
  header[7] = HOP_LIMIT;
  header.set(addressBytes(source), 8);
  header.set(group, 24);
  const ethernet = Buffer.concat([Buffer.from([0x33, 0x33, ...group.subarray(12)]), own, Buffer.from([0x86, 0xdd])]);
  return Buffer.concat([ethernet, header, message]);
}

/** Who claims which address in a neighbour advertisement (RFC 4861 4.4); null for any other frame. Never throws. */
export function claimInAdvertisement(frame: Buffer): Claim | null {
  const message = frame.subarray(ETHERNET_HEADER_BYTES + IPV6_HEADER_BYTES);
  if (message.length < 24 || frame.readUInt16BE(12) !== ETHERTYPE_IPV6) return null;
  if (frame[20] !== ICMPV6 || frame[21] !== HOP_LIMIT || message[0] !== ADVERTISEMENT) return null;
  const address = addressText(message.subarray(8, 24));
  const option = message.subarray(24, 32);
  const isTold = option.length === 8 && option[0] === TARGET_LINK_ADDRESS && option[1] === 1;
  return { address, linkAddress: linkText(isTold ? option.subarray(2) : frame.subarray(6, 12)) };
}

function linkText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
