import { randomInt } from 'node:crypto';
import type { Family, IpAddress } from '../../../domain/address.ts';
import { decodeIcmp, encodeEchoRequest } from '../../../packet/icmp.ts';
import type { Echo } from '../../../packet/icmp-message.ts';
import { decodeIcmpv6, encodeEchoRequestV6 } from '../../../packet/icmpv6.ts';
import { decodeIpv4 } from '../../../packet/ipv4.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';
import type { KernelLink } from './link.ts';
import { FAMILY_OPTION, OPTION } from './options.ts';
import { type KernelSocket, openSocket, type Refused, SOCKET_TYPE } from './socket.ts';

const LARGEST_WORD = 0xffff;
const ECHO_REPLY = { 4: 0, 6: 129 } as const;

/** A socket for one echo, of one of the two kinds that there are. */
export type EchoSocket = {
  readonly kind: 'open';
  readonly type: 'datagram' | 'raw';
  /** Hears what answers. */
  readonly socket: KernelSocket;
  readonly identifier: number;
  encode(echo: Echo): Uint8Array;
  /** The echo reply in what the socket received; null for anything else. */
  decode(bytes: Uint8Array): Echo | null;
};

/**
 * Opens a datagram ICMP socket, which the kernel gives to the groups of `net.ipv4.ping_group_range` (icmp(7)), else a raw
 * one, for which CAP_NET_RAW is needed. The refusal is that of the first. It may share its identifier with those opened
 * after it: what answers is heard by the last of them.
 */
export function openEchoSocket(link: KernelLink, family: Family, to: IpAddress): EchoSocket | Refused {
  const protocol = family === 4 ? PROTOCOL.icmp : PROTOCOL.icmpv6;
  const ping = openSocket(link, { family, type: SOCKET_TYPE.datagram, protocol });
  if (ping.kind === 'open') {
    ping.set(OPTION.reuseAddress, 1);
    // The kernel writes the port that it was bound to into the identifier.
    const refused = ping.bind(0);
    const identifier = ping.localPort();
    if (refused === null && identifier !== null) return { ...codec(family, 'datagram'), socket: ping, identifier };
    ping.close();
    return refused ?? { kind: 'refused', code: 'EIO' };
  }
  const raw = openSocket(link, { family, type: SOCKET_TYPE.raw, protocol });
  if (raw.kind === 'refused') return ping;
  raw.set(FAMILY_OPTION[family].filter, onlyEchoReplies(family));
  // Else it would hear the echo replies of all the machine.
  const refused = raw.connect(to, 0);
  if (refused === null) return { ...codec(family, 'raw'), socket: raw, identifier: randomInt(1, LARGEST_WORD + 1) };
  raw.close();
  return refused;
}

function codec(family: Family, type: 'datagram' | 'raw'): Omit<EchoSocket, 'socket' | 'identifier'> {
  return {
    kind: 'open',
    type,
    encode: family === 4 ? encodeEchoRequest : encodeEchoRequestV6,
    decode(bytes) {
      // A raw socket gives the IP header for IPv4 and not for IPv6.
      const packet = family === 4 && type === 'raw' ? decodeIpv4(bytes) : null;
      if (packet?.ok === false) return null;
      const message = packet === null ? bytes : packet.value.payload;
      const icmp = family === 4 ? decodeIcmp(message) : decodeIcmpv6(message);
      return icmp.ok && icmp.value.kind === 'echo-reply' ? icmp.value : null;
    },
  };
}

/** ICMP_FILTER of raw(7), ICMP6_FILTER of RFC 3542, 3.2: a set bit blocks the type. */
function onlyEchoReplies(family: Family): Uint8Array {
  const words = new Uint32Array(family === 4 ? 1 : 8).fill(0xffff_ffff);
  const type = ECHO_REPLY[family];
  words[type >> 5] = ~(1 << (type & 31)) >>> 0;
  return Buffer.from(words.buffer);
}
