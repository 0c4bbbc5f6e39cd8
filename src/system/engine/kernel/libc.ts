import { constants } from 'node:os';
import type { KoffiModule } from './koffi.ts';

/** What is called of the C library. Calls return a negative number where they fail; `errno` then names the reason. */
export type Libc = {
  /** Bytes of a pointer, of size_t and of long. */
  readonly wordBytes: number;
  errno(): string;
  addressOf(bytes: Buffer): bigint;
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array, bytes: number): number;
  connect(fd: number, address: Uint8Array, bytes: number): number;
  getsockname(fd: number, address: Uint8Array, bytes: Uint8Array): number;
  setsockopt(fd: number, level: number, name: number, value: Uint8Array, bytes: number): number;
  getsockopt(fd: number, level: number, name: number, value: Uint8Array, bytes: Uint8Array): number;
  sendto(fd: number, data: Uint8Array, bytes: number, flags: number, to: Uint8Array, toBytes: number): number;
  recv(fd: number, data: Uint8Array, bytes: number, flags: number): number;
  recvmsg(fd: number, message: Uint8Array, flags: number): number;
  send(fd: number, data: Uint8Array, bytes: number, flags: number): number;
  shutdown(fd: number, how: number): number;
  close(fd: number): number;
  epollCreate(flags: number): number;
  epollControl(epoll: number, operation: number, fd: number, event: Uint8Array): number;
  epollWait(epoll: number, events: Uint8Array, count: number, timeoutMs: number): number;
  clockGettime(clock: number, time: Uint8Array): number;
  ifNameToIndex(name: string): number;
};

/** Binds the C library that node itself runs on (glibc or musl). Throws where it lacks one of the calls. */
export function bindLibc(koffi: KoffiModule): Libc {
  const library = koffi.load(null);
  return {
    wordBytes: koffi.sizeof('size_t'),
    errno: () => errnoName(koffi.errno()),
    addressOf: (bytes) => koffi.address(bytes),
    socket: library.func('int socket(int domain, int type, int protocol)'),
    bind: library.func('int bind(int fd, const void *address, uint32_t size)'),
    connect: library.func('int connect(int fd, const void *address, uint32_t size)'),
    getsockname: library.func('int getsockname(int fd, void *address, void *size)'),
    setsockopt: library.func('int setsockopt(int fd, int level, int name, const void *value, uint32_t size)'),
    getsockopt: library.func('int getsockopt(int fd, int level, int name, void *value, void *size)'),
    sendto: library.func(
      'long sendto(int fd, const void *data, size_t size, int flags, const void *address, uint32_t addressSize)',
    ),
    recv: library.func('long recv(int fd, void *data, size_t size, int flags)'),
    recvmsg: library.func('long recvmsg(int fd, void *message, int flags)'),
    send: library.func('long send(int fd, const void *data, size_t size, int flags)'),
    shutdown: library.func('int shutdown(int fd, int how)'),
    close: library.func('int close(int fd)'),
    epollCreate: library.func('int epoll_create1(int flags)'),
    epollControl: library.func('int epoll_ctl(int epoll, int operation, int fd, const void *event)'),
    epollWait: library.func('int epoll_wait(int epoll, void *events, int count, int timeout)'),
    clockGettime: library.func('int clock_gettime(int clock, void *time)'),
    ifNameToIndex: library.func('unsigned int if_nametoindex(const char *name)'),
  };
}

// Where two names share a number the first is the usual one.
const NAMES = new Map(
  Object.entries(constants.errno)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/** The errno name of a number; `EIO` for one that nobody knows. */
export function errnoName(number: number): string {
  return NAMES.get(number) ?? 'EIO';
}
