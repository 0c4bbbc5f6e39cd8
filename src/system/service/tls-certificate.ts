import type { X509Certificate } from 'node:crypto';
import type { Certificate } from '../../domain/service-evidence.ts';
import { parseAltNames } from './tls-alt-names.ts';

const LONGEST_TEXT = 200;
/** Control characters, and those that turn the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** As many as a report's list may have. */
const MOST_NAMES = 1000;
/** A chain that leads anywhere is far shorter. */
const MOST_CERTIFICATES = 100;

/** The certificates that the peer sent, its own first. */
export function chainOf(first: X509Certificate | undefined): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let each = first; each !== undefined && chain.length < MOST_CERTIFICATES; each = each.issuerCertificate) {
    chain.push(each);
  }
  return chain;
}

/** What a certificate says. Of more names than a report may hold, those in the domain of `serverName` come first. */
export function certificateOf(certificate: X509Certificate, serverName: string | null): Certificate {
  const { names, addresses } = parseAltNames(certificate.subjectAltName ?? '');
  const domain = (serverName ?? '').split('.').slice(-2).join('.');
  const near = names.length > MOST_NAMES ? names.filter((name) => name.endsWith(domain)) : [];
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    commonName:
      /(?:^|\n)CN=(.*)/u
        .exec(certificate.subject ?? '')?.[1]
        ?.replace(UNPRINTABLE, '')
        .slice(0, LONGEST_TEXT) ?? null,
    names: [...new Set([...near, ...names])].slice(0, MOST_NAMES),
    addresses: addresses.slice(0, MOST_NAMES),
    validFrom: timeOf(certificate.validFrom),
    validTo: timeOf(certificate.validTo),
    selfSigned: issuedBy(certificate, certificate),
  };
}

/** Whether the signature of one is that of the other's key. */
export function issuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key of a kind that this OpenSSL does not know.
    return false;
  }
}

/** `CN=a` and `O=b` of separate lines on one. */
function nameOf(lines: string | undefined): string {
  return (lines ?? '').split('\n').toReversed().join(', ').replace(UNPRINTABLE, '').slice(0, LONGEST_TEXT);
}

function timeOf(text: string): string | null {
  const ms = Date.parse(text);
  // Later than year 9999 ISO 8601 needs a sign.
  return Number.isNaN(ms) || ms > 253_402_300_799_000 ? null : new Date(ms).toISOString();
}
