import type { FindingCode } from '../../domain/finding-code.ts';
import type { Confidence } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import type { Lookalike } from './rules.ts';
import { CODE_RULES } from './table.ts';

/** An alternative to a diagnosis: another cause that the evidence does not exclude. */
export type Alternative = Pick<Lookalike, 'code' | 'cause'> & { readonly fits: 'less' | 'as-well' };

/** Every cause that looks like this one and is not excluded by the evidence, in the order of the table. */
export function alternativesTo(code: FindingCode, evidence: Evidence, context: Context): readonly Alternative[] {
  return CODE_RULES[code].lookalikes
    .filter(({ excluded }) => !excluded(evidence, context))
    .map(({ code: other, cause, fits }) => ({
      code: other,
      ...(cause !== undefined && { cause }),
      fits: typeof fits === 'string' ? fits : fits(evidence, context),
    }));
}

/** `certain`: nothing else is left. `likely`: what is left fits less well. `possible`: something fits as well. */
export function confidenceOf(alternatives: readonly Alternative[]): Confidence {
  if (alternatives.length === 0) return 'certain';
  return alternatives.some(({ fits }) => fits === 'as-well') ? 'possible' : 'likely';
}
