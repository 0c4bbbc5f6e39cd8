import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import type { Evidence } from '../evidence/kinds.ts';
import { readHttp } from './http.ts';
import { readTls } from './tls.ts';

/** Reads whether the service that an https:// or http:// target names can be used: its TLS first, then its HTTP. */
export function readService({ tls, http }: Evidence): Reading<'service'> {
  const secured = readTls(tls);
  const answered = readHttp(http);
  const outcome = tlsOutcome(secured.outcome) ?? httpOutcome(answered.outcome, tls !== undefined);
  return { outcome, where: null, confidence: http === undefined ? secured.confidence : answered.confidence };
}

/** null: it keeps nobody from speaking HTTP. */
function tlsOutcome(outcome: OutcomeOf<'tls'>): OutcomeOf<'service'> | null {
  switch (outcome) {
    case 'not-asked':
    case 'ok':
      return null;
    case 'failed':
      return 'handshake-failed';
    case 'stalled':
      return 'handshake-stalled';
    case 'expired':
    case 'not-yet-valid':
    case 'name-mismatch':
    case 'untrusted':
    case 'unavailable':
      return outcome;
  }
}

function httpOutcome(outcome: OutcomeOf<'http'>, isBehindTls: boolean): OutcomeOf<'service'> {
  switch (outcome) {
    case 'server-error':
    case 'failed':
      return 'error';
    // What broke off behind a handshake was used before.
    case 'dropped':
      return isBehindTls ? 'error' : 'dropped';
    case 'client-error':
      return 'ok';
    case 'not-asked':
    case 'ok':
    case 'silent':
    case 'unavailable':
      return outcome;
  }
}

/** Whether the service let in and then said nothing: what a path that loses large packets does to it. */
export function isStalled(evidence: Evidence): boolean {
  const { outcome } = readService(evidence);
  return outcome === 'handshake-stalled' || outcome === 'silent';
}
