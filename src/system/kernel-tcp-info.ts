import type { KernelLink } from './kernel-link.ts';
import { OPTION } from './kernel-options.ts';

const INFO_BYTES = 104;
const ESTABLISHED = 1;

/** What the kernel knows of a TCP socket (struct tcp_info of linux/tcp.h). */
export type TcpInfo = {
  readonly isEstablished: boolean;
  /** Times that the retransmission timer has fired for the packet that is waited for. */
  readonly timeouts: number;
  /** Retransmissions that left this machine. */
  readonly retransmitted: number;
  /** Smoothed round trip time; null where nothing was measured yet. */
  readonly rttMs: number | null;
};

/** Null where the kernel would not tell. */
export function readTcpInfo({ libc }: KernelLink, fd: number): TcpInfo | null {
  const info = Buffer.alloc(INFO_BYTES);
  const size = Buffer.from(Int32Array.of(INFO_BYTES).buffer);
  if (libc.getsockopt(fd, OPTION.tcpInfo.level, OPTION.tcpInfo.name, info, size) < 0) return null;
  const rttUs = info.readUInt32LE(68);
  return {
    isEstablished: info.readUInt8(0) === ESTABLISHED,
    timeouts: info.readUInt8(2),
    retransmitted: info.readUInt32LE(100),
    rttMs: rttUs === 0 ? null : rttUs / 1000,
  };
}

const MEMORY_INFO_BYTES = 36;
/** SK_MEMINFO_WMEM_ALLOC of linux/sock_diag.h: what waits to be sent, below TCP. */
const WAITING_AT = 8;

/**
 * Whether this machine holds the SYN back: the retransmission was due, yet none left, and none waits for the link-layer
 * address of the next hop. connect() is not told that its SYN was dropped.
 */
export function isHeldBack(link: KernelLink, fd: number): boolean {
  const info = readTcpInfo(link, fd);
  if (info === null || info.isEstablished || info.timeouts === 0 || info.retransmitted > 0) return false;
  const memory = Buffer.alloc(MEMORY_INFO_BYTES);
  const size = Buffer.from(Int32Array.of(MEMORY_INFO_BYTES).buffer);
  const { level, name } = OPTION.memoryInfo;
  return link.libc.getsockopt(fd, level, name, memory, size) === 0 && memory.readUInt32LE(WAITING_AT) === 0;
}
