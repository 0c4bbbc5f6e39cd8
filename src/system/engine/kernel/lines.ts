import { familyOf } from '../../../domain/address.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';
import type { End, Lines, TcpEvent, TcpLine, UdpEvent, UdpLine } from '../../connect/line.ts';
import { collectQuotes } from '../../connect/quotes.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import { queuedIcmp } from './arrival.ts';
import type { KernelLink } from './link.ts';
import { LINGER_ZERO, OPTION } from './options.ts';
import { type KernelSocket, openSocket, type Refused, SOCKET_TYPE } from './socket.ts';
import { isSynHeldBack, readTcpInfo } from './tcp-info.ts';

/** The kernel sends its SYN again after one second. */
const RETRANSMITTED_MS = 1100;
const UDP_HEADER_BYTES = 8;

/** Sockets of the kernel engine: the ICMP errors of their packets stand in their own error queues. */
export function kernelLines(link: KernelLink): Lines {
  return { tcp: (end) => openTcp(end, link), udp: (end) => openUdp(end, link) };
}

function openTcp(end: End, link: KernelLink): TcpLine {
  const { quotes, tell: tellQuote } = collectQuotes();
  const { tell, onEvent } = events<TcpEvent>();
  const opened = openEnd(end, 'tcp', link);
  const startedMs = performance.now();
  if (opened.kind === 'refused') {
    process.nextTick(() => tell({ kind: 'failed', errno: opened.code }));
    return {
      quotes,
      startedMs: () => startedMs,
      onEvent,
      openedMs: () => null,
      retransmitted: () => null,
      endSending: () => {},
      isEndAcknowledged: () => null,
      close: () => quotes.end(),
    };
  }
  const { socket } = opened;
  let isOpened = false;
  let retransmitted: number | null = null;
  let openedMs: number | null = null;
  const isFinUnderWay = (): boolean | null => readTcpInfo(link, socket.fd)?.isFinUnderWay ?? null;
  socket.watch('readable-writable', () => {
    hearErrors(socket, end, 0, tellQuote);
    if (isOpened) {
      readOn(socket, tell);
      return;
    }
    const errno = socket.takeError();
    if (errno !== null) {
      socket.forget();
      tell({ kind: 'failed', errno });
      return;
    }
    const info = readTcpInfo(link, socket.fd);
    if (info?.isOpened) {
      isOpened = true;
      retransmitted = info.retransmitted;
      openedMs = info.retransmitted === 0 ? info.rttMs : null;
      socket.onlyReadable();
      tell({ kind: 'opened' });
    }
  });
  const held = setTimeout(() => {
    if (isSynHeldBack(link, socket)) tell({ kind: 'failed', errno: 'EPERM' });
  }, RETRANSMITTED_MS);
  return {
    quotes,
    startedMs: () => startedMs,
    onEvent,
    openedMs: () => openedMs,
    retransmitted: () => retransmitted,
    endSending: () => socket.endSending(),
    isEndAcknowledged() {
      const isUnderWay = isFinUnderWay();
      return isUnderWay === null ? null : !isUnderWay;
    },
    close() {
      clearTimeout(held);
      quotes.end();
      // A FIN that nobody acknowledges would be sent again for a minute after the run.
      if (isFinUnderWay()) socket.set(OPTION.linger, LINGER_ZERO);
      if (isOpened) socket.finish();
      socket.close();
    },
  };
}

/** Reads a connection that opened until something is told of it. */
function readOn(socket: KernelSocket, tell: (event: TcpEvent) => void): void {
  const read = socket.receive();
  switch (read.kind) {
    case 'nothing':
      break;
    case 'data':
      socket.forget();
      tell({ kind: 'data' });
      break;
    case 'end':
      socket.forget();
      tell({ kind: 'ended' });
      break;
    case 'refused':
      socket.forget();
      tell({ kind: 'failed', errno: read.code });
  }
}

function openUdp(end: End, link: KernelLink): UdpLine {
  const { quotes, tell: tellQuote } = collectQuotes();
  const { tell, onEvent } = events<UdpEvent>();
  const opened = openEnd(end, 'udp', link);
  const startedMs = performance.now();
  if (opened.kind === 'refused') {
    process.nextTick(() => tell({ kind: 'refused', errno: opened.code }));
    return { quotes, startedMs: () => startedMs, onEvent, send: () => {}, close: () => quotes.end() };
  }
  const { socket } = opened;
  const hear = (): void => {
    hearErrors(socket, end, UDP_HEADER_BYTES, tellQuote);
    if (socket.receive().kind === 'data') tell({ kind: 'answered' });
  };
  socket.watch('readable', hear);
  process.nextTick(() => tell({ kind: 'connected' }));
  return {
    quotes,
    startedMs: () => startedMs,
    onEvent,
    send(bytes) {
      // What answered an earlier datagram is read first, and is not to be taken for a refusal of this one.
      hear();
      socket.takeError();
      const refused = socket.sendOn(bytes);
      if (refused !== null) tell({ kind: 'refused', errno: refused.code });
    },
    close() {
      quotes.end();
      socket.close();
    },
  };
}

type Opened = { readonly kind: 'open'; readonly socket: KernelSocket } | Refused;

function openEnd({ address, port }: End, protocol: 'tcp' | 'udp', link: KernelLink): Opened {
  const type = protocol === 'tcp' ? SOCKET_TYPE.stream : SOCKET_TYPE.datagram;
  const socket = openSocket(link, { family: familyOf(address), type, protocol: PROTOCOL[protocol] });
  if (socket.kind === 'refused') return socket;
  const refused = socket.connect(address, port);
  if (refused === null) return { kind: 'open', socket };
  socket.close();
  return refused;
}

function hearErrors(
  socket: KernelSocket,
  { address }: End,
  strippedBytes: number,
  tell: ReturnType<typeof collectQuotes>['tell'],
): void {
  socket.readErrors((received) => {
    const queued = queuedIcmp(socket.family, received, strippedBytes);
    if (queued !== null) tell({ ...queued.error, from: zonedLike(queued.error.from, address) });
  });
}

/** A connection may end in the same turn of the event loop in which it opened: who comes later is told, too. */
function events<Event>(): {
  readonly tell: (event: Event) => void;
  readonly onEvent: (listener: (event: Event) => void) => void;
} {
  const listeners = new Set<(event: Event) => void>();
  const told: Event[] = [];
  return {
    tell: (event) => {
      told.push(event);
      for (const listener of listeners) listener(event);
    },
    onEvent: (listener) => {
      listeners.add(listener);
      for (const event of told) listener(event);
    },
  };
}
