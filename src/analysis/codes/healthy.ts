import { asked } from './asked.ts';
import { echoAnswered } from './host-answers.ts';
import { NEARER } from './nearer-lookalike.ts';
import { type CodeRules, NOT_JUDGED, NOWHERE } from './rules.ts';

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
