import { randomBytes, randomInt } from 'node:crypto';
import { familyOf, type IpAddress } from '../domain/address.ts';
import type { Answer, Probe, SendOptions } from '../domain/prober.ts';
import { viewOf } from '../packet/bytes.ts';
import { encodeEchoRequest } from '../packet/icmp.ts';
import type { Echo } from '../packet/icmp-message.ts';
import { encodeEchoRequestV6 } from '../packet/icmpv6.ts';
import type { Flight } from './raw-flight.ts';
import { startFlight } from './raw-flight.ts';
import type { Heard } from './raw-hearing.ts';
import { zonedLike } from './raw-hearing.ts';
import type { RawLink } from './raw-link.ts';

const COOKIE_BYTES = 8;
const LARGEST_WORD = 0xffff;
/** How long a settled echo is remembered, to know its duplicates. */
const REMEMBERED_MS = 5000;

type EchoProbe = Extract<Probe, { readonly kind: 'echo' }>;
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
  const cookie = randomBytes(COOKIE_BYTES);
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
      const departure = channel.send(bytes, probe.to, probe);
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
 * The cookie, then a word that keeps the ICMP checksum of all echoes of a run and flow the same, as routers that balance
 * load may hash it (Augustin et al. 2006), then filler. A small payload has as much of it as fits.
 */
function payloadOf({ payloadBytes, flow = 0 }: EchoProbe, cookie: Uint8Array, sequence: number): Uint8Array {
  const payload = Uint8Array.from({ length: payloadBytes }, (_, index) => index & 0xff);
  payload.set(cookie.subarray(0, payloadBytes));
  // In one's complement, where the largest word is zero: else a carry would be lost and the sum with it.
  const word = (LARGEST_WORD - sequence + flow) % LARGEST_WORD;
  if (payloadBytes >= COOKIE_BYTES + 2) viewOf(payload).setUint16(COOKIE_BYTES, word);
  return payload;
}

/** Hosts may cut the payload of a reply, but not below the cookie. */
function carriesCookie(echo: Echo, probe: Probe, cookie: Uint8Array): boolean {
  const length = probe.kind === 'echo' ? Math.min(COOKIE_BYTES, probe.payloadBytes) : COOKIE_BYTES;
  return echo.payload.length >= length && startsAlike(echo.payload.subarray(0, length), cookie);
}

/** A quote may be cut before the cookie and padded with zeros (RFC 4884, 5.1): only another cookie is a contradiction. */
function contradicts(quote: Echo, cookie: Uint8Array): boolean {
  const quoted = quote.payload.subarray(0, COOKIE_BYTES);
  return !startsAlike(quoted, cookie) && quoted.some((byte) => byte !== 0);
}

function startsAlike(bytes: Uint8Array, cookie: Uint8Array): boolean {
  return bytes.every((byte, index) => byte === cookie[index]);
}
