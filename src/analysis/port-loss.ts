import type { Evidence } from '../evidence/kinds.ts';
import { portAnswersTrace } from './filter-location.ts';

/** Whether what was lost are attempts at the port, of which others were answered, and no echo to speak of. */
export function lossIsOfPort(evidence: Evidence): boolean {
  const { ping, connect } = evidence;
  if (!portAnswersTrace(evidence) || connect?.attempts[0]?.state !== 'filtered') return false;
  return ping === undefined || ping.lost.length < 2;
}
