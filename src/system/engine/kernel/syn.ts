import { familyOf } from '../../../domain/address.ts';
import type { Answer, Probe, SendOptions } from '../../../domain/prober.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';
import { type Flight, startFlight } from '../shared/probe-flight.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import { arrivedMs, queuedIcmp } from './arrival.ts';
import type { KernelLink } from './link.ts';
import { LINGER_ZERO, OPTION } from './options.ts';
import { type Departed, type KernelSocket, openSocket, type Refused, SOCKET_TYPE } from './socket.ts';
import { readTcpInfo } from './tcp-info.ts';

type SynProbe = Extract<Probe, { readonly kind: 'syn' }>;
type SynFlight = {
  readonly probe: SynProbe;
  readonly flight: Flight;
  readonly socket: KernelSocket;
  readonly at: Departed;
};

export type KernelSyns = {
  send(probe: SynProbe, options: SendOptions): Promise<Answer>;
  close(): void;
};

/**
 * Sends SYNs by connections that are given up as soon as they are answered: a reset goes out before the acknowledgement,
 * so that no program hears of them. The kernel has one connection for each pair of ends, so that a source port that is
 * under way to the same port of the same address already is not taken again, and the SYN leaves from another. A SYN of
 * this engine that the firewall of this machine drops is silent.
 */
export function createKernelSyns(link: KernelLink): KernelSyns {
  const flights = new Set<SynFlight>();

  return {
    async send(probe, options) {
      const begun = begin(link, probe, probe.sourcePort);
      const isTaken = begun.kind === 'refused' && probe.sourcePort !== null && TAKEN.has(begun.code);
      const opened = isTaken ? begin(link, probe, null) : begun;
      if (opened.kind === 'refused') return { kind: 'local-error', code: opened.code };
      const { socket, at } = opened;
      const flight = startFlight(probe, options, {
        clock: link.clock,
        sentAtMs: at.atMs,
        beforeSilence: link.reactor.drain,
        onSettled: () => {
          flights.delete(entry);
          socket.close();
        },
      });
      const entry: SynFlight = { probe, flight, socket, at };
      flights.add(entry);
      socket.watch('readable-writable', () => hear(link, entry));
      return flight.answered;
    },
    close() {
      for (const { flight } of [...flights]) flight.giveUp();
    },
  };
}

const TAKEN: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EADDRINUSE']);

type Begun = { readonly kind: 'begun'; readonly socket: KernelSocket; readonly at: Departed } | Refused;

function begin(link: KernelLink, probe: SynProbe, sourcePort: number | null): Begun {
  const family = familyOf(probe.to);
  const socket = openSocket(link, { family, type: SOCKET_TYPE.stream, protocol: PROTOCOL.tcp });
  if (socket.kind === 'refused') return socket;
  socket.setTtl(probe.ttl);
  socket.set(OPTION.linger, LINGER_ZERO);
  // The acknowledgement of a SYN-ACK waits for a fifth of a second then: long enough for the reset to overtake it.
  socket.set(OPTION.quickAck, 0);
  socket.set(OPTION.reuseAddress, 1);
  const bound = sourcePort === null ? null : socket.bind(sourcePort);
  const at = { atMs: link.clock.nowMs(), stampMs: link.stampMs() };
  const refused = bound ?? socket.connect(probe.to, probe.port);
  if (refused === null) return { kind: 'begun', socket, at };
  socket.close();
  return refused;
}

function hear(link: KernelLink, { probe, flight, socket, at }: SynFlight): void {
  const { target } = flight;
  socket.readErrors((received) => {
    const queued = queuedIcmp(socket.family, received, 0);
    if (queued === null) return;
    const { error, mtu, replyTtl, told } = queued;
    const from = zonedLike(error.from, probe.to);
    const atMs = arrivedMs(link, at, received.stampMs);
    flight.arrive({ kind: 'icmp-error', error: { ...error, from }, mtu, replyTtl, ...told }, atMs);
  });
  if (!flight.isPending()) return;
  const errno = socket.takeError();
  const from = zonedLike(target, probe.to);
  switch (errno) {
    case null: {
      const info = readTcpInfo(link, socket.fd);
      if (!info?.isOpened) return;
      const isMeasured = info.rttMs !== null && info.retransmitted === 0;
      const atMs = isMeasured ? at.atMs + (info.rttMs ?? 0) : link.clock.nowMs();
      flight.arrive({ kind: 'reply', from, replyTtl: null }, atMs);
      return;
    }
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      flight.arrive({ kind: 'reset', from, replyTtl: null }, link.clock.nowMs());
      return;
    case 'ETIMEDOUT':
      flight.giveUp();
      return;
    default:
      flight.refuse(errno);
  }
}
