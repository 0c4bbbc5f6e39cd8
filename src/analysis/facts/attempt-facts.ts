import type { FactName } from '../../domain/fact.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { strayOf } from '../connect.ts';
import type { Context } from '../context.ts';
import { firstAttempt, readFlows } from '../flows.ts';
import { answeredNearer } from '../nearer.ts';

type Known = Partial<Record<FactName, string | number | null | undefined>>;

/** What several attempts at the port showed, and what became of one that opened. */
export function attemptFacts(evidence: Evidence, context: Context): Known {
  const stray = strayOf(evidence, context);
  const nearer = answeredNearer(evidence, context);
  const ending = firstAttempt(evidence, context)?.ending;
  return {
    ...countedFacts(evidence, context),
    'stray-address': stray?.address,
    'stray-port': stray?.port,
    'fin-ms': ending?.acknowledged === false ? Math.round(ending.ms) : null,
    'nearer-hop': nearer?.hop,
    'nearer-address': nearer?.address,
  };
}

function countedFacts(evidence: Evidence, context: Context): Known {
  const { kind, tried, failed, ways } = readFlows(evidence, context);
  switch (kind) {
    case 'partly':
    case 'by-flow':
      return { tries: tried, 'tries-failed': failed, 'tries-ways': ways.join(', ') };
    case 'retried':
      return { tries: tried, 'tries-failed': failed };
    case 'by-options':
      return {
        'bare-let-in': evidence.flows?.attempts.filter(({ how, state }) => how === 'bare-syn' && state === 'open')
          .length,
      };
    case 'alike':
      return {};
  }
}
