import type { FactName } from '../../domain/fact.ts';
import type { Where } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { placeOfPortLoop } from '../filter-location.ts';
import { placeOfExpiry } from '../path.ts';
import { hopOf, lastAnswering } from '../trace.ts';

type Known = Partial<Record<FactName, string | number | null | undefined>>;

/** What is known of the path, for the texts of a finding. */
export function pathFacts(where: Where | null, evidence: Evidence): Known {
  const expired = placeOfExpiry(evidence);
  const last = evidence.trace === undefined ? null : lastAnswering(evidence.trace);
  return {
    'where-hop': where?.hop,
    'where-address': where?.address,
    ...expiryFacts(evidence),
    'translated-hop': translatedHop(evidence),
    // Known of a path on which some router answered.
    'last-hop': expired?.hop ?? last?.ttl,
    'last-address': expired?.address ?? last?.addresses[0],
    ...loopFacts(evidence),
  };
}

function expiryFacts(evidence: Evidence): Known {
  const expired = placeOfExpiry(evidence);
  if (expired === null) return {};
  const { hop, address } = expired;
  return { 'expired-hop': hop, 'expired-address': address, 'target-hop': evidence.trace?.targetAnswer?.ttl };
}

/** The first hop behind a translator: it and those after it answer in the name of the target. */
function translatedHop({ trace, portTrace }: Evidence): number | null {
  const translated = [portTrace, trace].find((each) => each?.oddities?.includes('expired-at-target'));
  return translated === undefined ? null : hopOf(translated, translated.address);
}

function loopFacts(evidence: Evidence): Known {
  const isOfPort = placeOfPortLoop(evidence) !== null;
  const loop = (isOfPort ? evidence.portTrace : evidence.trace)?.loop ?? [];
  return {
    loop: loop.length > 0 ? loop.join(' → ') : null,
    'loop-port': isOfPort ? evidence.portTrace?.port : null,
  };
}
