import type { TraceRemark } from '../domain/trace-remark.ts';
import type { HopEchoes } from '../evidence/hop-echoes.ts';
import type { Hop, TraceEvidence } from '../evidence/trace.ts';
import { onsetOfLoss } from './loss/loss-by-hop.ts';
import type { Onset } from './loss/onset.ts';
import { onsetOfRise } from './rise.ts';

/** Fewer probes say nothing of a share: of ten, one lost may still be chance. */
const ENOUGH_PROBES = 10;
const FEWEST_LOST = 2;
/** A hop limits its answers if it loses so many times what the end of the path loses. */
const MORE_THAN_BEHIND = 3;
const FEWEST_LIMITED = 3;
/** Answering for itself is a router's least important work: so much slower than the hops behind it is worth a word. */
const SLOW_MS = 20;
/** A step that a person would ask about. */
const RISE_MS = 50;

/** What the hops of a trace show beside where it ends (rules R13 to R19: harmless is what the hops behind do not show). */
export function remarksOn(trace: TraceEvidence): readonly TraceRemark[] {
  const last = trace.hops.findLastIndex(({ received }) => received > 0);
  const end = trace.hops[last];
  if (end === undefined || trace.outcome === 'loop') return [];
  const between = trace.hops.slice(0, last);
  const isReached = trace.outcome === 'reached';
  const found: readonly (TraceRemark | null)[] = [
    onHops('silent-hops', between, ({ received }) => received === 0),
    onHops('limited-hops', between, (hop) => isLimited(hop, end)),
    onHops('slow-hops', between, (hop, index) => isSlow(hop, trace.hops.slice(index + 1))),
    isReached ? lossTo(end, trace.hops) : null,
    isReached ? riseOn(trace.hops) : null,
    onHops('several-routers', trace.hops, ({ addresses }) => addresses.length > 1),
  ];
  return found.filter((remark) => remark !== null);
}

function onHops(
  kind: 'silent-hops' | 'limited-hops' | 'slow-hops' | 'several-routers',
  hops: readonly Hop[],
  is: (hop: Hop, index: number) => boolean,
): TraceRemark | null {
  const ttls = hops.filter(is).map(({ ttl }) => ttl);
  return ttls.length === 0 ? null : { kind, hops: ttls };
}

/** Every probe that the end answered has passed this hop (RFC 1812 4.3.2.8: errors are limited, forwarding is not). */
function isLimited(hop: Hop, end: Hop): boolean {
  const lost = hop.sent - hop.received;
  if (hop.received === 0 || lost === 0) return false;
  const behind = lostShare(end);
  return behind === 0 || (lost >= FEWEST_LIMITED && lostShare(hop) >= MORE_THAN_BEHIND * behind);
}

function isSlow({ rttMs }: Hop, behind: readonly Hop[]): boolean {
  if (rttMs === null) return false;
  const fastest = Math.min(...behind.flatMap((hop) => hop.rttMs?.min ?? []));
  return rttMs.min >= fastest + SLOW_MS;
}

function lossTo(end: Hop, hops: readonly Hop[]): TraceRemark | null {
  const { sent } = end;
  const lost = sent - end.received;
  if (lost === 0) return null;
  if (sent < ENOUGH_PROBES || lost < FEWEST_LOST) return { kind: 'few-lost', sent, lost };
  return { kind: 'loss', sent, lost, ...rangeOf(onsetOfLoss(hops.map(asEchoes))) };
}

function riseOn(hops: readonly Hop[]): TraceRemark | null {
  const values = hops.map(({ rttMs }) => rttMs?.min ?? null);
  const { first, last } = rangeOf(onsetOfRise(hops.map(asEchoes), values, RISE_MS));
  const ms = values.at(-1) ?? null;
  return first === null || last === null || ms === null ? null : { kind: 'rise', first, last, ms };
}

function rangeOf(onset: Onset): { readonly first: number | null; readonly last: number | null } {
  switch (onset.kind) {
    case 'at':
      return { first: onset.hop, last: onset.hop };
    case 'between':
      return { first: onset.first, last: onset.last };
    case 'unknown':
      return { first: null, last: null };
  }
}

function asEchoes({ ttl, addresses, sent, received, rttMs }: Hop): HopEchoes {
  return { ttl, address: addresses[0] ?? null, sent, received, rttMs, jitterMs: null };
}

function lostShare({ sent, received }: Hop): number {
  return sent === 0 ? 0 : (sent - received) / sent;
}
