import type { Family } from '../../../domain/address.ts';

/** Linux's own numbers (asm-generic/socket.h, linux/in.h, in6.h, tcp.h, errqueue.h): this engine runs nowhere else. */
export const LEVEL = { socket: 1, ip: 0, tcp: 6, ipv6: 41, raw: 255, icmpv6: 58 } as const;

export type SocketOption = { readonly level: number; readonly name: number };

export const OPTION = {
  reuseAddress: { level: LEVEL.socket, name: 2 },
  error: { level: LEVEL.socket, name: 4 },
  receiveBuffer: { level: LEVEL.socket, name: 8 },
  receiveBufferForce: { level: LEVEL.socket, name: 33 },
  linger: { level: LEVEL.socket, name: 13 },
  /** Kernel receive time as a struct timespec; its control message has the same number. */
  timestampNs: { level: LEVEL.socket, name: 35 },
  /** Notes of what is sent, in the error queue. */
  timestamping: { level: LEVEL.socket, name: 37 },
  /** What memory the socket holds: eight unsigned ints. */
  memoryInfo: { level: LEVEL.socket, name: 55 },
  largestSegment: { level: LEVEL.tcp, name: 2 },
  quickAck: { level: LEVEL.tcp, name: 12 },
  tcpInfo: { level: LEVEL.tcp, name: 11 },
  ipv6Only: { level: LEVEL.ipv6, name: 26 },
} as const satisfies Record<string, SocketOption>;

export const FAMILY_OPTION = {
  4: {
    ttl: { level: LEVEL.ip, name: 2 },
    mtuDiscover: { level: LEVEL.ip, name: 10 },
    receiveErrors: { level: LEVEL.ip, name: 11 },
    receiveTtl: { level: LEVEL.ip, name: 12 },
    receiveExtensions: { level: LEVEL.ip, name: 26 },
    filter: { level: LEVEL.raw, name: 1 },
  },
  6: {
    ttl: { level: LEVEL.ipv6, name: 16 },
    mtuDiscover: { level: LEVEL.ipv6, name: 23 },
    receiveErrors: { level: LEVEL.ipv6, name: 25 },
    receiveTtl: { level: LEVEL.ipv6, name: 51 },
    receiveExtensions: { level: LEVEL.ipv6, name: 31 },
    filter: { level: LEVEL.icmpv6, name: 1 },
  },
} as const satisfies Record<Family, Record<string, SocketOption>>;

/** Control messages by level and type: IP_TTL, IPV6_HOPLIMIT, IP_RECVERR, IPV6_RECVERR, SCM_TIMESTAMPNS. */
export const CONTROL = {
  timestampNs: OPTION.timestampNs,
  ttl: { 4: { level: LEVEL.ip, name: 2 }, 6: { level: LEVEL.ipv6, name: 52 } },
  error: { 4: FAMILY_OPTION[4].receiveErrors, 6: FAMILY_OPTION[6].receiveErrors },
} as const;

/**
 * PROBE sets DF and ignores the path MTU that the kernel remembers, so every probe reaches the wire. OMIT leaves DF
 * clear on IPv4, and keeps the kernel from taking a path MTU from the reports that the socket hears (ip(7)); on IPv6,
 * where routers never fragment, WANT lets this machine do it.
 */
export const MTU_DISCOVER = { probe: 3, 4: 5, 6: 1 } as const;

/** SO_LINGER on, with no time: close() resets. */
export const LINGER_ZERO: Uint8Array = Buffer.from(Int32Array.of(1, 0).buffer);
