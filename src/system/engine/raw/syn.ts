import { randomInt } from 'node:crypto';
import { type Family, familyOf, type IpAddress } from '../../../domain/address.ts';
import type { Answer, Probe, SendOptions } from '../../../domain/prober.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';
import type { Quote } from '../../../packet/quote.ts';
import { decodeTcp, encodeSyn, hasRightTcpChecksum, type TcpHeader } from '../../../packet/tcp.ts';
import { answeringAddress, type Flight, startFlight } from '../shared/probe-flight.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import type { Channel, OpenedChannel, Received } from './channel.ts';
import { type Heard, transportOf } from './hearing.ts';
import type { RawLink } from './link.ts';
import { type SourceAddress, sourceAddress } from './source.ts';

const SEQUENCES = 2 ** 32;
/** Above the range of Linux's ephemeral ports (ip(7)), so that no connection of this machine is disturbed. */
const SOURCE_PORTS = { first: 61_000, last: 65_535 } as const;

type SynProbe = Extract<Probe, { readonly kind: 'syn' }>;
type HeardError = Extract<Heard, { readonly kind: 'error' }>;
type SynFlight = {
  readonly probe: SynProbe;
  readonly onStray: SendOptions['onStray'];
  readonly flight: Flight;
  readonly source: IpAddress;
  readonly sourcePort: number;
  readonly sequence: number;
};

export type Syns = {
  send(probe: SynProbe, options: SendOptions): Promise<Answer>;
  /** Whether the error quotes a SYN of ours. */
  hearError(heard: HeardError, atMs: number): boolean;
  close(): void;
};

/**
 * Sends SYNs of its own making. No socket of the kernel knows them, so the kernel resets what they open by itself.
 * The raw TCP socket hears every segment that reaches this machine: it is open only while a SYN is pending.
 */
export function createSyns(link: RawLink): Syns {
  const flights = new Set<SynFlight>();
  const channels = new Map<Family, Channel>();
  const sources = new Map<string, Promise<SourceAddress>>();
  let isClosed = false;

  const sourceFor = (probe: SynProbe): Promise<SourceAddress> => {
    const known = sources.get(probe.to) ?? sourceAddress(probe.to, probe.port);
    sources.set(probe.to, known);
    return known;
  };

  const channelOf = (family: Family): OpenedChannel => {
    const channel = channels.get(family);
    if (channel?.isOpen()) return channel;
    const opened = link.channels.open({
      family,
      protocol: PROTOCOL.tcp,
      onReceived: (received) => hearSegment(family, received),
    });
    if (opened.kind === 'open') channels.set(family, opened);
    return opened;
  };

  const hearSegment = (family: Family, received: Received): void => {
    const outer = transportOf(family, received);
    if (outer === null) return;
    const segment = decodeTcp(outer.payload);
    if (!segment.ok) return;
    const { ack, syn, rst } = segment.value;
    if (!ack || (!syn && !rst)) return;
    const sent = [...flights].find((entry) => isAnswer(entry, segment.value));
    if (sent === undefined) return;
    if (!hasRightTcpChecksum(outer.payload, { source: outer.from, destination: sent.source })) return;
    const isFromTarget = sent.flight.target === outer.from;
    if (!isFromTarget && syn) sent.onStray?.(zonedLike(outer.from, sent.probe.to), segment.value.sourcePort);
    if (!isFromTarget || sent.probe.port !== segment.value.sourcePort) return;
    const from = zonedLike(outer.from, sent.probe.to);
    sent.flight.arrive({ kind: rst ? 'reset' : 'reply', from, replyTtl: outer.replyTtl }, received.atMs);
  };

  const closeIdle = (family: Family): void => {
    for (const { probe } of flights) if (familyOf(probe.to) === family) return;
    channels.get(family)?.close();
    channels.delete(family);
    sources.clear();
  };

  const freePort = (target: string): number => {
    for (;;) {
      const port = randomInt(SOURCE_PORTS.first, SOURCE_PORTS.last + 1);
      if (![...flights].some(({ probe, sourcePort }) => probe.to === target && sourcePort === port)) return port;
    }
  };

  const depart = (probe: SynProbe, source: string, options: SendOptions): Answer | Promise<Answer> => {
    const family = familyOf(probe.to);
    const icmp = link.icmp(family);
    if (icmp.kind === 'refused') return { kind: 'local-error', code: icmp.code };
    icmp.drain();
    // Before the channel is looked up: an answer to the last pending SYN closes it.
    channels.get(family)?.drain();
    const channel = channelOf(family);
    if (channel.kind === 'refused') return { kind: 'local-error', code: channel.code };
    const sourcePort = probe.sourcePort ?? freePort(probe.to);
    const sequence = randomInt(SEQUENCES);
    const ends = { source, destination: answeringAddress(probe.to) };
    const timestamp = probe.bare ? null : randomInt(SEQUENCES);
    const syn = encodeSyn({ sourcePort, destinationPort: probe.port, sequence, timestamp }, ends);
    const departure = channel.send(syn, probe.to, { ttl: probe.ttl, dontFragment: true });
    if (departure.kind === 'refused') {
      closeIdle(family);
      return { kind: 'local-error', code: departure.code };
    }
    const flight = startFlight(probe, options, {
      clock: link.clock,
      sentAtMs: departure.atMs,
      beforeSilence: () => {
        icmp.drain();
        channel.drain();
      },
      onSettled: () => {
        flights.delete(entry);
        closeIdle(family);
      },
    });
    const entry: SynFlight = { probe, onStray: options.onStray, flight, source, sourcePort, sequence };
    flights.add(entry);
    return flight.answered;
  };

  return {
    async send(probe, options) {
      const startedAtMs = link.clock.nowMs();
      const source = await sourceFor(probe);
      if (source.kind === 'refused') {
        sources.delete(probe.to);
        return { kind: 'local-error', code: source.code };
      }
      if (isClosed || options.signal.aborted) return { kind: 'silent', waitedMs: link.clock.nowMs() - startedAtMs };
      return depart(probe, source.address, options);
    },
    hearError({ error, mtu, replyTtl, quote, told }, atMs) {
      if (quote.kind !== 'tcp') return false;
      const sent = [...flights].find((entry) => isQuoted(entry, quote));
      if (sent === undefined) return false;
      const from = zonedLike(error.from, sent.probe.to);
      sent.flight.arrive({ kind: 'icmp-error', error: { ...error, from }, mtu, replyTtl, ...told }, atMs);
      return true;
    },
    close() {
      isClosed = true;
      for (const { flight } of [...flights]) flight.giveUp();
    },
  };
}

/** Only who has seen the SYN knows its sequence number; a reset counts only with it, too (RFC 9293, 3.10.7.3). */
function isAnswer({ sourcePort, sequence }: SynFlight, segment: TcpHeader): boolean {
  return sourcePort === segment.destinationPort && (sequence + 1) % SEQUENCES === segment.acknowledgement;
}

function isQuoted(
  { probe, flight, source, sourcePort, sequence }: SynFlight,
  quote: Extract<Quote, { readonly kind: 'tcp' }>,
): boolean {
  return (
    source === quote.source &&
    flight.target === quote.destination &&
    probe.port === quote.destinationPort &&
    sourcePort === quote.sourcePort &&
    sequence === quote.sequence
  );
}
