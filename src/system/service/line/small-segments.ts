import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf, type IpAddress } from '../../../domain/address.ts';
import type { Libc } from '../../engine/kernel/libc.ts';
import { OPTION } from '../../engine/kernel/options.ts';
import { ADDRESS_FAMILY, encodeSockaddr } from '../../engine/kernel/sockaddr.ts';
import { readTcpInfo } from '../../engine/kernel/tcp-info.ts';
import { serviceLibc } from './libc.ts';

const STREAM_NON_BLOCKING_CLOSED_ON_EXEC = 0o2004001;
const POLL_MS = 5;

export type SmallDialled =
  | { readonly kind: 'open'; readonly socket: Socket }
  | { readonly kind: 'failed'; readonly error: string };

/**
 * Opens a connection on which neither side sends a segment of more than so many bytes: TCP_MAXSEG, set before the SYN, is
 * what this side sends and what it tells the other to send (tcp(7)). Node has no word for it. Never rejects.
 */
export async function dialSmall(
  address: IpAddress,
  port: number,
  segmentBytes: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<SmallDialled> {
  const libc = process.platform === 'linux' ? await serviceLibc() : null;
  if (libc === null) return { kind: 'failed', error: 'EOPNOTSUPP' };
  const fd = libc.socket(ADDRESS_FAMILY[familyOf(address)], STREAM_NON_BLOCKING_CLOSED_ON_EXEC, 0);
  if (fd < 0) return { kind: 'failed', error: libc.errno() };
  const error = begin(libc, fd, address, port, segmentBytes) ?? (await opened(libc, fd, timeoutMs, signal));
  if (error === null) return { kind: 'open', socket: new Socket({ fd, readable: true, writable: true }) };
  libc.close(fd);
  return { kind: 'failed', error };
}

function begin(libc: Libc, fd: number, address: IpAddress, port: number, segmentBytes: number): string | null {
  const size = Buffer.from(Int32Array.of(segmentBytes).buffer);
  const { level, name } = OPTION.largestSegment;
  if (libc.setsockopt(fd, level, name, size, size.length) < 0) return libc.errno();
  const zone = address.split('%')[1];
  const scope = zone === undefined ? 0 : /^\d+$/u.test(zone) ? Number(zone) : libc.ifNameToIndex(zone);
  const to = encodeSockaddr(address, port, scope);
  if (libc.connect(fd, to, to.length) === 0) return null;
  const errno = libc.errno();
  return errno === 'EINPROGRESS' ? null : errno;
}

/** Null once the peer has accepted; else why not. */
async function opened(libc: Libc, fd: number, timeoutMs: number, signal: AbortSignal): Promise<string | null> {
  const startedMs = performance.now();
  for (;;) {
    const info = readTcpInfo({ libc }, fd);
    if (info === null) return 'EIO';
    if (info.isOpened) return null;
    if (info.isClosed) return 'ECONNREFUSED';
    if (signal.aborted) return 'ECANCELED';
    if (performance.now() - startedMs > timeoutMs) return 'ETIMEDOUT';
    await sleep(POLL_MS);
  }
}
