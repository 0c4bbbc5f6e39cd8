import type { Reading } from '../domain/reading.ts';
import type { RouteEvidence } from '../evidence/route.ts';

/** Three solicitations a second apart without an answer (RFC 4861 10, and Linux does the same for ARP). */
const RESOLUTION_MS = 3000;

const UNKNOWN = { outcome: 'unknown', where: null, confidence: 'possible' } as const;

/** Whether the next hop answers ARP or neighbour discovery. */
export function readNeighbour(evidence: RouteEvidence): Reading<'neighbour'> {
  if (evidence.status !== 'ok') return UNKNOWN;
  switch (evidence.neighbour) {
    case 'reachable':
      return { outcome: 'answers', where: null, confidence: 'certain' };
    case 'failed':
      return failed(evidence, 'certain');
    case 'incomplete':
      // Each packet sent starts the resolution anew, which may hide the moment of failure.
      return evidence.durationMs >= RESOLUTION_MS ? failed(evidence, 'likely') : UNKNOWN;
    // An entry that was fixed, or that its link does without, has never been asked; the others are still open.
    case 'permanent':
    case 'noarp':
    case 'stale':
    case 'delay':
    case 'probe':
    case 'none':
    case null:
      return UNKNOWN;
  }
}

function failed(evidence: RouteEvidence, confidence: 'certain' | 'likely'): Reading<'neighbour'> {
  const { gateway, to } = evidence;
  if (gateway !== null) return { outcome: 'gateway-failed', where: { hop: 1, address: gateway }, confidence };
  return { outcome: 'target-failed', where: { hop: 1, address: to }, confidence };
}
