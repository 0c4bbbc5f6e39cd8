import { FINDING_CODES, type FindingCode } from '../../domain/finding-code.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { CODE_RULES } from './table.ts';

/** How what was asked for fares under a diagnosis. */
export function verdictOf(code: FindingCode, evidence: Evidence, context: Context): Verdict {
  const verdict = CODE_RULES[code].verdict?.(evidence, context) ?? FINDING_CODES[code];
  return verdict === 'info' ? 'inconclusive' : verdict;
}
