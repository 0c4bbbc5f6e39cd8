import type { Evidence } from '../../domain/evidence.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { Confidence } from '../../domain/verdict.ts';
import { certificateFaults } from '../certificate-faults.ts';
import { matchName } from '../certificate-name.ts';

/** How sure a finding about the service is. */
export function sureOfService(code: FindingCode, evidence: Evidence): Confidence {
  const { tls, http } = evidence;
  switch (code) {
    case 'tls-handshake-failed':
      return tls?.alert || tls?.state === 'not-tls' ? 'certain' : 'likely';
    case 'tls-certificate-expired':
    case 'tls-certificate-not-yet-valid':
      return sureOfDate(code, evidence);
    case 'tls-name-mismatch': {
      const own = tls?.certificates[0];
      const isByCommonName = tls && own && matchName(own, tls.serverName, tls.address) === 'common-name';
      return isByCommonName ? 'likely' : 'certain';
    }
    case 'tls-untrusted':
      // Other programs of this machine may trust other authorities than those that come with Node.
      return tls?.trustStore === 'node' ? 'likely' : 'certain';
    default:
      return http?.state === 'answered' ? 'certain' : 'likely';
  }
}

/** A date is wrong by this machine's clock; whether the clock is, the server's own tells, where it gave its time. */
function sureOfDate(
  code: 'tls-certificate-expired' | 'tls-certificate-not-yet-valid',
  { tls, http }: Evidence,
): Confidence {
  const fault = tls && certificateFaults(tls).find((found) => found.code === code);
  const theirsMs = Date.parse(http?.headers?.date ?? '');
  if (fault === undefined || Number.isNaN(theirsMs)) return 'likely';
  const { validFrom, validTo } = fault.certificate;
  const isWrongThere =
    code === 'tls-certificate-expired' ? theirsMs > Date.parse(validTo ?? '') : theirsMs < Date.parse(validFrom ?? '');
  return isWrongThere ? 'certain' : 'possible';
}
