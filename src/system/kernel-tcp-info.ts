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
