import type { Family } from '../../../domain/address.ts';
import type { IcmpError } from '../../../domain/icmp-error.ts';
import { splitQuote } from '../../../packet/icmp-extension.ts';
import { icmpErrorKind } from '../../../packet/icmp-kind.ts';
import { type ToldBeside, toldBeside } from '../shared/told-beside.ts';
import type { KernelLink } from './link.ts';
import type { KernelReceived } from './receive.ts';
import type { Departed } from './socket.ts';

/** SO_EE_ORIGIN_ICMP and SO_EE_ORIGIN_ICMP6; others are this machine's own notes. */
const ORIGINS: ReadonlySet<number> = new Set([2, 3]);
const IP_HEADER_BYTES = { 4: 20, 6: 40 } as const;
/** Clocks are read one after the other. */
const SLACK_MS = 1;

/** An ICMP error of a socket's error queue. */
export type QueuedIcmp = {
  readonly error: IcmpError;
  readonly mtu: number | null;
  readonly replyTtl: number | null;
  readonly told: ToldBeside;
  /** What it quotes of our packet, behind the headers that the kernel has taken off. */
  readonly quoted: Uint8Array;
};

/**
 * Reads an entry of the error queue; null for what no router said. `strippedBytes` is the length of the transport header
 * that the kernel took off the quote together with the IP header.
 */
export function queuedIcmp(family: Family, received: KernelReceived, strippedBytes: number): QueuedIcmp | null {
  const { error, bytes, ttl } = received;
  if (error === null || !ORIGINS.has(error.origin) || error.offender === null) return null;
  const kind = icmpErrorKind(family, error.type, error.code);
  if (kind === null) return null;
  const stripped = IP_HEADER_BYTES[family] + strippedBytes;
  const body = Buffer.concat([Buffer.alloc(stripped), bytes]);
  const { original, extensions } = splitQuote(body, error.extensionsAt === 0 ? 0 : error.extensionsAt + stripped);
  return {
    error: { kind, from: error.offender, type: error.type, code: error.code },
    // 0 is an old router that does not tell (RFC 1191, 5).
    mtu: kind === 'packet-too-big' ? error.info || null : null,
    replyTtl: ttl,
    told: toldBeside(extensions),
    quoted: original.subarray(stripped),
  };
}

/**
 * When a packet arrived, by the clock of the program: the kernel's own time where it is believable, so that a busy event
 * loop makes nothing slow. The wall clock may be set while a probe is under way.
 */
export function arrivedMs({ clock }: KernelLink, sent: Departed, stampMs: number | null): number {
  const nowMs = clock.nowMs();
  if (stampMs === null) return nowMs;
  const atMs = sent.atMs + (stampMs - sent.stampMs);
  return atMs >= sent.atMs && atMs <= nowMs + SLACK_MS ? atMs : nowMs;
}
