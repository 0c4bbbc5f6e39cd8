import type { IpAddress } from '../domain/address.ts';
import type { IcmpError, IcmpErrorKind } from '../domain/icmp-error.ts';
import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading, Thresholds } from '../domain/reading.ts';
import type { PingEvidence } from '../evidence/ping.ts';

export type PingContext = {
  /** Whether a port was asked for: then the other addresses are judged by their ports. */
  readonly portAsked: boolean;
  /** This machine's address towards the target, null where unknown. */
  readonly source: IpAddress | null;
};

/** One echo lost is chance. */
const FEWEST_LOST = 2;
/** Jitter below this share of the median is the noise of a long way. */
const JITTER_SHARE = 0.3;

/** Errors that mean something about the host or the way to it, and what: the most telling first. */
const ERROR_OUTCOMES: readonly (readonly [OutcomeOf<'ping'>, readonly IcmpErrorKind[]])[] = [
  // No host answers an echo with "port" or "protocol unreachable" by itself: that is a filter's REJECT.
  ['prohibited', ['prohibited', 'port-unreachable', 'protocol-unreachable']],
  ['expired', ['time-exceeded']],
  ['host-unreachable', ['host-unreachable', 'other-unreachable']],
  ['network-unreachable', ['network-unreachable']],
];

/** Reads echoes: a reply decides over errors, an error over silence. Missing evidence reads as `unavailable`. */
export function readPing(
  evidence: PingEvidence | undefined,
  thresholds: Thresholds,
  context: PingContext,
): Reading<'ping'> {
  if (evidence === undefined) return { outcome: 'unavailable', where: null, confidence: 'possible' };
  if (evidence.received > 0) return readReplies(evidence, thresholds, context);
  return readNoReply(evidence, context);
}

function readReplies(evidence: PingEvidence, thresholds: Thresholds, context: PingContext): Reading<'ping'> {
  const { sent, received, lossPercent, lossInterval, rttMs, jitterMs, duplicates } = evidence;
  const medianMs = rttMs?.median ?? 0;
  if ((lossPercent ?? 0) >= thresholds.lossPercent && sent - received >= FEWEST_LOST) {
    const isSure = (lossInterval?.low ?? 0) >= thresholds.lossPercent;
    return { outcome: 'lossy', where: null, confidence: isSure ? 'certain' : 'likely' };
  }
  if (medianMs > thresholds.slowMs) return certain('slow');
  if (jitterMs !== null && jitterMs > thresholds.jitterMs && jitterMs > JITTER_SHARE * medianMs) {
    return certain('jittery');
  }
  if (duplicates > 0) return certain('duplicated');
  const isPartly = !context.portAsked && evidence.others.some((other) => other.sent > 0 && other.received === 0);
  return isPartly ? { outcome: 'partly', where: null, confidence: 'likely' } : certain('answered');
}

function readNoReply(evidence: PingEvidence, context: PingContext): Reading<'ping'> {
  const { method, sent, localError, others } = evidence;
  if (method === null) return certain('unavailable');
  if (sent === 0) {
    const isFirewall = localError === 'EPERM' || localError === 'EACCES';
    // What never left asked nobody: that is not silence.
    return certain(isFirewall ? 'blocked' : 'unavailable');
  }
  if (!context.portAsked && others.some(({ received }) => received > 0)) {
    return { outcome: 'partly', where: null, confidence: 'likely' };
  }
  // An error from this machine itself says that the next hop did not answer ARP or ND: nobody was asked.
  const foreign = evidence.errors.filter(({ from }) => !isSame(from, context.source));
  for (const [outcome, kinds] of ERROR_OUTCOMES) {
    const error = foreign.find(({ kind }) => kinds.includes(kind));
    if (error !== undefined) return { outcome, where: placeOf(error), confidence: 'certain' };
  }
  return certain('silent');
}

function placeOf({ from }: IcmpError): Reading['where'] {
  return { hop: null, address: from };
}

function certain(outcome: OutcomeOf<'ping'>): Reading<'ping'> {
  return { outcome, where: null, confidence: 'certain' };
}

/** A raw socket loses the zone of a link-local address. */
function isSame(a: IpAddress, b: IpAddress | null): boolean {
  return a.split('%')[0] === b?.split('%')[0];
}
