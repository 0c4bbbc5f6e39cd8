import type { TLSSocket } from 'node:tls';
import type { TlsRequest } from '../../domain/ports.ts';
import type { StartTls, TlsAttempt } from '../../domain/service-evidence.ts';
import { roundMs } from '../../domain/statistics.ts';
import { dial } from './line/dial.ts';
import { secure } from './line/secure.ts';
import { type Tap, tap } from './line/tap.ts';
import { alertIn } from './line/tls-alert.ts';
import { startTls } from './start-tls/start-tls.ts';
import { certificateOf, chainOf } from './tls-certificate.ts';
import { isTrusted, readTrustStore, type TrustStore, trustContext } from './tls-trust.ts';

/** OpenSSL takes chains of a hundred kilobytes. */
const MOST_BYTES = 512 * 1024;
const MOST_CERTIFICATES = 10;
/** A server of TLS 1.3 that misses a client's certificate says so only when the client is done (RFC 8446 4.4.2.4). */
const SHORTEST_WATCH_MS = 150;
const LONGEST_WATCH_MS = 1000;

const NOTHING: TlsAttempt = {
  state: null,
  connectMs: null,
  firstByteMs: null,
  handshakeMs: null,
  receivedBytes: 0,
  acknowledged: null,
  protocol: null,
  cipher: null,
  alpn: null,
  alert: null,
  afterwards: null,
  said: null,
  error: null,
  certificates: [],
  chainLength: null,
  trusted: null,
  trustError: null,
  trustStore: null,
};

/** See ServiceClient. */
export async function handshake(request: TlsRequest, signal: AbortSignal): Promise<TlsAttempt> {
  const { address, port, serverName, protocols, segmentBytes, timeoutMs } = request;
  const store = await readTrustStore(process.env);
  const trust = await trustContext(store, signal);
  const startedMs = performance.now();
  const dialled = await dial(address, port, segmentBytes, timeoutMs, signal);
  if (dialled.kind === 'failed') return { ...NOTHING, state: 'no-connection', error: dialled.error };
  const line = tap(dialled.socket, MOST_BYTES);
  const leftMs = (): number => timeoutMs - (performance.now() - startedMs);
  const { connectMs } = dialled;
  try {
    const begun = await begin(request, line, leftMs(), signal);
    if (begun !== null && begun.state !== 'ready') {
      const isUnanswered = begun.state === 'no-answer' && !signal.aborted;
      const acknowledged = isUnanswered ? await line.isDelivered() : null;
      return { ...NOTHING, state: 'not-begun', connectMs, receivedBytes: line.bytes(), acknowledged, startTls: begun };
    }
    line.forget();
    const greetedMs = performance.now();
    const secured = await secure(line, { serverName, protocols, trust, timeoutMs: leftMs() }, signal);
    const endedMs = performance.now();
    const firstMs = line.firstByteMs();
    const common = {
      ...NOTHING,
      connectMs,
      firstByteMs: firstMs === null ? null : roundMs(firstMs - greetedMs),
      receivedBytes: line.bytes(),
      ...(begun !== null && { startTls: begun }),
    };
    if (secured.kind === 'failed') {
      const { kind: _, ...failure } = secured;
      return { ...common, ...failure };
    }
    const { socket } = secured;
    const handshakeMs = endedMs - greetedMs;
    const watchMs = Math.min(Math.max(2 * handshakeMs, SHORTEST_WATCH_MS), LONGEST_WATCH_MS);
    const watching = watch(socket, line, watchMs, signal);
    const facts = await factsOf(socket, serverName, store);
    return { ...common, state: 'established', handshakeMs: roundMs(handshakeMs), ...facts, ...(await watching) };
  } finally {
    line.stream.destroy();
  }
}

/** null where TLS begins at once. */
async function begin(
  { startTls: protocol, serverName, address }: TlsRequest,
  line: Tap,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<StartTls | null> {
  return protocol === null ? null : startTls(protocol, serverName ?? address, line, timeoutMs, signal);
}

async function factsOf(socket: TLSSocket, serverName: string | null, store: TrustStore): Promise<Partial<TlsAttempt>> {
  const chain = chainOf(socket.getPeerX509Certificate());
  const told: unknown = socket.authorizationError;
  const trustError = typeof told === 'string' ? told : told instanceof Error ? told.message : null;
  return {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().standardName,
    alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
    certificates: chain.slice(0, MOST_CERTIFICATES).map((certificate) => certificateOf(certificate, serverName)),
    chainLength: chain.length,
    trusted: chain.length === 0 ? null : await isTrusted(trustError, chain, store),
    trustError,
    trustStore: store.source,
  };
}

/** What becomes of the connection right behind the handshake. */
function watch(
  socket: TLSSocket,
  line: Tap,
  watchMs: number,
  signal: AbortSignal,
): Promise<Pick<TlsAttempt, 'alert' | 'afterwards'>> {
  return new Promise((resolve) => {
    const settle = (after: Pick<TlsAttempt, 'alert' | 'afterwards'>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onTime);
      resolve(after);
    };
    const onTime = (): void => settle({ alert: null, afterwards: null });
    const timer = setTimeout(onTime, watchMs);
    signal.addEventListener('abort', onTime);
    socket.on('error', ({ message }) => {
      const alert = alertIn(message);
      settle({ alert, afterwards: alert === null ? (line.ended() ?? 'reset') : 'alert' });
    });
    socket.on('end', () => settle({ alert: null, afterwards: 'closed' }));
    // What it says by itself, session tickets aside, is nothing to us.
    socket.resume();
  });
}
