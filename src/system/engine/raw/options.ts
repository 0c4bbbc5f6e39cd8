import type { RawSocket } from 'raw-socket';
import type { Family } from '../../../domain/address.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';

/** Linux's own numbers (asm-generic/socket.h, linux/in.h, in6.h, icmp.h, icmpv6.h): this engine runs nowhere else. */
const LEVEL = { socket: 1, ip: 0, ipv6: 41, icmpv6: 58, raw: 255 } as const;
const SO_RCVBUF = 8;
const SO_RCVBUFFORCE = 33;
const ICMP_FILTER = 1;
const TTL_OPTION = { 4: { level: LEVEL.ip, name: 2 }, 6: { level: LEVEL.ipv6, name: 16 } } as const;
const MTU_DISCOVER_OPTION = { 4: { level: LEVEL.ip, name: 10 }, 6: { level: LEVEL.ipv6, name: 23 } } as const;
/**
 * PROBE sets DF and ignores the path MTU that the kernel remembers, so every probe reaches the wire. OMIT leaves DF
 * clear on IPv4, and keeps the kernel from taking a path MTU from the reports that the socket hears (ip(7)); on IPv6,
 * where routers never fragment, WANT lets this machine do it.
 */
const MTU_DISCOVER = { probe: 3, 4: 5, 6: 1 } as const;
/** Room for bursts that arrive while the event loop is busy; the default holds about 280 small packets. */
export const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
/** The types that answer a probe: everything else that this machine hears stays in the kernel. */
const ANSWERS = { 4: [0, 3, 11, 12], 6: [1, 2, 3, 4, 129] } as const;

/** -1: the system's default (ip(7), ipv6(7)). */
export function setTtl(socket: RawSocket, family: Family, ttl: number | null): void {
  // An int in the machine's own byte order: raw-socket itself takes no negative number.
  const value = Buffer.from(Int32Array.of(ttl ?? -1).buffer);
  socket.setOption(TTL_OPTION[family].level, TTL_OPTION[family].name, value, value.length);
}

export function setDontFragment(socket: RawSocket, family: Family, dontFragment: boolean): void {
  const value = dontFragment ? MTU_DISCOVER.probe : MTU_DISCOVER[family];
  socket.setOption(MTU_DISCOVER_OPTION[family].level, MTU_DISCOVER_OPTION[family].name, value);
}

/** Asks for a big receive buffer, past the system's limit where that is permitted. */
export function enlargeReceiveBuffer(socket: RawSocket): void {
  try {
    socket.setOption(LEVEL.socket, SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES);
  } catch {
    // CAP_NET_ADMIN is missing (CAP_NET_RAW alone opens the socket): as much as net.core.rmem_max allows.
    socket.setOption(LEVEL.socket, SO_RCVBUF, RECEIVE_BUFFER_BYTES);
  }
}

/** Lets only answers through. */
export function filterIcmp(socket: RawSocket, family: Family): void {
  const value = icmpFilter(family);
  socket.setOption(family === 4 ? LEVEL.raw : LEVEL.icmpv6, ICMP_FILTER, value, value.length);
}

/** What lets only answers through (ICMP_FILTER of raw(7); RFC 3542, 3.2). A set bit blocks the type. */
export function icmpFilter(family: Family): Buffer {
  const words = new Uint32Array(family === 4 ? 1 : 8).fill(0xffff_ffff);
  for (const type of ANSWERS[family]) {
    const word = type >> 5;
    words[word] = ((words[word] ?? 0) & ~(1 << (type & 31))) >>> 0;
  }
  return Buffer.from(words.buffer);
}

/** The protocol number of the family's ICMP. */
export function icmpProtocol(family: Family): number {
  return family === 4 ? PROTOCOL.icmp : PROTOCOL.icmpv6;
}
