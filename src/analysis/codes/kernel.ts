import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { candidateRules, readWitness } from '../witness/witness.ts';
import { type CodeRules, type Judgement, NOWHERE } from './rules.ts';

const atTarget = ({ trace }: Evidence, { address }: Context) => ({ hop: trace?.targetAnswer?.ttl ?? null, address });

/** What only a kernel tells that was watched while the probes came (see analysis/witness/witness.ts). */
export const KERNEL_CODES = {
  'reverse-path-filtered': {
    place: atTarget,
    owner: ownerThere,
    judge: judgeKernel,
    lookalikes: [{ code: 'firewall-blocks-port', fits: 'less', excluded: saw('reverse-path') }],
  },
  'conntrack-full': {
    place: atTarget,
    owner: ownerThere,
    judge: judgeKernel,
    lookalikes: [
      {
        code: 'firewall-blocks-port',
        fits: 'less',
        // On a busy machine others' packets raise the counter, and a rule may drop ours.
        excluded: ({ witness }) => {
          const { seen, probes } = witness ?? {};
          const drops = seen?.conntrack?.drops;
          const isOurs = drops != null && drops.background === 0 && drops.moved === probes?.sent;
          return isOurs || (seen?.rules != null && candidateRules(witness).length === 0);
        },
      },
    ],
  },
  'return-path-broken': {
    place: (evidence, context) => (saw('no-way-back')(evidence) ? atTarget(evidence, context) : NOWHERE()),
    owner: (evidence) => (saw('no-way-back')(evidence) ? ownerThere(evidence) : 'path'),
    judge: judgeKernel,
    lookalikes: [
      // What comes back may be dropped at the very end of its way.
      { code: 'local-firewall', fits: 'less', excluded: saw('no-way-back') },
    ],
  },
} as const satisfies Record<string, CodeRules>;

function saw(outcome: ReturnType<typeof readWitness>['outcome']) {
  return (evidence: Evidence): boolean => readWitness(evidence).outcome === outcome;
}

function ownerThere({ route }: Evidence) {
  return route?.status === 'local' ? 'this-machine' : 'target';
}

function judgeKernel(evidence: Evidence): Judgement {
  switch (readWitness(evidence).outcome) {
    case 'dropped':
    case 'never-arrived':
    case 'passed':
    case 'reverse-path':
    case 'no-way-back':
    case 'answer-lost':
      return 'ruled-out';
    case 'conntrack-full':
    case 'arrived':
    case 'unseen':
      return null;
  }
}
