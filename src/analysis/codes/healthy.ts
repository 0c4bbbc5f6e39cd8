import { answeredNearer } from '../nearer.ts';
import { asked } from './asked.ts';
import { echoAnswered } from './host-answers.ts';
import { type CodeRules, type Lookalike, NOT_JUDGED, NOWHERE } from './rules.ts';

/** Something on the way accepted in the target's place, of which nothing is known then. */
const NEARER = {
  code: 'answered-on-the-way',
  fits: 'less',
  excluded: (evidence, context) => answeredNearer(evidence, context) === null,
} as const satisfies Lookalike;

export const HEALTHY_CODES = {
  reachable: {
    place: NOWHERE,
    owner: () => 'nobody',
    judge: NOT_JUDGED,
    lookalikes: [{ code: 'icmp-filtered', fits: 'less', excluded: ({ ping }) => echoAnswered(ping) }],
  },
  'port-open': {
    place: NOWHERE,
    owner: () => 'nobody',
    judge: NOT_JUDGED,
    lookalikes: [
      {
        code: 'connection-dropped',
        fits: 'less',
        excluded: (evidence, context) =>
          asked(evidence, context).some(({ state, dropped }) => state === 'open' && dropped === null),
      },
      NEARER,
    ],
  },
} as const satisfies Record<string, CodeRules>;
