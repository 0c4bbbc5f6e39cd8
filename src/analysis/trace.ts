import type { IpAddress } from '../domain/address.ts';
import type { IcmpError } from '../domain/icmp-error.ts';
import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import type { Where } from '../domain/verdict.ts';
import type { Hop, TraceEvidence } from '../evidence/trace.ts';

export type TraceContext = {
  /** Whether the target is on this machine's own link; null where unknown. */
  readonly onLink: boolean | null;
  /** This machine's address towards the target, null where unknown. */
  readonly source: IpAddress | null;
};

/** Reads where a path ends, and how. Missing evidence reads as `unavailable`. */
export function readTrace(evidence: TraceEvidence | undefined, context: TraceContext): Reading<'trace'> {
  if (evidence === undefined) return { outcome: 'unavailable', where: null, confidence: 'possible' };
  if (evidence.method === null) return { outcome: 'unavailable', where: null, confidence: 'certain' };
  switch (evidence.outcome) {
    case 'reached':
      return { outcome: 'reached', where: null, confidence: 'certain' };
    case 'loop':
      // One address that answers at every TTL may be a box that answers for all the hops behind it.
      return {
        outcome: 'loop',
        where: placeOf(evidence, evidence.loop[0] ?? null),
        confidence: evidence.loop.length === 1 ? 'likely' : 'certain',
      };
    case 'prohibited':
    case 'unreachable':
      return readError(evidence, context);
    case 'stopped':
    case 'silent':
      return readSilence(evidence, context);
  }
}

/** The lowest TTL at which the address answered; null if it never did. */
export function hopOf(trace: TraceEvidence, address: IpAddress): number | null {
  return trace.hops.find(({ addresses }) => addresses.includes(address))?.ttl ?? null;
}

/** The last hop that answered; null if none did. */
export function lastAnswering(trace: TraceEvidence): Hop | null {
  return trace.hops.findLast(({ addresses }) => addresses.length > 0) ?? null;
}

function readError(evidence: TraceEvidence, context: TraceContext): Reading<'trace'> {
  const error = evidence.hops.findLast((hop) => hop.error !== null)?.error ?? null;
  // This machine's own word says that the next hop did not answer ARP or ND: nobody on the path said anything.
  if (error === null || isSame(error.from, context.source)) return readSilence(evidence, context);
  return { outcome: outcomeOfError(error), where: placeOf(evidence, error.from), confidence: 'certain' };
}

function readSilence(evidence: TraceEvidence, { onLink, source }: TraceContext): Reading<'trace'> {
  const last = evidence.hops.findLast(({ addresses }) => addresses.some((address) => !isSame(address, source)));
  // Where a router names itself, the target is behind it: it answers ARP or ND in the target's place (RFC 1027).
  if (onLink === true && last === undefined) return { outcome: 'on-link', where: null, confidence: 'certain' };
  if (last === undefined) return { outcome: 'silent', where: null, confidence: 'likely' };
  // Who ran out of time may not have asked the hops behind a router that only says nothing.
  const confidence = evidence.stopReason === 'time' ? 'possible' : 'likely';
  return { outcome: 'stopped', where: { hop: last.ttl, address: last.addresses[0] ?? null }, confidence };
}

function outcomeOfError({ kind }: IcmpError): OutcomeOf<'trace'> {
  switch (kind) {
    case 'prohibited':
      return 'prohibited';
    case 'network-unreachable':
      return 'network-unreachable';
    case 'port-unreachable':
    case 'protocol-unreachable':
      return 'rejected';
    case 'host-unreachable':
    case 'other-unreachable':
    case 'packet-too-big':
    case 'time-exceeded':
    case 'parameter-problem':
      return 'host-unreachable';
  }
}

function placeOf(trace: TraceEvidence, address: IpAddress | null): Where {
  return { hop: address === null ? null : hopOf(trace, address), address };
}

/** A raw socket loses the zone of a link-local address. */
function isSame(a: IpAddress, b: IpAddress | null): boolean {
  return a.split('%')[0] === b?.split('%')[0];
}
