import type { Reading } from '../domain/reading.ts';
import type { Where } from '../domain/verdict.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { Hop, TraceEvidence } from '../evidence/trace.ts';
import { isPortTranslated, isTargetSearching } from './forwarding.ts';
import { distanceFromTtl } from './ping-distance.ts';
import { hopOf, lastAnswering } from './trace.ts';

/**
 * Where what keeps a SYN or a datagram from its port sits, by a trace to the port beside one by ICMP:
 * `on-path`: `passed` is the last hop that let it pass, `blocked` the first that answers ICMP and did not (null where
 * none is known). A router looks at the TTL before it forwards, so that one that drops when it forwards is `passed`, and
 * one that drops on arrival is `blocked`: it is one of the two.
 * `at-target`: every router let it pass, and the target does not answer.
 * `rejected`: who sent the ICMP error.
 * `answered-for`: a device on the way reset the connection in the host's place; the host is `targetHop` hops away.
 */
export type FilterLocation =
  | { readonly kind: 'on-path'; readonly passed: Where; readonly blocked: Where | null }
  | { readonly kind: 'at-target'; readonly passed: Where; readonly target: Where }
  | { readonly kind: 'rejected'; readonly by: Where }
  | { readonly kind: 'answered-for'; readonly device: Where; readonly targetHop: number };

/** Compares the traces; null where they do not tell. */
export function locateFilter(evidence: Evidence): FilterLocation | null {
  const { portTrace } = evidence;
  if (portTrace === undefined || portTrace.method === null || portTrace.cutShort) return null;
  switch (portTrace.outcome) {
    case 'reached':
      return locateAnswerer(evidence, portTrace);
    case 'unreachable':
    case 'prohibited':
      return locateRejecter(evidence, portTrace);
    case 'stopped':
    case 'silent':
      return portTrace.stopReason === 'silent-hops' ? locateSilence(evidence, portTrace) : null;
    case 'loop':
      return null;
  }
}

/** The place that a location points at. */
export function placeOfFilter(location: FilterLocation): Where {
  switch (location.kind) {
    case 'on-path':
      return location.passed;
    case 'at-target':
      return location.target;
    case 'rejected':
      return location.by;
    case 'answered-for':
      return location.device;
  }
}

/** Reads where the filter sits, or who refused. */
export function readFilter(evidence: Evidence): Reading<'port-trace'> {
  const { portTrace } = evidence;
  if (isPassedOn(evidence)) return { outcome: 'passed-on', where: null, confidence: 'likely' };
  const location = locateFilter(evidence);
  if (location !== null) return { outcome: location.kind, where: placeOfFilter(location), confidence: 'likely' };
  if (portTrace?.outcome === 'loop') return { outcome: 'loop', where: placeOfPortLoop(evidence), confidence: 'likely' };
  if (portAnswersTrace(evidence)) return { outcome: 'port-answers', where: null, confidence: 'likely' };
  if (resetByHost(evidence)) return { outcome: 'from-host', where: null, confidence: 'likely' };
  const outcome = portTrace?.method === null ? 'unavailable' : 'not-located';
  return { outcome, where: null, confidence: 'possible' };
}

/** Whether the target passes on what comes to the port: it is no listener of its own that does not answer. */
function isPassedOn(evidence: Evidence): boolean {
  const { connect, portTrace } = evidence;
  // A datagram that nobody answers may have been taken.
  const asked =
    connect?.attempts.filter(
      ({ address, state, protocol }) =>
        address === portTrace?.address &&
        (state === 'closed' || state === 'rejected' || (state === 'filtered' && protocol === 'tcp')),
    ) ?? [];
  return asked.length > 0 && (isPortTranslated(evidence) || asked.some(isTargetSearching));
}

/** Where packets to the port alone go round; null where the echoes do as well, or nothing does. */
export function placeOfPortLoop({ trace, portTrace }: Evidence): Where | null {
  const [first] = portTrace?.loop ?? [];
  if (portTrace === undefined || first === undefined || trace?.outcome === 'loop') return null;
  return { hop: hopOf(portTrace, first), address: first };
}

/** Whether the port let in a SYN, or answered a datagram, of the trace, and not the attempt before: it is neither shut nor sound. */
export function portAnswersTrace({ portTrace }: Evidence): boolean {
  const kind = portTrace?.targetAnswer?.kind;
  return portTrace?.outcome === 'reached' && (kind === 'reply' || kind === 'answered');
}

/** The hop count of the target by the trace by ICMP; null where it is not known, or not to be believed. */
export function targetHopOf({ trace }: Evidence): number | null {
  if (trace?.outcome !== 'reached' || trace.targetAnswer === undefined) return null;
  return trace.oddities === undefined ? trace.targetAnswer.ttl : null;
}

function locateSilence(evidence: Evidence, portTrace: TraceEvidence): FilterLocation | null {
  const last = lastAnswering(portTrace);
  const passed = last === null ? { hop: 0, address: evidence.route?.source ?? null } : whereOf(last);
  const targetHop = targetHopOf(evidence);
  if (targetHop === null) return portTrace.protocol === 'udp' ? null : { kind: 'on-path', passed, blocked: null };
  const target = { hop: targetHop, address: portTrace.address };
  const lastHop = last?.ttl ?? 0;
  if (lastHop >= targetHop - 1) return { kind: 'at-target', passed, target };
  const blocked = firstAnsweringBehind(lastHop, targetHop, evidence.trace);
  // A UDP service may be as silent as the routers before it: one that answers ICMP and not the datagram has to be seen.
  if (blocked === null && portTrace.protocol === 'udp') return null;
  return { kind: 'on-path', passed, blocked: blocked ?? target };
}

/** A hop that answered only some of its echoes limits its answers: its silence to another probe says nothing. */
function firstAnsweringBehind(hop: number, targetHop: number, trace: TraceEvidence | undefined): Where | null {
  const found = trace?.hops.find(
    ({ ttl, received, sent }) => ttl > hop && ttl < targetHop && received > 0 && received === sent,
  );
  return found === undefined ? null : whereOf(found);
}

function locateRejecter({ trace }: Evidence, portTrace: TraceEvidence): FilterLocation | null {
  const error = portTrace.hops.findLast((hop) => hop.error !== null)?.error ?? null;
  if (error === null) return null;
  const hop = hopOf(portTrace, error.from) ?? (trace === undefined ? null : hopOf(trace, error.from));
  return { kind: 'rejected', by: { hop, address: error.from } };
}

/**
 * An RST that came from nearer than the host's own echo reply, by the TTL that it arrived with, is not the host's own. A
 * device that refuses to forward answers the TTL behind its own hop, one that refuses on arrival that of its own: where
 * both witnesses agree on the hop, or the RST came back before the TTL could have reached the host, a device is named.
 */
function locateAnswerer(evidence: Evidence, { targetAnswer, hops }: TraceEvidence): FilterLocation | null {
  const targetHop = targetHopOf(evidence);
  const hostRouters = hostDistance(evidence);
  if (targetAnswer?.kind !== 'reset' || targetAnswer.replyTtl === null) return null;
  const routersPassed = distanceFromTtl(targetAnswer.replyTtl);
  if (routersPassed === null || hostRouters === null || routersPassed >= hostRouters) return null;
  if (targetHop === null || targetAnswer.ttl > targetHop) return null;
  const byTtl = routersPassed + 1;
  const before = targetAnswer.ttl - 1;
  const isAgreed = byTtl === before || (byTtl === targetAnswer.ttl && byTtl < targetHop);
  if (!isAgreed && targetAnswer.ttl === targetHop) return null;
  const hop = isAgreed ? byTtl : before;
  const address = [hops, evidence.trace?.hops ?? []].flatMap(
    (each) => each.find(({ ttl }) => ttl === hop)?.addresses ?? [],
  );
  const named = address.find((each) => each !== evidence.ping?.address) ?? null;
  return { kind: 'answered-for', device: { hop, address: named }, targetHop };
}

/** Whether the RST came from as far away as the host's own echo reply: a device on the way could not do that. */
export function resetByHost(evidence: Evidence): boolean {
  const ttl = evidence.connect?.resetTtl;
  const hostRouters = hostDistance(evidence);
  return ttl !== undefined && hostRouters !== null && distanceFromTtl(ttl) === hostRouters;
}

/** Whether the RST came from another distance than the host's own echo reply, so that something answers for the host. */
export function resetElsewhere(evidence: Evidence): boolean {
  const ttl = evidence.connect?.resetTtl;
  const hostRouters = hostDistance(evidence);
  return ttl !== undefined && hostRouters !== null && distanceFromTtl(ttl) !== hostRouters;
}

/** Routers that the host's own echo reply has passed. */
function hostDistance({ ping }: Evidence): number | null {
  return ping === undefined || ping.replyTtl === null ? null : distanceFromTtl(ping.replyTtl);
}

function whereOf({ ttl, addresses }: Hop): Where {
  return { hop: ttl, address: addresses[0] ?? null };
}
