import { setImmediate } from 'node:timers/promises';

/** A netlink socket. Calls give a number below 0 where they fail. */
export type NetlinkCalls = {
  readonly socket: (domain: number, type: number, protocol: number) => number;
  readonly send: (fd: number, bytes: Uint8Array, length: number, flags: number) => number;
  readonly recv: (fd: number, bytes: Uint8Array, length: number, flags: number) => number;
  readonly close: (fd: number) => number;
};

const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 3 | 0o2000000;
const NETLINK_SOCK_DIAG = 4;
const MSG_DONTWAIT = 0x40;
/** The kernel fills at most 32 KiB at a time. */
const BUFFER_BYTES = 65_536;

/** Opens the C library's calls; null where koffi, or its binary for this machine, is not installed. */
export async function openNetlink(): Promise<NetlinkCalls | null> {
  try {
    const { default: koffi } = await import('koffi');
    // The program itself: its C library is loaded already, whatever it is called.
    const libc = koffi.load(null);
    return {
      socket: libc.func('int socket(int, int, int)') as unknown as NetlinkCalls['socket'],
      send: libc.func('long send(int, const void *, size_t, int)') as unknown as NetlinkCalls['send'],
      recv: libc.func('long recv(int, void *, size_t, int)') as unknown as NetlinkCalls['recv'],
      close: libc.func('int close(int)') as unknown as NetlinkCalls['close'],
    };
  } catch {
    return null;
  }
}

/**
 * Sends one request and hands over its answer, a datagram at a time, until `take` says that it is over. The bytes are
 * valid during the call only. False where the kernel refused, or said no more before the end. `protocol`: that of
 * netlink(7), sock_diag by default.
 */
export async function dump(
  { socket, send, recv, close }: NetlinkCalls,
  request: Uint8Array,
  take: (bytes: Buffer) => 'more' | 'done' | 'failed',
  signal: AbortSignal,
  protocol = NETLINK_SOCK_DIAG,
): Promise<boolean> {
  const fd = socket(AF_NETLINK, SOCK_RAW_CLOEXEC, protocol);
  if (fd < 0) return false;
  try {
    if (send(fd, request, request.length, 0) !== request.length) return false;
    const buffer = Buffer.alloc(BUFFER_BYTES);
    while (!signal.aborted) {
      // A dump is made while it is read: what the kernel has to say it says at once.
      const length = recv(fd, buffer, buffer.length, MSG_DONTWAIT);
      if (length <= 0) return false;
      const next = take(buffer.subarray(0, length));
      if (next !== 'more') return next === 'done';
      await setImmediate();
    }
    return false;
  } finally {
    close(fd);
  }
}
