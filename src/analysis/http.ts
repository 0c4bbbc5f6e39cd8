import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading, Thresholds } from '../domain/reading.ts';
import type { HttpEvidence } from '../evidence/http.ts';

/** Reads whether HTTP is served there, and how fast. A redirect is an answer. Missing evidence: nobody asked. */
export function readHttp(http: HttpEvidence | undefined, thresholds: Pick<Thresholds, 'firstByteMs'>): Reading<'http'> {
  const outcome = outcomeOf(http, thresholds);
  return { outcome, where: null, confidence: http?.state === 'answered' ? 'certain' : 'likely' };
}

function outcomeOf(
  http: HttpEvidence | undefined,
  { firstByteMs }: Pick<Thresholds, 'firstByteMs'>,
): OutcomeOf<'http'> {
  switch (http?.state) {
    case undefined:
      return 'not-asked';
    case null:
    // It speaks a later HTTP than is spoken here.
    case 'http2-only':
      return 'unavailable';
    case 'answered': {
      const status = http.status ?? 0;
      if (status >= 500) return 'server-error';
      if (http.redirect?.loops === true) return 'redirect-loop';
      if ((http.firstByteMs ?? http.answerMs ?? 0) > firstByteMs) return 'slow';
      return status >= 400 ? 'client-error' : 'ok';
    }
    case 'silent':
      if (http.receivedBytes > 0) return 'failed';
      return http.acknowledged === false ? 'unacknowledged' : 'silent';
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
