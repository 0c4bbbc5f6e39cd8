import type { Reading } from '../../domain/reading.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';
import { slowLookup } from './slow-lookup.ts';

/** Whether the look-up, as programs make it before every first connection, is quick. */
export function readLookup(evidence: ResolveEvidence | undefined): Reading<'lookup'> {
  const at = { where: null, confidence: 'certain' } as const;
  if (evidence === undefined || evidence.status !== 'ok') return { outcome: 'not-asked', ...at };
  const isTimed = evidence.system?.some(({ ms }) => ms !== null) ?? false;
  if (!isTimed) return { outcome: 'unavailable', ...at };
  return { outcome: slowLookup(evidence) === null ? 'quick' : 'slow', ...at };
}
