import type { FactName } from '../../domain/fact.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';

type Known = Partial<Record<FactName, string | number | null>>;

/**
 * Where the time goes that one who uses the service waits: the name, the connection, TLS, and the first byte of the answer.
 * Only where the service was asked; what was not needed takes none.
 */
export function timeFacts({ resolve, connect, tls, http }: Evidence, { address, target }: Context): Known {
  const answerMs = http?.state === 'answered' ? (http.firstByteMs ?? http.answerMs) : null;
  const tlsMs = tls?.state === 'established' ? tls.handshakeMs : null;
  if (answerMs === null && tlsMs === null) return {};
  const attempt = connect?.attempts.find((each) => each.address === address && each.port === target.port);
  const parts = {
    name: resolve === undefined || resolve.status === 'literal' ? null : resolve.durationMs,
    connect: attempt?.state === 'open' ? attempt.ms : null,
    tls: tlsMs,
    answer: answerMs,
  };
  const total = Object.values(parts).reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  const shown = (ms: number | null) => (ms === null ? null : rounded(ms));
  const share = (ms: number | null) => (ms === null || total === 0 ? null : Math.round((100 * ms) / total));
  return {
    'time-total-ms': rounded(total),
    'time-name-ms': shown(parts.name),
    'time-name-share': share(parts.name),
    'time-connect-ms': shown(parts.connect),
    'time-connect-share': share(parts.connect),
    'time-tls-ms': shown(parts.tls),
    'time-tls-share': share(parts.tls),
    'time-answer-ms': shown(parts.answer),
    'time-answer-share': share(parts.answer),
  };
}

function rounded(ms: number): number {
  return ms >= 10 ? Math.round(ms) : Math.round(ms * 100) / 100;
}
