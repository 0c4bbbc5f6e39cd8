import type { Libc } from './libc.ts';
import type { KernelLink } from './link.ts';
import { OPTION } from './options.ts';
import type { KernelSocket } from './socket.ts';

/** As far as tcpi_notsent_bytes (Linux 4.6). */
const INFO_BYTES = 148;
/** TCP_CLOSE, to which a connection comes that is refused. */
const CLOSED = 7;
/** TCP_ESTABLISHED and TCP_CLOSE_WAIT of linux/tcp_states.h. */
const OPENED: ReadonlySet<number> = new Set([1, 8]);
/** TCP_FIN_WAIT1, TCP_LAST_ACK and TCP_CLOSING: a FIN of ours is under way. */
const FIN_UNDER_WAY: ReadonlySet<number> = new Set([4, 9, 11]);

/** What the kernel knows of a TCP socket (struct tcp_info of linux/tcp.h). */
export type TcpInfo = {
  /** The peer has accepted it; it may have ended it since. */
  readonly isOpened: boolean;
  /** It was refused, reset or given up. */
  readonly isClosed: boolean;
  /** Our FIN was sent, and is not acknowledged. */
  readonly isFinUnderWay: boolean;
  /** Times that the retransmission timer has fired for the packet that is waited for. */
  readonly timeouts: number;
  /** Packets that are under way for another time: none where the last retransmission could not leave this machine. */
  readonly retransmitting: number;
  /** Retransmissions in all. */
  readonly retransmitted: number;
  /** The peer has acknowledged every byte that was written; null where the kernel is too old to tell. */
  readonly isDelivered: boolean | null;
  /** Smoothed round trip time; null where nothing was measured yet. */
  readonly rttMs: number | null;
};

/** Null where the kernel would not tell. */
export function readTcpInfo({ libc }: { readonly libc: Libc }, fd: number): TcpInfo | null {
  const info = Buffer.alloc(INFO_BYTES);
  const size = Buffer.from(Int32Array.of(INFO_BYTES).buffer);
  if (libc.getsockopt(fd, OPTION.tcpInfo.level, OPTION.tcpInfo.name, info, size) < 0) return null;
  const rttUs = info.readUInt32LE(68);
  const isWhole = size.readInt32LE(0) >= INFO_BYTES;
  return {
    isOpened: OPENED.has(info.readUInt8(0)),
    isClosed: info.readUInt8(0) === CLOSED,
    isFinUnderWay: FIN_UNDER_WAY.has(info.readUInt8(0)),
    timeouts: info.readUInt8(2),
    retransmitting: info.readUInt32LE(36),
    retransmitted: info.readUInt32LE(100),
    isDelivered: isWhole ? info.readUInt32LE(24) === 0 && info.readUInt32LE(144) === 0 : null,
    rttMs: rttUs === 0 ? null : rttUs / 1000,
  };
}

/**
 * Whether this machine keeps the SYN in: the retransmission was due, yet none is under way, and none waits for the
 * link-layer address of the next hop. connect() is not told that its SYN was dropped.
 */
export function isSynHeldBack(link: KernelLink, socket: KernelSocket): boolean {
  const info = readTcpInfo(link, socket.fd);
  if (info === null || info.isOpened || info.timeouts === 0 || info.retransmitting > 0) return false;
  return socket.waitingBytes() === 0;
}
