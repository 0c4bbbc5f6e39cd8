import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { familyOf } from '../../domain/address.ts';
import type { Prober } from '../../domain/prober.ts';
import type { End, Lines, TcpEvent, TcpLine, UdpEvent, UdpLine } from './line.ts';
import { hearQuotes } from './quotes.ts';

/** Sockets of Node; the ICMP errors of their packets are heard by the prober, without one by nobody. */
export function nodeLines(ears: Prober | null): Lines {
  return { tcp: (end) => openTcp(end, ears), udp: (end) => openUdp(end, ears) };
}

function openTcp({ address, port }: End, ears: Prober | null): TcpLine {
  const socket = connect({ host: address, port, family: familyOf(address), autoSelectFamily: false });
  let startedMs = performance.now();
  let localPort: number | null = null;
  // The SYN leaves in the next tick. Asked for our port before that, node:net would remember that there is none.
  process.nextTick(() => {
    startedMs = performance.now();
    localPort = socket.localPort ?? null;
  });
  // Later errors of a socket that was given up are nobody's business.
  socket.on('error', () => {});
  const quotes = hearQuotes(ears, { protocol: 'tcp', to: address, port, sourcePort: () => localPort });
  return {
    quotes,
    startedMs: () => startedMs,
    onEvent(listener: (event: TcpEvent) => void) {
      socket.once('connect', () => listener({ kind: 'opened' }));
      socket.once('data', () => listener({ kind: 'data' }));
      socket.once('end', () => listener({ kind: 'ended' }));
      socket.once('error', (error) => listener({ kind: 'failed', errno: errnoOf(error) }));
    },
    // Node does not give away what the kernel knows of its sockets.
    openedMs: () => null,
    retransmitted: () => null,
    endSending: () => {},
    isEndAcknowledged: () => null,
    close() {
      quotes.end();
      if (socket.destroyed) return;
      // FIN, not RST, which a server may log as an attack.
      if (socket.connecting) socket.destroy();
      else socket.resume().end(() => socket.destroy());
    },
  };
}

function openUdp({ address, port }: End, ears: Prober | null): UdpLine {
  const socket = createSocket(familyOf(address) === 6 ? 'udp6' : 'udp4');
  let startedMs = performance.now();
  let isConnected = false;
  let sourcePort: number | null = null;
  const listeners = new Set<(event: UdpEvent) => void>();
  const tell = (event: UdpEvent): void => {
    for (const listener of listeners) listener(event);
  };
  socket.on('message', () => tell({ kind: 'answered' }));
  socket.on('error', (error) => tell({ kind: isConnected ? 'failed' : 'refused', errno: errnoOf(error) }));
  socket.once('connect', () => {
    isConnected = true;
    startedMs = performance.now();
    sourcePort = socket.address().port;
    tell({ kind: 'connected' });
  });
  const quotes = hearQuotes(ears, { protocol: 'udp', to: address, port, sourcePort: () => sourcePort });
  socket.connect(port, address);
  return {
    quotes,
    startedMs: () => startedMs,
    onEvent: (listener) => void listeners.add(listener),
    send: (bytes) =>
      socket.send(bytes, (error) => {
        if (error === null) return;
        const errno = errnoOf(error);
        // Only EPERM is about this datagram: any other error answers an earlier one, and the kernel kept it for us.
        tell({ kind: errno === 'EPERM' ? 'refused' : 'failed', errno });
      }),
    close() {
      quotes.end();
      try {
        socket.close();
      } catch {
        // Its own error has closed it already.
      }
    },
  };
}

function errnoOf(error: NodeJS.ErrnoException): string {
  return error.code ?? 'UNKNOWN';
}
