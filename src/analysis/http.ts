import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import type { HttpEvidence } from '../evidence/http.ts';

/** Reads whether HTTP is served there. A redirect is an answer. Missing evidence: nobody asked. */
export function readHttp(http: HttpEvidence | undefined): Reading<'http'> {
  return { outcome: outcomeOf(http), where: null, confidence: http?.state === 'answered' ? 'certain' : 'likely' };
}

function outcomeOf(http: HttpEvidence | undefined): OutcomeOf<'http'> {
  switch (http?.state) {
    case undefined:
      return 'not-asked';
    case null:
    // It speaks a later HTTP than is spoken here.
    case 'http2-only':
      return 'unavailable';
    case 'answered': {
      const status = http.status ?? 0;
      return status >= 500 ? 'server-error' : status >= 400 ? 'client-error' : 'ok';
    }
    case 'silent':
      return 'silent';
    case 'closed':
    case 'reset':
      return http.receivedBytes === 0 ? 'dropped' : 'failed';
    case 'not-http':
    case 'unusable':
    case 'tls-failed':
    case 'no-connection':
      return 'failed';
  }
}
