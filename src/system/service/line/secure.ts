import { type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { TlsState } from '../../../domain/service-evidence.ts';
import type { Tap } from './tap.ts';
import { alertIn, type TlsAlert } from './tls-alert.ts';
import { beginsAsTls, firstLine } from './words.ts';

export type SecureOptions = {
  readonly serverName: string | null;
  readonly protocols: readonly string[];
  /** The authorities that the chain is verified by; null where nobody asks. */
  readonly trust: SecureContext | null;
  readonly timeoutMs: number;
};

export type SecureFailure = {
  readonly state: Exclude<TlsState, 'established' | 'no-connection' | 'not-begun'>;
  readonly alert: TlsAlert | null;
  readonly said: string | null;
  readonly error: string | null;
  /** See TlsAttempt. */
  readonly acknowledged: boolean | null;
};

export type Secured =
  | { readonly kind: 'established'; readonly socket: TLSSocket }
  | ({ readonly kind: 'failed' } & SecureFailure);

const NOTHING = { alert: null, said: null, error: null, acknowledged: null } as const;

type TlsError = Error & { readonly code?: string };

/** Shakes hands over a connection, whoever answers. Never rejects. */
export function secure(line: Tap, options: SecureOptions, signal: AbortSignal): Promise<Secured> {
  const { serverName, protocols, trust, timeoutMs } = options;
  return new Promise((resolve) => {
    const socket = tlsConnect({
      socket: line.stream,
      ...(serverName !== null && { servername: serverName }),
      ...(protocols.length > 0 && { ALPNProtocols: [...protocols] }),
      ...(trust === null ? { ca: [] } : { secureContext: trust }),
      // Whose certificate it is, and what it is worth, is judged from what it says: see analysis.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      minVersion: 'TLSv1.2',
    });
    const settle = (secured: Secured): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onSilence);
      resolve(secured);
    };
    const fail = (failure: SecureFailure): void => {
      settle({ kind: 'failed', ...failure });
      socket.destroy();
    };
    const onSilence = async (): Promise<void> => {
      const acknowledged = signal.aborted ? null : await line.isDelivered();
      fail({ ...NOTHING, state: 'silent', acknowledged });
    };
    const timer = setTimeout(() => void onSilence(), timeoutMs);
    // Stays: what comes when nobody waits any longer must not end the process.
    socket.on('error', (error: TlsError) => fail(failureOf(error, line)));
    socket.once('secureConnect', () => settle({ kind: 'established', socket }));
    if (signal.aborted) void onSilence();
    else signal.addEventListener('abort', onSilence);
  });
}

function failureOf({ message, code = 'UNKNOWN' }: TlsError, line: Tap): SecureFailure {
  const alert = alertIn(message);
  if (alert !== null) return { ...NOTHING, state: 'alert', alert };
  if (line.bytes() > 0 && !beginsAsTls(line.head())) {
    return { ...NOTHING, state: 'not-tls', said: firstLine(line.head()), error: code };
  }
  const isEnded = !code.startsWith('ERR_SSL') && code !== 'TOO_MUCH_DATA';
  const ended = isEnded ? line.ended() : null;
  return { ...NOTHING, state: ended ?? 'unusable', error: code };
}
