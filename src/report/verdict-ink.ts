import type { Verdict } from '../domain/verdict.ts';
import type { Ink } from '../text/paint.ts';

/** The colour of a verdict; the words say the same. */
export function inkOf(verdict: Verdict): Ink {
  switch (verdict) {
    case 'healthy':
      return 'green';
    case 'fault':
      return 'red';
    case 'degraded':
    case 'inconclusive':
      return 'yellow';
  }
}
