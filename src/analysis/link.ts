import type { OutcomeOf } from '../domain/outcome.ts';
import { isProofOfLife } from '../domain/proof-of-life.ts';
import type { Reading } from '../domain/reading.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { RouteEvidence } from '../evidence/route.ts';
import { linkRole } from './links/role.ts';
import { readNeighbour } from './neighbour.ts';
import { foreignErrors } from './path.ts';

const UNREAD = { where: null, confidence: 'possible' } as const;

/**
 * A router that answered at all has proven the link to it, whatever the neighbour table still says. A tunnel has no
 * neighbour to ask for: there the counters tell whether anything came back.
 */
export function readLink(evidence: Evidence): Reading<'neighbour'> {
  const { route } = evidence;
  if (route === undefined) return { outcome: 'unknown', ...UNREAD };
  const reading = readNeighbour(route);
  const outcome: OutcomeOf<'neighbour'> = reading.outcome;
  const isHeard = heardBeyondLink(evidence);
  const role = route.status === 'ok' ? linkRole(route) : null;
  const here = { hop: 0, address: route.source };
  if (role === 'tunnel' && !isHeard && isSwallowed(route)) {
    return { outcome: 'tunnel-silent', where: here, confidence: 'likely' };
  }
  if (outcome === 'answers') return reading;
  if (role === 'own-network' && !isHeard && route.without !== undefined && isNobodyThere(route, outcome)) {
    return { outcome: 'own-network', where: here, confidence: 'likely' };
  }
  if (route.gateway === null || !isHeard) return reading;
  return { outcome: 'answers', where: null, confidence: 'certain' };
}

/** Packets left by the interface, and none came by it. */
function isSwallowed({ link }: RouteEvidence): boolean {
  return (link?.sentPackets ?? 0) > 0 && link?.receivedPackets === 0;
}

/** A dummy resolves no neighbours, and has none. */
function isNobodyThere({ onLink, neighbour, link }: RouteEvidence, outcome: OutcomeOf<'neighbour'>): boolean {
  return onLink === true && (outcome === 'target-failed' || (neighbour === 'noarp' && link?.kind === 'dummy'));
}

/** Whether anything that is not this machine answered any probe. */
function heardBeyondLink(evidence: Evidence): boolean {
  const source = evidence.route?.source ?? null;
  const hops = evidence.trace?.hops ?? [];
  return (
    (evidence.ping?.received ?? 0) > 0 ||
    foreignErrors(evidence, source).length > 0 ||
    (evidence.connect?.attempts.some(isProofOfLife) ?? false) ||
    hops.some((hop) => hop.addresses.some((address) => address !== source))
  );
}
