import { randomBytes } from 'node:crypto';
import type { Probe } from '../../../domain/prober.ts';
import { viewOf } from '../../../packet/bytes.ts';
import type { Echo } from '../../../packet/icmp-message.ts';

const COOKIE_BYTES = 8;
const LARGEST_WORD = 0xffff;

export type EchoProbe = Extract<Probe, { readonly kind: 'echo' }>;

/** What shows that an answer is to an echo of this run. */
export function newCookie(): Uint8Array {
  return randomBytes(COOKIE_BYTES);
}

/**
 * The cookie, then a word that keeps the ICMP checksum of all echoes of a run and flow the same, as routers that balance
 * load may hash it (Augustin et al. 2006), then filler. A small payload has as much of it as fits. `varying` is the sum of
 * the words of the header that are not the same in all.
 */
export function payloadOf({ payloadBytes, flow = 0 }: EchoProbe, cookie: Uint8Array, varying: number): Uint8Array {
  const payload = Uint8Array.from({ length: payloadBytes }, (_, index) => index & 0xff);
  payload.set(cookie.subarray(0, payloadBytes));
  // In one's complement, where the largest word is zero: else a carry would be lost and the sum with it.
  const word = (LARGEST_WORD - (varying % LARGEST_WORD) + flow) % LARGEST_WORD;
  if (payloadBytes >= COOKIE_BYTES + 2) viewOf(payload).setUint16(COOKIE_BYTES, word);
  return payload;
}

/** Hosts may cut the payload of a reply, but not below the cookie. */
export function carriesCookie(echo: Echo, probe: Probe, cookie: Uint8Array): boolean {
  const length = probe.kind === 'echo' ? Math.min(COOKIE_BYTES, probe.payloadBytes) : COOKIE_BYTES;
  return echo.payload.length >= length && startsAlike(echo.payload.subarray(0, length), cookie);
}

/** A quote may be cut before the cookie and padded with zeros (RFC 4884, 5.1): only another cookie is a contradiction. */
export function contradicts(quote: Echo, cookie: Uint8Array): boolean {
  const quoted = quote.payload.subarray(0, COOKIE_BYTES);
  return !startsAlike(quoted, cookie) && quoted.some((byte) => byte !== 0);
}

function startsAlike(bytes: Uint8Array, cookie: Uint8Array): boolean {
  return bytes.every((byte, index) => byte === cookie[index]);
}
