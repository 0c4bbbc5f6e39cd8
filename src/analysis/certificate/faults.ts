import type { FindingCode } from '../../domain/finding-code.ts';
import type { Certificate } from '../../domain/service-evidence.ts';
import type { TlsEvidence } from '../../evidence/tls.ts';
import { matchName } from './name.ts';

export type CertificateFault = {
  readonly code: Extract<
    FindingCode,
    'tls-name-mismatch' | 'tls-untrusted' | 'tls-certificate-expired' | 'tls-certificate-not-yet-valid'
  >;
  readonly certificate: Certificate;
};

/**
 * What is wrong with the certificates, the most direct first: one for another name is not the one that was meant, whatever
 * else it is; what nobody vouches for may say any date. The clock is this machine's, when the handshake began.
 */
export function certificateFaults(tls: TlsEvidence): readonly CertificateFault[] {
  const [own] = tls.certificates;
  if (tls.state !== 'established' || own === undefined) return [];
  const dated = datedFault(tls, own);
  // OpenSSL found a date wrong, and none that the server sent is: the authority's own has passed.
  const isAnchorDated = tls.trustError !== null && tls.trusted === true && dated === null;
  const differs = matchName(own, tls.serverName, tls.address) !== 'matches';
  return [
    ...(differs ? [{ code: 'tls-name-mismatch' as const, certificate: own }] : []),
    ...(tls.trusted === false || isAnchorDated ? [{ code: 'tls-untrusted' as const, certificate: own }] : []),
    ...(dated === null ? [] : [dated]),
  ];
}

/** The server's own certificate always counts; the others only where the chain did not hold (spare ones may be old). */
function datedFault({ startedAt, trustError, certificates }: TlsEvidence, own: Certificate): CertificateFault | null {
  const atMs = Date.parse(startedAt);
  const judged = trustError === null ? [own] : certificates;
  for (const certificate of judged) {
    if (certificate.validTo !== null && Date.parse(certificate.validTo) < atMs)
      return { code: 'tls-certificate-expired', certificate };
    if (certificate.validFrom !== null && Date.parse(certificate.validFrom) > atMs)
      return { code: 'tls-certificate-not-yet-valid', certificate };
  }
  return null;
}
