import type { Certificate } from '../../src/domain/service-evidence.ts';
import type { HttpEvidence } from '../../src/evidence/http.ts';
import type { TlsEvidence } from '../../src/evidence/tls.ts';

export const CERTIFICATE: Certificate = {
  subject: 'CN=www.example',
  issuer: 'CN=An Authority',
  commonName: 'www.example',
  names: ['www.example'],
  addresses: [],
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2026-12-31T00:00:00.000Z',
  selfSigned: false,
};

/** All is well. */
export const TLS: TlsEvidence = {
  startedAt: '2026-06-01T00:00:00.000Z',
  durationMs: 200,
  equivalent: 'openssl s_client -connect 192.0.2.7:443',
  unavailable: null,
  address: '192.0.2.7',
  port: 443,
  serverName: 'www.example',
  state: 'established',
  connectMs: 1,
  firstByteMs: 2,
  handshakeMs: 3,
  receivedBytes: 3000,
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  alpn: 'h2',
  alert: null,
  afterwards: null,
  said: null,
  error: null,
  certificates: [CERTIFICATE],
  chainLength: 1,
  trusted: true,
  trustError: null,
  trustStore: '/etc/ssl/certs/ca-certificates.crt',
};

/** A handshake that did not come about. */
export const NO_TLS: TlsEvidence = {
  ...TLS,
  handshakeMs: null,
  protocol: null,
  cipher: null,
  alpn: null,
  certificates: [],
  chainLength: null,
  trusted: null,
  trustStore: null,
};

export const HTTP: HttpEvidence = {
  startedAt: '2026-06-01T00:00:00.500Z',
  durationMs: 20,
  equivalent: 'curl https://www.example/',
  unavailable: null,
  address: '192.0.2.7',
  port: 443,
  path: '/',
  state: 'answered',
  status: 200,
  reason: 'OK',
  headers: { server: null, via: null, date: null, contentType: null, location: null, retryAfter: null },
  connectMs: 1,
  answerMs: 5,
  receivedBytes: 300,
  said: null,
  error: null,
};
