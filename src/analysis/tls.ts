import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import type { TlsEvidence } from '../evidence/tls.ts';
import { type CertificateFault, certificateFaults } from './certificate/faults.ts';

const OUTCOME = {
  'tls-name-mismatch': 'name-mismatch',
  'tls-untrusted': 'untrusted',
  'tls-certificate-expired': 'expired',
  'tls-certificate-not-yet-valid': 'not-yet-valid',
} as const satisfies Record<CertificateFault['code'], OutcomeOf<'tls'>>;

/** Reads whether TLS can be spoken there, and whether the certificate is worth anything. Missing evidence: nobody asked. */
export function readTls(tls: TlsEvidence | undefined): Reading<'tls'> {
  return { outcome: outcomeOf(tls), where: null, confidence: tls?.alert ? 'certain' : 'likely' };
}

function outcomeOf(tls: TlsEvidence | undefined): OutcomeOf<'tls'> {
  switch (tls?.state) {
    case undefined:
      return 'not-asked';
    case null:
      return 'unavailable';
    case 'silent':
      return tls.receivedBytes > 0 ? 'stalled' : unanswered(tls);
    case 'not-begun': {
      const state = tls.startTls?.state;
      return state === 'no-greeting' || state === 'no-answer' ? unanswered(tls) : 'failed';
    }
    case 'alert':
    case 'not-tls':
    case 'closed':
    case 'reset':
    case 'unusable':
    case 'no-connection':
      return 'failed';
    case 'established': {
      // Refused right behind the handshake, for want of a client's certificate for instance.
      if (tls.afterwards === 'alert') return 'failed';
      const [fault] = certificateFaults(tls);
      return fault === undefined ? 'ok' : OUTCOME[fault.code];
    }
  }
}

/** Nothing came back, or nothing more: of a service where all that was sent had arrived, else of the way to it. */
function unanswered({ acknowledged }: TlsEvidence): 'silent' | 'unacknowledged' {
  return acknowledged === false ? 'unacknowledged' : 'silent';
}
