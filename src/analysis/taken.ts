import type { Evidence } from '../evidence/kinds.ts';
import { locateFilter, resetByHost, targetHopOf } from './filter-location.ts';
import { isPortTranslated } from './forwarding.ts';

/**
 * Whether it is seen that the target itself takes the port and passes it on to nobody: its kernel keeps track of no
 * connection, an RST came from as far away as its echo reply, or a trace to the port was answered at its own hop, or
 * passed every router before it and none behind.
 */
export function isTakenByTarget(evidence: Evidence): boolean {
  if (isPortTranslated(evidence)) return false;
  return evidence.sockets?.tracksConnections === false || resetByHost(evidence) || endsAtTarget(evidence);
}

/** A packet that is passed on uses up one more TTL than one that is taken. */
function endsAtTarget(evidence: Evidence): boolean {
  const { portTrace, route } = evidence;
  if (portTrace === undefined || portTrace.method === null || portTrace.cutShort) return false;
  const targetHop = route?.onLink === true ? 1 : targetHopOf(evidence);
  if (portTrace.targetAnswer !== undefined) return portTrace.targetAnswer.ttl === targetHop;
  const error = portTrace.hops.find((hop) => hop.error !== null);
  if (error?.error?.from === portTrace.address) return error.ttl === targetHop;
  return locateFilter(evidence)?.kind === 'at-target';
}

/** Whether the attempt ends before the target: a router answers ICMP and not the attempt, or somebody else rejects it. */
export function endsBeforeTarget(evidence: Evidence): boolean {
  const location = locateFilter(evidence);
  if (location?.kind === 'on-path') return location.blocked !== null;
  return location?.kind === 'rejected' && location.by.address !== evidence.portTrace?.address;
}
