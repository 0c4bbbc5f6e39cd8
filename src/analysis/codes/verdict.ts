import type { Evidence } from '../../domain/evidence.ts';
import { FINDING_CODES, type FindingCode } from '../../domain/finding-code.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { isStalled } from '../service.ts';

/** How what was asked for fares under a diagnosis: a path that loses large packets is a fault where the service stalls on it. */
export function verdictOf(code: FindingCode, evidence: Evidence): Verdict {
  if (code === 'path-mtu-blackhole' && isStalled(evidence)) return 'fault';
  const verdict = FINDING_CODES[code];
  return verdict === 'info' ? 'inconclusive' : verdict;
}
