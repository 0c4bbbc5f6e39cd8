import { randomInt } from 'node:crypto';
import { familyOf, type IpAddress } from '../../../domain/address.ts';
import type { Answer, SendOptions } from '../../../domain/prober.ts';
import { encodeEchoRequest } from '../../../packet/icmp.ts';
import type { Echo } from '../../../packet/icmp-message.ts';
import { encodeEchoRequestV6 } from '../../../packet/icmpv6.ts';
import { encodeUnfragmentedIpv4 } from '../../../packet/ipv4-header.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';
import { carriesCookie, contradicts, type EchoProbe, newCookie, payloadOf } from '../shared/echo-payload.ts';
import type { Flight } from '../shared/probe-flight.ts';
import { startFlight } from '../shared/probe-flight.ts';
import { zonedLike } from '../shared/zoned-like.ts';
import type { Departure } from './channel.ts';
import type { Heard } from './hearing.ts';
import type { RawLink } from './link.ts';

const LARGEST_WORD = 0xffff;
/** How long a settled echo is remembered, to know its duplicates. */
const REMEMBERED_MS = 5000;

type EchoReply = Extract<Heard, { readonly kind: 'echo-reply' }>;
type HeardError = Extract<Heard, { readonly kind: 'error' }>;

export type Echoes = {
  send(probe: EchoProbe, options: SendOptions): Promise<Answer>;
  hearReply(heard: EchoReply, atMs: number): void;
  /** Whether the error quotes an echo of ours. */
  hearError(heard: HeardError, atMs: number): boolean;
  close(): void;
};

/**
 * Sends echoes and knows their answers: by an identifier and a cookie that are random in every run, the sequence number,
 * and the address probed. Another process may use the same identifier, and anyone may forge an answer.
 */
export function createEchoes(link: RawLink): Echoes {
  const identifier = randomInt(1, LARGEST_WORD + 1);
  const cookie = newCookie();
  const flights = new Map<number, Flight>();
  let sequence = 0;

  const nextSequence = (): number => {
    const now = link.clock.nowMs();
    for (const [key, flight] of flights) {
      const settledAt = flight.settledAtMs();
      if (settledAt !== null && now - settledAt > REMEMBERED_MS) flights.delete(key);
    }
    do sequence = sequence === LARGEST_WORD ? 1 : sequence + 1;
    while (flights.get(sequence)?.isPending());
    return sequence;
  };

  const flightOf = (echo: Echo, address: IpAddress): Flight | null => {
    const flight = flights.get(echo.sequence);
    if (flight === undefined || echo.identifier !== identifier || address !== flight.target) return null;
    return flight;
  };

  return {
    async send(probe, options) {
      const family = familyOf(probe.to);
      const channel = link.icmp(family);
      if (channel.kind === 'refused') return { kind: 'local-error', code: channel.code };
      channel.drain();
      const number = nextSequence();
      const echo = { identifier, sequence: number, payload: payloadOf(probe, cookie, number) };
      const bytes = family === 4 ? encodeEchoRequest(echo) : encodeEchoRequestV6(echo);
      const departure =
        family === 4 && probe.dontFragment
          ? sendUnfragmented(bytes, probe, link)
          : channel.send(bytes, probe.to, probe);
      if (departure.kind === 'refused') return { kind: 'local-error', code: departure.code };
      const flight = startFlight(probe, options, {
        clock: link.clock,
        sentAtMs: departure.atMs,
        beforeSilence: channel.drain,
        onSettled: () => {},
      });
      flights.set(number, flight);
      return flight.answered;
    },
    hearReply({ from, replyTtl, echo }, atMs) {
      const flight = flightOf(echo, from);
      if (flight === null || !carriesCookie(echo, flight.probe, cookie)) return;
      flight.arrive({ kind: 'reply', from: zonedLike(from, flight.probe.to), replyTtl }, atMs);
    },
    hearError({ error, mtu, replyTtl, quote, told }, atMs) {
      if (quote.kind !== 'echo') return false;
      const flight = flightOf(quote, quote.destination);
      if (flight === null || contradicts(quote, cookie)) return false;
      const from = zonedLike(error.from, flight.probe.to);
      flight.arrive({ kind: 'icmp-error', error: { ...error, from }, mtu, replyTtl, ...told }, atMs);
      return true;
    },
    close() {
      for (const flight of flights.values()) flight.giveUp();
    },
  };
}

/**
 * A report that such an echo does not fit comes to every raw socket of its protocol, and each lets the kernel take the
 * path MTU from it that did not decline (ip(7), IP_PMTUDISC_OMIT): this one must not be of that protocol.
 */
function sendUnfragmented(payload: Uint8Array, { to, ttl }: EchoProbe, link: RawLink): Departure {
  const channel = link.packets();
  if (channel.kind === 'refused') return channel;
  const packet = encodeUnfragmentedIpv4({ destination: to, ttl, protocol: PROTOCOL.icmp, payload });
  return channel.send(packet, to, { ttl: null, dontFragment: true });
}
