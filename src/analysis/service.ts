import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading, Thresholds } from '../domain/reading.ts';
import type { Evidence } from '../evidence/kinds.ts';
import { readHttp } from './http.ts';
import { readTls } from './tls.ts';

/** Reads whether the service that an https:// or http:// target names can be used: its TLS first, then its HTTP. */
export function readService(evidence: Evidence, thresholds: Thresholds): Reading<'service'> {
  const { tls, http } = evidence;
  const secured = readTls(tls);
  const answered = readHttp(http, thresholds);
  const read = tlsOutcome(secured.outcome) ?? httpOutcome(answered.outcome, tls !== undefined);
  const outcome = read === 'ok' && isSlow(evidence, thresholds) ? 'slow' : read;
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
    case 'unacknowledged':
    case 'silent':
    case 'unavailable':
      return outcome;
  }
}

function httpOutcome(outcome: OutcomeOf<'http'>, isBehindTls: boolean): OutcomeOf<'service'> {
  switch (outcome) {
    case 'server-error':
    case 'redirect-loop':
    case 'failed':
      return 'error';
    // What broke off behind a handshake was used before.
    case 'dropped':
      return isBehindTls ? 'error' : 'dropped';
    case 'client-error':
      return 'ok';
    case 'not-asked':
    case 'ok':
    case 'slow':
    case 'unacknowledged':
    case 'silent':
    case 'unavailable':
      return outcome;
  }
}

/** Whether the service let in and then said nothing, or nothing more: what a path that loses large packets does to it. */
export function isStalled({ tls, http }: Evidence): boolean {
  return [tls, http].some((each) => each?.state === 'silent' || isMuteBeforeTls(each));
}

function isMuteBeforeTls(each: Evidence['tls'] | Evidence['http']): boolean {
  return each !== undefined && 'startTls' in each && each.startTls?.state === 'no-answer';
}

/** Whether the first byte of its answer, to a greeting by TLS or to a request, took longer than a service may take. */
export function isSlow(
  { tls, http }: Pick<Evidence, 'tls' | 'http'>,
  { firstByteMs }: Pick<Thresholds, 'firstByteMs'>,
) {
  const answered = http?.state === 'answered' ? (http.firstByteMs ?? http.answerMs) : null;
  return [tls?.firstByteMs, tls?.startTls?.greetingMs, answered].some((ms) => (ms ?? 0) > firstByteMs);
}
