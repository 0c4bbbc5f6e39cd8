import type { Where } from '../domain/verdict.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { Context } from './context.ts';
import { targetHopOf } from './filter-location.ts';
import { firstAttempt } from './flows.ts';
import { distanceFromTtl } from './ping-distance.ts';

/**
 * Who answered the connection in the target's place, nearer than the target is: by the TTL of a SYN-ACK or RST beside that
 * of the echo reply, or by where a trace by TCP ends beside one by ICMP. null where nobody is seen to.
 */
export function answeredNearer(evidence: Evidence, context: Context): Where | null {
  const attempt = firstAttempt(evidence, context);
  if (attempt === null || (attempt.state !== 'open' && attempt.state !== 'closed')) return null;
  return byTrace(evidence) ?? byTtl(evidence);
}

/** Whether a trace to the port shows the same, and not the TTL of an answer alone. */
export function isSeenByTrace(evidence: Evidence): boolean {
  return byTrace(evidence) !== null;
}

/** Routers that the answers to SYNs have passed, where they all say the same; null where none is seen. */
export function answerDistance({ flows, connect }: Evidence): number | null {
  const ttls = [...(flows?.attempts.map(({ replyTtl }) => replyTtl) ?? []), connect?.resetTtl ?? null];
  const distances = new Set(ttls.flatMap((ttl) => (ttl === null ? [] : [distanceFromTtl(ttl)])));
  const [distance] = distances;
  return distances.size === 1 ? (distance ?? null) : null;
}

/** Routers that the echo reply of the target has passed. */
export function echoDistance({ ping }: Evidence): number | null {
  return ping === undefined || ping.received === 0 || ping.replyTtl === null ? null : distanceFromTtl(ping.replyTtl);
}

/** Whether what answered the SYN is seen to be as far away as the target: by the TTL of its answer, or its own machine. */
export function isAnsweredByTarget(evidence: Evidence): boolean {
  const answer = answerDistance(evidence);
  const { route } = evidence;
  return route?.status === 'local' || route?.onLink === true || (answer !== null && answer === echoDistance(evidence));
}

/** A start of the TTL that is not a usual one looks like a longer way, never like a shorter one that ends on a hop seen. */
function byTtl(evidence: Evidence): Where | null {
  const answer = answerDistance(evidence);
  const echo = echoDistance(evidence);
  if (answer === null || echo === null || answer >= echo) return null;
  const hop = answer + 1;
  return { hop, address: routerAt(evidence, hop) };
}

/**
 * A SYN that was answered at a TTL with which it cannot have come to the target: with the first where a gateway lies
 * before it, with one at which a router told of a probe by ICMP that it ran out, or before the target's own hop.
 */
function byTrace(evidence: Evidence): Where | null {
  const { trace, portTrace, route } = evidence;
  const answer = portTrace?.targetAnswer;
  if (portTrace?.protocol !== 'tcp' || answer === undefined || portTrace.cutShort) return null;
  const expired = trace?.hops.findLast(({ addresses, error }) => error === null && addresses.some(isOther));
  const targetHop = targetHopOf(evidence);
  const isFirst = answer.ttl === 1 && route?.gateway != null;
  const isBefore = targetHop !== null && answer.ttl < targetHop;
  const isAtRouter = expired !== undefined && answer.ttl <= expired.ttl;
  if (!isFirst && !isBefore && !isAtRouter) return null;
  return { hop: answer.ttl, address: routerAt(evidence, answer.ttl) };

  function isOther(address: string): boolean {
    return address !== portTrace?.address && address !== route?.source;
  }
}

/** Who answered a probe by ICMP at the hop; of the first one, the gateway that the route names. */
function routerAt({ trace, route, ping }: Evidence, hop: number): string | null {
  const seen = trace?.hops.find(({ ttl }) => ttl === hop)?.addresses.find((address) => address !== ping?.address);
  return seen ?? (hop === 1 ? (route?.gateway ?? null) : null);
}
