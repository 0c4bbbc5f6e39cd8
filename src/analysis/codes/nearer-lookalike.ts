import { answeredNearer } from '../nearer.ts';
import type { Lookalike } from './rules.ts';

/** Something on the way answered in the target's place, of which nothing is known then: told where that is seen. */
export const NEARER = {
  code: 'answered-on-the-way',
  fits: 'less',
  excluded: (evidence, context) => answeredNearer(evidence, context) === null,
} as const satisfies Lookalike;
