import { ALL_CODES, type FindingCode } from '../../domain/finding-code.ts';
import type { Severity } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { CODE_RULES } from './table.ts';

export type Observation = { readonly code: FindingCode; readonly severity: Severity };

/** What the evidence shows beside the diagnosis, in the order of the codes. */
export function observe(evidence: Evidence, context: Context): readonly Observation[] {
  return ALL_CODES.flatMap((code) => {
    const severity = CODE_RULES[code].observed?.(evidence, context) ?? null;
    return severity === null ? [] : [{ code, severity }];
  });
}
