import type { Reading } from '../domain/reading.ts';
import type { RouteEvidence } from '../evidence/route.ts';

/** Whether this machine has a way to the address. */
export function readRoute(evidence: RouteEvidence): Reading<'route'> {
  switch (evidence.status) {
    case 'ok':
    case 'local':
      return { outcome: evidence.status, where: null, confidence: 'certain' };
    case 'no-network':
    case 'no-route':
      return { outcome: evidence.status, where: { hop: 0, address: evidence.source }, confidence: 'certain' };
    case 'unknown':
      return { outcome: 'unknown', where: null, confidence: 'possible' };
  }
}
