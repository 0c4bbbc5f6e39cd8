import type { Family, IpAddress } from '../../../domain/address.ts';
import { errnoName } from './libc.ts';
import type { KernelLink } from './link.ts';
import { FAMILY_OPTION, MTU_DISCOVER, OPTION, type SocketOption } from './options.ts';
import type { KernelReceived } from './receive.ts';
import { ADDRESS_FAMILY, anySockaddr, decodeSockaddr, encodeSockaddr } from './sockaddr.ts';

export const SOCKET_TYPE = { stream: 1, datagram: 2, raw: 3 } as const;
const NON_BLOCKING_CLOSED_ON_EXEC = 0o2004000;
/** Messages of one reading, so that a flood from the network cannot hold the event loop. */
const MOST_READ = 64;
const SOCKADDR_ROOM = 28;
/** Of what is read only to be thrown away. */
const SCRAP_BYTES = 2048;
/** SK_MEMINFO_WMEM_ALLOC of linux/sock_diag.h. */
const WAITING_AT = 8;
const MEMORY_INFO_BYTES = 36;
const MSG_NOSIGNAL = 0x4000;
/** shutdown(2): no more is sent. */
const SHUT_WR = 1;

/** When a packet was handed to the kernel, by the clock of the program and by the wall clock of the kernel. */
export type Departed = { readonly atMs: number; readonly stampMs: number };

export type Sending = { readonly kind: 'sent'; readonly at: Departed } | Refused;
export type Refused = { readonly kind: 'refused'; readonly code: string };

/** One non-blocking socket of the kernel with its error queue. */
export type KernelSocket = {
  readonly kind: 'open';
  readonly fd: number;
  readonly family: Family;
  /** Each false where the kernel would not. */
  set(option: SocketOption, value: number | Uint8Array): boolean;
  setTtl(ttl: number | null): void;
  setDontFragment(dontFragment: boolean): void;
  bind(port: number): Refused | null;
  localPort(): number | null;
  send(bytes: Uint8Array, to: IpAddress, port: number): Sending;
  /** Sends on a connected socket; null where it was sent. */
  sendOn(bytes: Uint8Array): Refused | null;
  /** Takes a piece of a stream, or a datagram, away. */
  receive(): Refused | { readonly kind: 'data' | 'end' | 'nothing' };
  /** Begins a connection; null where it is under way or there. */
  connect(to: IpAddress, port: number): Refused | null;
  /** What waits in the error queue, and then in the ordinary one. */
  read(onReceived: (received: KernelReceived) => void): void;
  readErrors(onReceived: (received: KernelReceived) => void): void;
  /** The pending error, which asking takes away; null where there is none. */
  takeError(): string | null;
  /** Bytes of packets that the socket has sent and that this machine still holds; null where it does not tell. */
  waitingBytes(): number | null;
  /** Calls back when something waits. */
  watch(want: 'readable' | 'readable-writable', onReady: () => void): void;
  onlyReadable(): void;
  forget(): void;
  /** Sends a FIN and goes on to receive. */
  endSending(): void;
  /** Reads what is there, so that closing sends a FIN and no reset. */
  finish(): void;
  close(): void;
};

/** Opens a socket that tells its ICMP errors, the TTL and the kernel's time of what it receives. */
export function openSocket(
  link: KernelLink,
  { family, type, protocol }: { readonly family: Family; readonly type: number; readonly protocol: number },
): KernelSocket | Refused {
  const { libc, reactor, receiver, clock } = link;
  const fd = libc.socket(ADDRESS_FAMILY[family], type | NON_BLOCKING_CLOSED_ON_EXEC, protocol);
  if (fd < 0) return { kind: 'refused', code: libc.errno() };
  const refusal = (result: number): Refused | null => (result < 0 ? { kind: 'refused', code: libc.errno() } : null);
  const set = ({ level, name }: SocketOption, value: number | Uint8Array): boolean => {
    const bytes = typeof value === 'number' ? Buffer.from(Int32Array.of(value).buffer) : value;
    return libc.setsockopt(fd, level, name, bytes, bytes.length) === 0;
  };
  const readFrom = (queue: 'data' | 'errors', onReceived: (received: KernelReceived) => void): void => {
    for (let count = 0; count < MOST_READ && !isClosed; count += 1) {
      const received = receiver.receive(fd, queue);
      if (received === null) return;
      onReceived(received);
    }
  };
  let isClosed = false;
  const scrap = Buffer.alloc(SCRAP_BYTES);
  const options = FAMILY_OPTION[family];
  set(options.receiveErrors, 1);
  set(options.receiveTtl, 1);
  // Newer than the rest (Linux 5.9): without it MPLS labels are told only where the sender follows the old way.
  set(options.receiveExtensions, 1);
  set(OPTION.timestampNs, 1);
  if (family === 6) set(OPTION.ipv6Only, 1);

  return {
    kind: 'open',
    fd,
    family,
    set,
    setTtl: (ttl) => void set(options.ttl, ttl ?? -1),
    setDontFragment: (dontFragment) =>
      void set(options.mtuDiscover, dontFragment ? MTU_DISCOVER.probe : MTU_DISCOVER[family]),
    bind(port) {
      const any = anySockaddr(family, port);
      return refusal(libc.bind(fd, any, any.length));
    },
    localPort() {
      const name = Buffer.alloc(SOCKADDR_ROOM);
      const size = Buffer.from(Int32Array.of(name.length).buffer);
      return libc.getsockname(fd, name, size) < 0 ? null : (decodeSockaddr(name)?.port ?? null);
    },
    send(bytes, to, port) {
      const address = encodeSockaddr(to, port, scopeOf(to, link));
      const at = { atMs: clock.nowMs(), stampMs: link.stampMs() };
      return refusal(libc.sendto(fd, bytes, bytes.length, 0, address, address.length)) ?? { kind: 'sent', at };
    },
    connect(to, port) {
      const address = encodeSockaddr(to, port, scopeOf(to, link));
      const refused = refusal(libc.connect(fd, address, address.length));
      return refused?.code === 'EINPROGRESS' ? null : refused;
    },
    sendOn: (bytes) => refusal(libc.send(fd, bytes, bytes.length, MSG_NOSIGNAL)),
    receive() {
      const bytes = libc.recv(fd, scrap, scrap.length, 0);
      if (bytes > 0) return { kind: 'data' };
      if (bytes === 0) return { kind: type === SOCKET_TYPE.stream ? 'end' : 'data' };
      const code = libc.errno();
      return code === 'EAGAIN' ? { kind: 'nothing' } : { kind: 'refused', code };
    },
    readErrors: (onReceived) => readFrom('errors', onReceived),
    read(onReceived) {
      readFrom('errors', onReceived);
      readFrom('data', onReceived);
    },
    takeError() {
      const value = Buffer.alloc(4);
      const size = Buffer.from(Int32Array.of(value.length).buffer);
      if (libc.getsockopt(fd, OPTION.error.level, OPTION.error.name, value, size) < 0) return libc.errno();
      const number = value.readInt32LE(0);
      return number === 0 ? null : errnoName(number);
    },
    waitingBytes() {
      const memory = Buffer.alloc(MEMORY_INFO_BYTES);
      const size = Buffer.from(Int32Array.of(memory.length).buffer);
      const { level, name } = OPTION.memoryInfo;
      return libc.getsockopt(fd, level, name, memory, size) < 0 ? null : memory.readUInt32LE(WAITING_AT);
    },
    watch: (want, onReady) => reactor.watch(fd, want, onReady),
    onlyReadable: () => reactor.onlyReadable(fd),
    forget: () => reactor.forget(fd),
    endSending: () => void libc.shutdown(fd, SHUT_WR),
    finish() {
      for (let count = 0; count < MOST_READ && libc.recv(fd, scrap, scrap.length, 0) > 0; count += 1);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      reactor.forget(fd);
      libc.close(fd);
    },
  };
}

/** The index of the interface that the zone of an address names; 0 without a zone. */
function scopeOf(address: IpAddress, { libc }: KernelLink): number {
  const zone = address.split('%')[1];
  if (zone === undefined) return 0;
  return /^\d+$/u.test(zone) ? Number(zone) : libc.ifNameToIndex(zone);
}
