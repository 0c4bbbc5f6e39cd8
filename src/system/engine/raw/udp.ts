import { createSocket, type Socket } from 'node:dgram';
import { type Family, familyOf } from '../../../domain/address.ts';
import type { Answer, Probe, SendOptions } from '../../../domain/prober.ts';
import { wireAddress } from '../../../packet/address.ts';
import { type Flight, startFlight } from '../shared/probe-flight.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import { errnoOf } from './errno.ts';
import type { Heard } from './hearing.ts';
import type { RawLink } from './link.ts';

/** Linux's default; a socket that had another TTL cannot be told to take the system's default again. */
const DEFAULT_TTL = 64;

type UdpProbe = Extract<Probe, { readonly kind: 'udp' }>;
type HeardError = Extract<Heard, { readonly kind: 'error' }>;
type UdpFlight = { readonly probe: UdpProbe; readonly flight: Flight };

/** One UDP socket; those with a source port that was asked for are shared by the probes that ask for it. */
type Port = { readonly number: number; readonly socket: Socket; readonly flights: Set<UdpFlight> };
type OpenedPort = { readonly kind: 'open'; readonly port: Port } | { readonly kind: 'refused'; readonly code: string };

export type Datagrams = {
  send(probe: UdpProbe, options: SendOptions): Promise<Answer>;
  /** Whether the error quotes a datagram of ours. */
  hearError(heard: HeardError, atMs: number): boolean;
  close(): void;
};

/**
 * Sends datagrams from sockets of the kernel, which chooses the source and takes the answers; ICMP errors are heard on the
 * raw socket. The sockets are not connected: the kernel would swallow the second error.
 */
export function createDatagrams(link: RawLink): Datagrams {
  const ports = new Set<Port>();

  const portFor = (probe: UdpProbe): OpenedPort => {
    const family = familyOf(probe.to);
    for (const port of ports) {
      if (port.number === probe.sourcePort && port.socket.address().family === `IPv${family}`)
        return { kind: 'open', port };
    }
    const opened = openPort(link, family, probe.sourcePort);
    if (opened.kind === 'open') ports.add(opened.port);
    return opened;
  };

  const leave = (port: Port, entry: UdpFlight): void => {
    port.flights.delete(entry);
    if (port.flights.size > 0) return;
    ports.delete(port);
    port.socket.close();
  };

  return {
    async send(probe, options) {
      const channel = link.icmp(familyOf(probe.to));
      if (channel.kind === 'refused') return { kind: 'local-error', code: channel.code };
      channel.drain();
      const opened = portFor(probe);
      if (opened.kind === 'refused') return { kind: 'local-error', code: opened.code };
      const { port } = opened;
      if (probe.ttl !== null || probe.sourcePort !== null) port.socket.setTTL(probe.ttl ?? DEFAULT_TTL);
      const sentAtMs = link.clock.nowMs();
      const flight = startFlight(probe, options, {
        clock: link.clock,
        sentAtMs,
        beforeSilence: channel.drain,
        onSettled: () => leave(port, entry),
      });
      const entry: UdpFlight = { probe, flight };
      port.flights.add(entry);
      port.socket.send(probe.payload, probe.port, probe.to, (error) => {
        if (error !== null) flight.refuse(errnoOf(error));
      });
      return flight.answered;
    },
    hearError({ error, mtu, replyTtl, quote, told }, atMs) {
      if (quote.kind !== 'udp') return false;
      const quoted = [...ports]
        .filter((port) => port.number === quote.sourcePort)
        .flatMap((port) => [...port.flights])
        .filter(({ probe, flight }) => {
          const isSamePlace = flight.target === quote.destination && probe.port === quote.destinationPort;
          return isSamePlace && probe.payload.length === quote.payloadBytes;
        });
      const [first] = quoted;
      // Alike but for their TTL, nothing in the quote tells them apart: then none is answered.
      if (first === undefined || quoted.some(({ probe }) => probe.ttl !== first.probe.ttl)) return false;
      const from = zonedLike(error.from, first.probe.to);
      first.flight.arrive({ kind: 'icmp-error', error: { ...error, from }, mtu, replyTtl, ...told }, atMs);
      return true;
    },
    close() {
      for (const port of [...ports]) {
        for (const { flight } of [...port.flights]) flight.giveUp();
      }
    },
  };
}

function openPort(link: RawLink, family: Family, sourcePort: number | null): OpenedPort {
  const socket = createSocket({
    type: family === 4 ? 'udp4' : 'udp6',
    // Else a socket of one family would take the port in both.
    ipv6Only: family === 6,
    // Addresses are never names here; Node's own lookup would let them leave only after this turn of the loop.
    lookup: (address, _options, callback) => callback(null, address, family),
  });
  const flights = new Set<UdpFlight>();
  let failure: string | null = null;
  socket.on('error', (error) => {
    failure = errnoOf(error);
    for (const { flight } of [...flights]) flight.refuse(failure);
  });
  socket.on('message', (_bytes, { address, port }) => {
    const atMs = link.clock.nowMs();
    const from = wireAddress(address);
    // A reply quotes nothing. Of datagrams that went out with growing TTL the highest came to the target for certain.
    const [last] = [...flights]
      .filter(({ probe, flight }) => flight.target === from && probe.port === port)
      .sort((a, b) => (b.probe.ttl ?? DEFAULT_TTL) - (a.probe.ttl ?? DEFAULT_TTL));
    last?.flight.arrive({ kind: 'reply', from: zonedLike(from, last.probe.to), replyTtl: null }, atMs);
  });
  socket.bind({ port: sourcePort ?? 0, address: family === 4 ? '0.0.0.0' : '::', exclusive: true });
  if (failure !== null) {
    socket.close();
    return { kind: 'refused', code: failure };
  }
  return { kind: 'open', port: { number: socket.address().port, socket, flights } };
}
