import type { FactName } from '../../domain/fact.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { stalledSegments } from '../segments.ts';

/** What is known of large packets, for the texts of a finding. */
export function sizeFacts(evidence: Evidence): Partial<Record<FactName, string | number | null | undefined>> {
  const { mtu, route } = evidence;
  const own = route?.source ?? null;
  const stalled = stalledSegments(evidence);
  const bytes = stalled?.trial.segmentBytes ?? null;
  const returning = mtu?.lastReturning ?? null;
  const reached = mtu?.lastPassing ?? null;
  return {
    'reached-hop': reached?.hop,
    'reached-address': reached?.address ?? (reached === null ? null : own),
    'returning-hop': returning?.hop,
    'returning-address': returning?.address ?? (returning === null ? null : own),
    'lost-segments': bytes,
    'lost-there': stalled?.direction === 'there' ? bytes : null,
    'lost-back': stalled?.direction === 'back' ? bytes : null,
    'learned-mtu': mtu?.learned,
  };
}
