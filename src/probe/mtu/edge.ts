import type { IpAddress } from '../../domain/address.ts';
import type { Answer } from '../../domain/prober.ts';
import { roundedOrNull } from '../../domain/statistics.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import { findReturning } from './returning.ts';
import { fire, type SizedShot, type VolleyOptions, type VolleyPorts } from './volley.ts';

const WINDOW = 8;
const MAX_HOPS = 30;
/** Routers that name themselves never are rarely this many in a row. */
const MOST_SILENT = 4;
/** How often the edge may turn out to be farther away, where it was chance that lost the packet to the next hop. */
const MOST_ADVANCES = 4;

/** How far large packets come. */
export type Edge = {
  /** The last hop that answered one, with Time Exceeded; hop 0 (this machine, address null) where none did. */
  readonly lastPassing: { readonly hop: number; readonly address: IpAddress | null };
  /** The next hop, where it answered a small packet and no large one; null where it answered neither. */
  readonly firstFailing: { readonly hop: number; readonly address: IpAddress } | null;
  /** See MtuEvidence. */
  readonly lastReturning: { readonly hop: number; readonly address: IpAddress | null } | null;
};

/**
 * Sends large packets with growing TTL: each router that gets one says so with Time Exceeded, as the TTL is looked at
 * before the size (RFC 1812 5.3.1; Linux does). Asks a router for up to three such errors. null when the signal aborts, or
 * when a router reports after all that the packets are too large for it: then there is no such edge.
 */
export async function findEdge(
  largeBytes: number,
  smallBytes: number,
  options: VolleyOptions,
  ports: VolleyPorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<Edge | null> {
  let last: Edge['lastPassing'] = { hop: 0, address: null };
  let isReported = false;
  const passed = new Map<number, IpAddress>();
  const shoot = async (shots: readonly SizedShot[]): Promise<readonly Answer[]> => {
    const answers = await fire(shots, options, ports, signal);
    for (const [index, answer] of answers.entries()) {
      const { ttl, bytes } = shots[index] ?? { ttl: null, bytes: 0 };
      if (ttl === null || answer.kind !== 'icmp-error') continue;
      isReported ||= answer.error.kind === 'packet-too-big';
      if (answer.error.kind !== 'time-exceeded') continue;
      onEvent({ kind: 'hop', ttl, address: answer.error.from, rttMs: roundedOrNull(answer.rttMs) });
      if (bytes !== largeBytes) continue;
      passed.set(ttl, answer.error.from);
      if (ttl > last.hop) last = { hop: ttl, address: answer.error.from };
    }
    return answers;
  };

  for (let first = 1; first <= MAX_HOPS && first - last.hop <= MOST_SILENT && !isReported; first += WINDOW) {
    await shoot(ttlsFrom(first, Math.min(WINDOW, MAX_HOPS - first + 1)).map((ttl) => ({ bytes: largeBytes, ttl })));
  }
  for (let advance = 0; ; advance += 1) {
    if (isReported) return null;
    const edge = last;
    const ttl = edge.hop + 1;
    // The large one first: should the router have one error left, it is not spent on the small one.
    const answers = await shoot([
      { bytes: largeBytes, ttl },
      { bytes: smallBytes, ttl },
    ]);
    if (signal.aborted || isReported) return null;
    if (last.hop > edge.hop && advance < MOST_ADVANCES) continue;
    const firstFailing = last.hop > edge.hop ? null : answererOf(answers.at(-1), ttl);
    const hops = [...passed].map(([hop, address]) => ({ hop, address }));
    const lastReturning = await findReturning(hops, largeBytes, smallBytes, options, ports, signal);
    return { lastPassing: last, firstFailing, lastReturning };
  }
}

function answererOf(answer: Answer | undefined, hop: number): Edge['firstFailing'] {
  if (answer?.kind === 'reply') return { hop, address: answer.from };
  if (answer?.kind === 'icmp-error' && answer.error.kind === 'time-exceeded')
    return { hop, address: answer.error.from };
  return null;
}

function ttlsFrom(first: number, length: number): readonly number[] {
  return Array.from({ length }, (_, index) => first + index);
}
