import type { KoffiModule } from './koffi.ts';
import type { Libc } from './libc.ts';

/** epoll_ctl(2): operations and events. */
const ADD = 1;
const REMOVE = 2;
const MODIFY = 3;
const EPOLLIN = 0x1;
const EPOLLOUT = 0x4;
const EPOLL_CLOEXEC = 0o2000000;
/** Events of one turn, and turns of one drain: a flood from the network must not hold the event loop. */
const EVENTS = 64;
const TURNS = 16;

/** The descriptors of the engine, heard of through one epoll descriptor. */
export type Reactor = {
  /** Calls back whenever something can be read from the descriptor or its error queue, or it can be written to. */
  watch(fd: number, want: 'readable' | 'readable-writable', onReady: () => void): void;
  /** Stops to ask whether it can be written to. */
  onlyReadable(fd: number): void;
  forget(fd: number): void;
  /** Handles what already waits. */
  drain(): void;
  close(): void;
};

/**
 * Opens an epoll descriptor and lets the event loop watch that one alone: libuv ends its watch of a socket as soon as the
 * socket's error queue fills. Null where the machine gives no descriptor.
 */
export function openReactor(koffi: KoffiModule, libc: Libc): Reactor | null {
  const epoll = libc.epollCreate(EPOLL_CLOEXEC);
  if (epoll < 0) return null;
  // struct epoll_event is packed on x86 only (linux/eventpoll.h).
  const dataAt = process.arch === 'x64' || process.arch === 'ia32' ? 4 : 8;
  const eventBytes = dataAt + 8;
  const events = Buffer.alloc(EVENTS * eventBytes);
  const event = Buffer.alloc(eventBytes);
  const watched = new Map<number, () => void>();
  let isClosed = false;

  const control = (operation: number, fd: number, interest: number): void => {
    event.fill(0);
    event.writeUInt32LE(interest, 0);
    event.writeUInt32LE(fd, dataAt);
    libc.epollControl(epoll, operation, fd, event);
  };
  const turn = (): number => {
    const count = libc.epollWait(epoll, events, EVENTS, 0);
    // A handler may drain again and write over the events.
    const ready = Array.from({ length: Math.max(0, count) }, (_, index) =>
      events.readUInt32LE(index * eventBytes + dataAt),
    );
    for (const fd of ready) watched.get(fd)?.();
    return count;
  };
  const drain = (): void => {
    for (let turns = 0; turns < TURNS && !isClosed && turn() > 0; turns += 1);
  };
  const handle = koffi.node.poll(epoll, { readable: true }, () => {
    try {
      drain();
    } catch (bug) {
      // koffi would end the process from within native code.
      setImmediate(() => {
        throw bug;
      });
    }
    // Node 26 runs promise jobs that a native callback queued only at the next timer or I/O, unless something is due.
    setImmediate(() => {});
  });
  return {
    watch(fd, want, onReady) {
      watched.set(fd, onReady);
      control(ADD, fd, want === 'readable' ? EPOLLIN : EPOLLIN | EPOLLOUT);
    },
    onlyReadable: (fd) => control(MODIFY, fd, EPOLLIN),
    forget(fd) {
      if (watched.delete(fd)) control(REMOVE, fd, 0);
    },
    drain,
    close() {
      if (isClosed) return;
      isClosed = true;
      watched.clear();
      handle.close();
      libc.close(epoll);
    },
  };
}
