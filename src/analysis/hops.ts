import type { FindingCode } from '../domain/finding-code.ts';
import type { Reading } from '../domain/reading.ts';
import type { Where } from '../domain/verdict.ts';
import type { HopEchoes } from '../evidence/hop-echoes.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { Context } from './context.ts';
import { onsetOfLoss } from './loss/loss-by-hop.ts';
import type { Onset } from './loss/onset.ts';
import { readPing } from './ping.ts';
import { onsetOfRise } from './rise.ts';

/** What lasts from some hop to the end, and can be looked for hop by hop. */
type LastingCode = Extract<FindingCode, 'packet-loss' | 'high-latency' | 'high-jitter'>;

/** From which hop on the target's loss, delay or jitter lasts to the end. */
export function onsetOf(code: LastingCode, evidence: Evidence, context: Context): Onset {
  const { status, onLink } = evidence.route ?? {};
  if (status === 'local') return { kind: 'at', hop: 0, address: context.address };
  if (onLink === true) return { kind: 'at', hop: 1, address: context.address };
  const hops = evidence.hopEchoes?.hops ?? tracedHops(evidence);
  const only = hops.length === 1 ? hops[0] : undefined;
  // Nothing is in between: wherever the fault is, it lasts from the first hop on.
  if (only !== undefined) return { kind: 'at', hop: only.ttl, address: only.address };
  const target = hops.at(-1);
  switch (code) {
    case 'packet-loss':
      return onsetOfLoss(hops);
    case 'high-latency':
      return onsetOfRise(hops, medians(hops, evidence), context.thresholds.slowMs / 2);
    case 'high-jitter':
      return onsetOfRise(
        hops,
        hops.map(({ jitterMs }) => jitterMs),
        (target?.jitterMs ?? 0) / 2,
      );
  }
}

/** The place of an onset; null where it is not one hop. */
export function placeOfOnset(onset: Onset): Where | null {
  return onset.kind === 'at' ? { hop: onset.hop, address: onset.address } : null;
}

/** Reads from which hop on what the echoes to the target showed lasts to the end. */
export function readHops(evidence: Evidence, context: Context): Reading<'hops'> {
  const code = lastingCode(evidence, context);
  if (code === null || (evidence.hopEchoes === undefined && evidence.trace?.outcome !== 'reached')) {
    return { outcome: 'unavailable', where: null, confidence: 'possible' };
  }
  const onset = onsetOf(code, evidence, context);
  switch (onset.kind) {
    case 'at':
      return { outcome: 'located', where: placeOfOnset(onset), confidence: 'likely' };
    case 'between':
      return { outcome: 'between', where: null, confidence: 'likely' };
    case 'unknown':
      return { outcome: 'unlocated', where: null, confidence: 'possible' };
  }
}

/** What the echoes to the target showed that is worth looking for hop by hop; null for nothing of the kind. */
export function lastingCode(evidence: Evidence, context: Pick<Context, 'thresholds'>): LastingCode | null {
  const { outcome } = readPing(evidence.ping, context.thresholds, { portAsked: true, source: null });
  switch (outcome) {
    case 'lossy':
      return 'packet-loss';
    case 'slow':
      return 'high-latency';
    case 'jittery':
      return 'high-jitter';
    case 'answered':
    case 'duplicated':
    case 'partly':
    case 'silent':
    case 'host-unreachable':
    case 'network-unreachable':
    case 'prohibited':
    case 'expired':
    case 'blocked':
    case 'unavailable':
      return null;
  }
}

/** A trace tells the delay of its hops, if nothing better was measured; it is far too short for their loss. */
function tracedHops({ trace }: Evidence): readonly HopEchoes[] {
  if (trace?.outcome !== 'reached') return [];
  return trace.hops.map(({ ttl, addresses }) => ({
    ttl,
    address: addresses[0] ?? null,
    sent: 0,
    received: 0,
    rttMs: null,
    jitterMs: null,
  }));
}

/** What a hop takes as a rule; of one that answers no echo, what its errors took at least. */
function medians(hops: readonly HopEchoes[], { trace }: Evidence): readonly (number | null)[] {
  return hops.map(({ ttl, rttMs }) => {
    const traced = trace?.hops.find((hop) => hop.ttl === ttl && hop.error === null);
    return rttMs?.median ?? traced?.rttMs?.min ?? null;
  });
}
