import { ALL_CODES, type FindingCode } from '../../domain/finding-code.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { CODE_RULES } from './table.ts';

/**
 * The diagnosis that the walk came to, or an earlier cause that the evidence shows beside it and that explains it: two
 * machines with one address take each other's packets, so that whatever else is seen may be of either.
 */
export function earliestCause(code: FindingCode, evidence: Evidence, context: Context): FindingCode {
  const isSeen = (CODE_RULES['address-conflict'].observed?.(evidence, context) ?? null) !== null;
  if (!isSeen || code === 'deadline' || code === 'not-permitted') return code;
  const isHealthy = code === 'reachable' || code === 'port-open';
  const isEarlier = !isHealthy && ALL_CODES.indexOf(code) < ALL_CODES.indexOf('address-conflict');
  return isEarlier ? code : 'address-conflict';
}
