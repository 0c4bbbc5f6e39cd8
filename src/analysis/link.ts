import type { OutcomeOf } from '../domain/outcome.ts';
import { isProofOfLife } from '../domain/proof-of-life.ts';
import type { Reading } from '../domain/reading.ts';
import type { Evidence } from '../evidence/kinds.ts';
import { readNeighbour } from './neighbour.ts';
import { foreignErrors } from './path.ts';

const UNREAD = { where: null, confidence: 'possible' } as const;

/** A router that answered at all has proven the link to it, whatever the neighbour table still says. */
export function readLink(evidence: Evidence): Reading<'neighbour'> {
  if (evidence.route === undefined) return { outcome: 'unknown', ...UNREAD };
  const reading = readNeighbour(evidence.route);
  const outcome: OutcomeOf<'neighbour'> = reading.outcome;
  if (outcome === 'answers' || evidence.route.gateway === null || !heardBeyondLink(evidence)) return reading;
  return { outcome: 'answers', where: null, confidence: 'certain' };
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
