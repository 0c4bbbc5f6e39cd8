import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import type { Evidence } from '../evidence/kinds.ts';

/** Reads whether the proxy of the environment leads to the target as the direct way does. Missing evidence: there is none. */
export function readProxy(evidence: Evidence): Reading<'proxy'> {
  return { outcome: outcomeOf(evidence), where: null, confidence: 'certain' };
}

function outcomeOf({ proxy, http }: Evidence): OutcomeOf<'proxy'> {
  switch (proxy?.state) {
    case undefined:
      return 'none';
    case 'passes':
      return 'passes';
    case 'unmeasured':
    case 'no-url':
      return 'unmeasured';
    case 'refuses':
      // What the target answers directly it may answer by way of the proxy.
      return proxy.status !== null && proxy.status === http?.status ? 'passes' : 'fails';
    case 'not-spoken':
    case 'closed':
    case 'silent':
    case 'no-connection':
      return 'fails';
  }
}
