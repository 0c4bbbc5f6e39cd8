import type { FactName } from '../../domain/fact.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { Certificate, StartTls, StartTlsProtocol } from '../../domain/service-evidence.ts';
import type { HttpEvidence } from '../../evidence/http.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { TlsEvidence } from '../../evidence/tls.ts';
import { certificateFaults } from '../certificate/faults.ts';
import { identityOf } from '../certificate/name.ts';
import { readProxy } from '../proxy.ts';

type Known = Partial<Record<FactName, string | number | null | undefined>>;

/** More than a sentence takes. */
const MOST_NAMES = 6;
const DAY_MS = 86_400_000;
const ENDED = { closed: 'FIN', reset: 'RST' } as const;

/** What is known of the service, for the texts of a finding. */
export function serviceFacts(code: FindingCode | null, evidence: Evidence): Known {
  const { tls, http } = evidence;
  return {
    ...proxyFacts(evidence),
    ...(tls === undefined ? {} : { ...handshakeFacts(tls), ...certificateFacts(code, tls), ...answerFacts(tls) }),
    ...(tls?.startTls === undefined ? {} : startTlsFacts(tls.startTls)),
    ...(http === undefined ? {} : { ...httpFacts(http), ...redirectFacts(http), ...answerFacts(http) }),
  };
}

function proxyFacts(evidence: Evidence): Known {
  const { proxy } = evidence;
  if (proxy === undefined) return {};
  const { state, variable, scheme, host, port, status, error, durationMs } = proxy;
  const named = host?.includes(':') ? `[${host}]` : host;
  const url = host === null ? null : `${scheme}://${named}:${port}`;
  const isFailing = readProxy(evidence).outcome === 'fails';
  return {
    proxy: url,
    'proxy-variable': variable,
    'proxy-host': host,
    'proxy-port': port,
    'proxy-works': readProxy(evidence).outcome === 'passes' ? url : null,
    'proxy-status': isFailing ? (status ?? (state === 'refuses' ? error : null)) : null,
    'proxy-error': state === 'no-connection' ? error : null,
    'proxy-silent-ms': state === 'silent' ? rounded(durationMs) : null,
    'proxy-closed': state === 'closed' ? url : null,
    'proxy-other': state === 'not-spoken' ? url : null,
    'proxy-no-url': state === 'no-url' ? variable : null,
    'proxy-unmeasured': state === 'unmeasured' ? scheme : null,
  };
}

function answerFacts({ state, firstByteMs, acknowledged, address, durationMs }: TlsEvidence | HttpEvidence): Known {
  const isSilent = state === 'silent' || state === 'not-begun';
  return {
    'first-byte-ms': rounded(firstByteMs ?? null),
    'silent-ms': isSilent ? rounded(durationMs) : null,
    'acked-by': isSilent && acknowledged === true ? address : null,
  };
}

const PROTOCOL_NAMES = {
  smtp: 'SMTP',
  imap: 'IMAP',
  pop3: 'POP3',
  ftp: 'FTP',
  ldap: 'LDAP',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  xmpp: 'XMPP',
} as const satisfies Record<StartTlsProtocol, string>;

function startTlsFacts({ protocol, state, said }: StartTls): Known {
  const name = PROTOCOL_NAMES[protocol];
  return {
    starttls: name,
    'starttls-mute': state === 'no-greeting' ? name : null,
    'starttls-hung': state === 'no-answer' ? name : null,
    'starttls-missing': state === 'not-offered' ? name : null,
    'starttls-ended': state === 'ended' ? name : null,
    'starttls-other': state === 'not-spoken' ? (said ?? 'binary data') : null,
    // PostgreSQL says no by one letter.
    'starttls-refusal': state === 'refused' ? (said ?? 'N') : null,
  };
}

function handshakeFacts(tls: TlsEvidence): Known {
  const { state, protocol, handshakeMs, alert, said, error, receivedBytes, durationMs } = tls;
  const isEnded = state === 'closed' || state === 'reset';
  const isOther = state === 'unusable' || state === 'no-connection';
  return {
    'server-name': identityOf(tls),
    'tls-protocol': protocol,
    'tls-ms': rounded(handshakeMs),
    'tls-alert': alert === null ? null : `${alert.name} (${alert.code})`,
    'tls-said': state === 'not-tls' ? (said ?? 'binary data') : null,
    'tls-error': isOther ? error : null,
    'tls-closed-by': isEnded ? ENDED[state] : null,
    'tls-stalled-ms': state === 'silent' && receivedBytes > 0 ? rounded(durationMs) : null,
    'tls-bytes': state === 'established' ? null : receivedBytes,
    'chain-length': tls.chainLength,
    'trust-store': tls.trustStore === 'node' ? 'Node.js' : tls.trustStore,
    clock: tls.startedAt,
  };
}

/** Of the certificate that the finding is about, else of the server's own. */
function certificateFacts(code: FindingCode | null, tls: TlsEvidence): Known {
  const fault = certificateFaults(tls).find((found) => found.code === code);
  const certificate = fault?.certificate ?? tls.certificates[0];
  if (certificate === undefined) return {};
  const isOwn = certificate === tls.certificates[0];
  const { subject, issuer, validFrom, validTo, selfSigned } = certificate;
  return {
    'cert-subject': subject,
    'cert-own': isOwn ? subject : null,
    'cert-leaf': isOwn ? null : tls.certificates[0]?.subject,
    'cert-issuer': issuer,
    'cert-names': namesOf(certificate),
    'cert-from': validFrom,
    'cert-until': validTo,
    'cert-days': daysOff(certificate, Date.parse(tls.startedAt)),
    'cert-error': tls.trustError,
    'self-signed': selfSigned ? subject : null,
  };
}

function namesOf({ names, addresses, subject }: Certificate): string {
  const all = [...names, ...addresses];
  if (all.length === 0) return subject;
  const more = all.length > MOST_NAMES ? `, +${all.length - MOST_NAMES}` : '';
  return `${all.slice(0, MOST_NAMES).join(', ')}${more}`;
}

/** Whole days since it expired, or until it becomes valid. */
function daysOff({ validFrom, validTo }: Certificate, atMs: number): number | null {
  const sinceMs = atMs - Date.parse(validTo ?? '');
  if (sinceMs > 0) return Math.floor(sinceMs / DAY_MS);
  const untilMs = Date.parse(validFrom ?? '') - atMs;
  return untilMs > 0 ? Math.ceil(untilMs / DAY_MS) : null;
}

function httpFacts({ state, status, reason, headers, answerMs, said, error, durationMs }: HttpEvidence): Known {
  return {
    'http-status':
      status === null || state !== 'answered' ? null : [status, reason].filter((part) => part !== null).join(' '),
    'http-ms': rounded(answerMs),
    'http-server': headers?.server,
    'http-location': headers?.location,
    'http-said': state === 'not-http' ? (said ?? 'binary data') : null,
    'http-closed-by': state === 'closed' || state === 'reset' ? ENDED[state] : null,
    'http-error': state === 'unusable' || state === 'tls-failed' || state === 'no-connection' ? error : null,
    'http-silent-ms': state === 'silent' ? rounded(durationMs) : null,
  };
}

/** Where an answer leads that is of more interest than that it leads on. */
function redirectFacts({ headers, redirect }: HttpEvidence): Known {
  const location = headers?.location;
  return {
    'http-loop': redirect?.loops === true ? location : null,
    'http-elsewhere': redirect?.to === 'other-host' ? location : null,
    'http-unusable': redirect?.to === 'unusable' ? location : null,
  };
}

function rounded(value: number | null): string | null {
  if (value === null) return null;
  return String(value >= 10 ? Math.round(value) : Math.round(value * 100) / 100);
}
