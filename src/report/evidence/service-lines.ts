import type { Certificate, HttpEvidence, TlsEvidence } from '../../domain/service-evidence.ts';
import { formatMs } from '../format-ms.ts';
import type { EvidenceWords } from './words.ts';

const MOST_NAMES = 4;

type Parts = readonly (string | false | null)[];

/** What a handshake showed. Not yet fit to print: see printable.ts. */
export function describeTls(tls: TlsEvidence, words: EvidenceWords): Parts {
  const { state, unavailable, protocol, cipher, alpn, alert, afterwards, said, error, handshakeMs } = tls;
  if (state === null) return notMeasured(unavailable, words);
  const [own] = tls.certificates;
  return [
    protocol ?? state,
    handshakeMs === null ? formatMs(tls.durationMs) : formatMs(handshakeMs),
    cipher,
    alpn !== null && `ALPN ${alpn}`,
    alert !== null && `alert ${alert.name} (${alert.code})`,
    afterwards !== null && afterwards !== 'alert' && afterwards,
    said !== null && `"${said}"`,
    error,
    state !== 'established' && words.bytes(tls.receivedBytes),
    ...(own === undefined ? [] : describeCertificate(own, words)),
    tls.chainLength !== null && words.chain(tls.chainLength),
    tls.trusted === true && words.trusted,
    tls.trusted === false && words.untrusted(tls.trustError ?? '?'),
  ];
}

function describeCertificate(certificate: Certificate, words: EvidenceWords): Parts {
  const { names, addresses, commonName, subject, issuer, validFrom, validTo } = certificate;
  const all = [...names, ...addresses];
  const shown = all.slice(0, MOST_NAMES).join(' ') + (all.length > MOST_NAMES ? ` +${all.length - MOST_NAMES}` : '');
  return [
    words.certificateFor(shown === '' ? (commonName ?? subject) : shown),
    words.issuedBy(issuer),
    words.valid(dayOf(validFrom), dayOf(validTo)),
  ];
}

/** What a request brought. */
export function describeHttp(http: HttpEvidence, words: EvidenceWords): Parts {
  const { state, status, reason, headers, answerMs, durationMs, said, error, receivedBytes, unavailable } = http;
  if (state === null) return notMeasured(unavailable, words);
  return [
    status === null ? state : ['HTTP', status, reason].filter((part) => part !== null).join(' '),
    status !== null && state !== 'answered' && state,
    formatMs(answerMs ?? durationMs),
    headers?.server ?? null,
    headers?.location != null && `Location: ${headers.location}`,
    said !== null && `"${said}"`,
    error,
    state !== 'answered' && words.bytes(receivedBytes),
  ];
}

function notMeasured(unavailable: TlsEvidence['unavailable'], words: EvidenceWords): Parts {
  return [unavailable === null ? words.notMeasured : `${words.notMeasured}: ${unavailable.hint}`];
}

function dayOf(time: string | null): string {
  return time === null ? '?' : time.slice(0, 10);
}
