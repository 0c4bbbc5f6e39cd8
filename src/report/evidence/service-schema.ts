import * as z from 'zod/mini';
import { REDIRECTS, START_TLS_PROTOCOLS, START_TLS_STATES } from '../../domain/service-evidence.ts';
import {
  addresses,
  count,
  ipAddress,
  MAX_ITEMS,
  ms,
  port,
  text,
  time,
  timed,
  unavailable,
  word,
} from './schema-parts.ts';

const names = z.array(word).check(z.maxLength(MAX_ITEMS));

const certificate = z.strictObject({
  subject: word,
  issuer: word,
  commonName: z.nullable(word),
  names,
  addresses,
  validFrom: z.nullable(time),
  validTo: z.nullable(time),
  selfSigned: z.boolean(),
});

export const tls = z.strictObject({
  ...timed,
  unavailable: z.nullable(unavailable),
  address: ipAddress,
  port,
  serverName: z.nullable(word),
  state: z.nullable(
    z.enum(['established', 'alert', 'not-tls', 'closed', 'reset', 'silent', 'unusable', 'no-connection', 'not-begun']),
  ),
  connectMs: z.nullable(ms),
  firstByteMs: z.nullable(ms),
  handshakeMs: z.nullable(ms),
  receivedBytes: count,
  acknowledged: z.exactOptional(z.nullable(z.boolean())),
  startTls: z.exactOptional(
    z.strictObject({
      protocol: z.enum(START_TLS_PROTOCOLS),
      state: z.enum(START_TLS_STATES),
      said: z.nullable(word),
      greetingMs: z.nullable(ms),
    }),
  ),
  protocol: z.nullable(word),
  cipher: z.nullable(word),
  alpn: z.nullable(word),
  alert: z.nullable(z.strictObject({ code: count, name: word })),
  afterwards: z.nullable(z.enum(['alert', 'closed', 'reset'])),
  said: z.nullable(word),
  error: z.nullable(word),
  certificates: z.array(certificate).check(z.maxLength(MAX_ITEMS)),
  chainLength: z.nullable(count),
  trusted: z.nullable(z.boolean()),
  trustError: z.nullable(word),
  trustStore: z.nullable(text),
});

export const http = z.strictObject({
  ...timed,
  unavailable: z.nullable(unavailable),
  address: ipAddress,
  port,
  path: text,
  state: z.nullable(
    z.enum([
      'answered',
      'not-http',
      'http2-only',
      'closed',
      'reset',
      'silent',
      'unusable',
      'tls-failed',
      'no-connection',
    ]),
  ),
  status: z.nullable(count),
  reason: z.nullable(word),
  headers: z.nullable(
    z.strictObject({
      server: z.nullable(word),
      via: z.nullable(word),
      date: z.nullable(word),
      contentType: z.nullable(word),
      location: z.nullable(word),
      retryAfter: z.nullable(word),
    }),
  ),
  connectMs: z.nullable(ms),
  firstByteMs: z.exactOptional(z.nullable(ms)),
  answerMs: z.nullable(ms),
  receivedBytes: count,
  acknowledged: z.exactOptional(z.nullable(z.boolean())),
  said: z.nullable(word),
  error: z.nullable(word),
  redirect: z.exactOptional(z.strictObject({ to: z.enum(REDIRECTS), followed: count, loops: z.nullable(z.boolean()) })),
});
