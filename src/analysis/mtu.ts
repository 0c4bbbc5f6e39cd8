import { withoutZone } from '../domain/address.ts';
import type { Reading } from '../domain/reading.ts';
import type { Confidence, Where } from '../domain/verdict.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { MtuEvidence } from '../evidence/mtu.ts';
import { stalledSegments } from './segments.ts';
import { hopOf } from './trace.ts';

/**
 * Reads whether full-size packets pass. `unreached`: too few echoes of any size were answered to tell. Missing evidence,
 * and a machine that would not send, read as `unavailable`.
 */
export function readMtu(evidence: Evidence): Reading<'mtu'> {
  const { mtu } = evidence;
  // What the service itself met is the better witness: an echo may teach this machine what hides it.
  if (stalledSegments(evidence) !== null) {
    return { outcome: 'blackhole', where: placeOfVanishing(evidence), confidence: 'likely' };
  }
  if (mtu === undefined || mtu.method === null || mtu.localError !== null) {
    return { outcome: 'unavailable', where: null, confidence: 'possible' };
  }
  if (mtu.blackhole) return { outcome: 'blackhole', where: placeOfVanishing(evidence), confidence: sureOf(mtu) };
  if (mtu.pathMtu === null) return { outcome: 'unreached', where: null, confidence: 'possible' };
  if (mtu.pathMtu === mtu.fullSize) return { outcome: 'ok', where: null, confidence: 'certain' };
  return { outcome: 'reduced', where: placeOfReport(evidence), confidence: 'certain' };
}

/**
 * The last hop that large packets are known to have reached, or the last from which they came back, where those of the
 * next do not; this machine's own address where there is none.
 */
export function placeOfVanishing({ mtu, route }: Evidence): Where | null {
  const place = mtu?.lastReturning ?? mtu?.lastPassing ?? null;
  if (place === null) return null;
  const { hop, address } = place;
  return { hop, address: hop === 0 ? (route?.source ?? null) : address };
}

/** The router that reported the narrow link, with its hop where a trace met it. */
export function placeOfReport({ mtu, trace }: Evidence): Where | null {
  if (mtu === undefined || mtu.reportedBy === null) return null;
  return { hop: trace === undefined ? null : hopOf(trace, mtu.reportedBy), address: mtu.reportedBy };
}

/**
 * A router that answers small packets and no large ones shows that they stop before it. Where the next to answer would be
 * the target itself, or nobody, a target that refuses large echoes looks the same, and so does a way back that loses them.
 */
export function sureOf(mtu: MtuEvidence | undefined): Confidence {
  const next = mtu?.firstFailing?.address;
  return next !== undefined && withoutZone(next) !== withoutZone(mtu?.address ?? '') ? 'certain' : 'likely';
}
