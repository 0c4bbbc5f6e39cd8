import { familyOf } from '../../../domain/address.ts';
import type { Answer, Probe, SendOptions } from '../../../domain/prober.ts';
import { wireAddress } from '../../../packet/address.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';
import { type Flight, startFlight } from '../shared/probe-flight.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import { arrivedMs, queuedIcmp } from './arrival.ts';
import type { KernelLink } from './link.ts';
import type { KernelReceived } from './receive.ts';
import { type Departed, type KernelSocket, openSocket, type Refused, SOCKET_TYPE } from './socket.ts';

/** Linux's default, to order probes by. */
const DEFAULT_TTL = 64;
const UDP_HEADER_BYTES = 8;

type UdpProbe = Extract<Probe, { readonly kind: 'udp' }>;
type UdpFlight = { readonly probe: UdpProbe; readonly flight: Flight; readonly at: Departed };

/** One UDP socket; those with a source port that was asked for are shared by the probes that ask for it. */
type Port = { readonly number: number | null; readonly socket: KernelSocket; readonly flights: Set<UdpFlight> };

export type KernelDatagrams = {
  send(probe: UdpProbe, options: SendOptions): Promise<Answer>;
  close(): void;
};

/**
 * Sends datagrams, each from a socket of its own unless a source port is asked for. Of an ICMP error the kernel gives who
 * sent it, where the quoted datagram was going and its payload as far as it is quoted, but not its length: datagrams of
 * one source port are told apart by their payload, and where a router quotes none of it they are not.
 */
export function createKernelDatagrams(link: KernelLink): KernelDatagrams {
  const ports = new Set<Port>();

  const portFor = (probe: UdpProbe): { readonly kind: 'open'; readonly port: Port } | Refused => {
    const family = familyOf(probe.to);
    for (const port of ports) {
      if (probe.sourcePort !== null && port.number === probe.sourcePort && port.socket.family === family) {
        return { kind: 'open', port };
      }
    }
    const socket = openSocket(link, { family, type: SOCKET_TYPE.datagram, protocol: PROTOCOL.udp });
    if (socket.kind === 'refused') return socket;
    const refused = socket.bind(probe.sourcePort ?? 0);
    if (refused !== null) {
      socket.close();
      return refused;
    }
    const port: Port = { number: probe.sourcePort, socket, flights: new Set() };
    ports.add(port);
    socket.watch('readable', () => {
      socket.read((received) => hear(link, port, received));
      // What stands in no queue would call back for ever.
      socket.takeError();
    });
    return { kind: 'open', port };
  };

  const closeIdle = (port: Port): void => {
    if (port.flights.size > 0) return;
    ports.delete(port);
    port.socket.close();
  };

  return {
    async send(probe, options) {
      const opened = portFor(probe);
      if (opened.kind === 'refused') return { kind: 'local-error', code: opened.code };
      const { port } = opened;
      const { socket } = port;
      socket.setTtl(probe.ttl);
      const first = socket.send(probe.payload, probe.to, probe.port);
      // On a shared socket it may be the error of an earlier datagram, which the kernel kept for this call.
      const sending = first.kind === 'refused' ? socket.send(probe.payload, probe.to, probe.port) : first;
      if (sending.kind === 'refused') {
        closeIdle(port);
        return { kind: 'local-error', code: sending.code };
      }
      const flight = startFlight(probe, options, {
        clock: link.clock,
        sentAtMs: sending.at.atMs,
        beforeSilence: link.reactor.drain,
        onSettled: () => {
          port.flights.delete(entry);
          closeIdle(port);
        },
      });
      const entry: UdpFlight = { probe, flight, at: sending.at };
      port.flights.add(entry);
      return flight.answered;
    },
    close() {
      for (const port of [...ports]) {
        for (const { flight } of [...port.flights]) flight.giveUp();
      }
    },
  };
}

function hear(link: KernelLink, { socket, flights }: Port, received: KernelReceived): void {
  const { from } = received;
  if (from === null) return;
  const address = wireAddress(from.address);
  const sameEnd = [...flights].filter(({ probe, flight }) => flight.target === address && probe.port === from.port);
  if (received.error === null) {
    // A reply quotes nothing. Of datagrams that went out with growing TTL the highest came to the target for certain.
    const [last] = sameEnd.sort((a, b) => (b.probe.ttl ?? DEFAULT_TTL) - (a.probe.ttl ?? DEFAULT_TTL));
    if (last === undefined) return;
    const arrival = { kind: 'reply', from: zonedLike(address, last.probe.to), replyTtl: received.ttl } as const;
    last.flight.arrive(arrival, arrivedMs(link, last.at, received.stampMs));
    return;
  }
  const queued = queuedIcmp(socket.family, received, UDP_HEADER_BYTES);
  if (queued === null) return;
  const { error, mtu, replyTtl, told, quoted } = queued;
  const fitting = sameEnd.filter(({ probe }) => isQuoted(probe.payload, quoted));
  const [first] = fitting;
  // Alike but for their TTL, nothing in the quote tells them apart: then none is answered.
  if (first === undefined || fitting.some(({ probe }) => probe.ttl !== first.probe.ttl)) return;
  const arrival = {
    kind: 'icmp-error',
    error: { ...error, from: zonedLike(error.from, first.probe.to) },
    mtu,
    replyTtl,
    ...told,
  } as const;
  first.flight.arrive(arrival, arrivedMs(link, first.at, received.stampMs));
}

/** Whether it is the payload as far as both go; a quote may be cut, and padded with zeros (RFC 4884, 5.1). */
function isQuoted(payload: Uint8Array, quoted: Uint8Array): boolean {
  return quoted.every((byte, index) => byte === (payload[index] ?? 0));
}
