import type { IpAddress } from '../domain/address.ts';
import type { Unavailable } from '../domain/evidence.ts';
import type { Clock, ServiceClient, TlsRequest } from '../domain/ports.ts';
import type { StartTlsProtocol, TlsAttempt } from '../domain/service-evidence.ts';
import { roundMs } from '../domain/statistics.ts';
import type { OnEvent } from '../evidence/probe-event.ts';
import { HTTP_PROTOCOLS, type TlsEvidence, tlsCommand } from '../evidence/tls.ts';
import { type Trial, type TrialResult, trySegments } from './segments.ts';

export type TlsOptions = {
  readonly address: IpAddress;
  readonly port: number;
  /** The name that the certificate must be for; null where an address was asked for. */
  readonly name: string | null;
  /** Whether HTTP is to be spoken there: then its protocols are offered (RFC 7301). */
  readonly isHttp: boolean;
  /** What the port speaks before TLS; null: TLS from the first byte on. */
  readonly startTls: StartTlsProtocol | null;
  readonly timeoutMs: number;
};

export type ServicePorts = {
  /** null where nothing can be asked from here; `serviceUnavailable` says why. */
  readonly service: ServiceClient | null;
  readonly serviceUnavailable: Unavailable | null;
  readonly clock: Clock;
};

const NOT_TRIED: TlsAttempt = {
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

/** Shakes hands with the port by TLS once, and keeps what its certificates say. Ends soon after the signal aborts. */
export async function tls(
  options: TlsOptions,
  ports: ServicePorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<TlsEvidence> {
  const { address, port, isHttp, startTls, timeoutMs } = options;
  const { service, serviceUnavailable, clock } = ports;
  const serverName = options.name === null ? null : withoutRootDot(options.name);
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const protocols = isHttp ? HTTP_PROTOCOLS : [];
  const request = { address, port, serverName, protocols, startTls, segmentBytes: null, timeoutMs };
  const ask = async (how: Partial<TlsRequest>, within: AbortSignal): Promise<TlsAttempt> =>
    service === null ? NOT_TRIED : service.handshake({ ...request, ...how }, within);
  const first = ask({}, signal);
  const trial: Trial = async (segmentBytes, trialMs, within) =>
    resultOf(await ask({ segmentBytes, timeoutMs: Math.min(trialMs, timeoutMs) }, within));
  const [attempt, segments] = await Promise.all([
    first,
    trySegments(address, first.then(resultOf), trial, clock, signal),
  ]);
  const { state, protocol, handshakeMs } = attempt;
  if (state !== null) {
    const isGood = state === 'established' && attempt.afterwards !== 'alert';
    onEvent({ kind: 'service-answer', protocol: 'tls', answer: protocol ?? state, isGood, ms: handshakeMs });
  }
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: tlsCommand(request),
    ...(signal.aborted && { cutShort: true as const }),
    unavailable: serviceUnavailable,
    address,
    port,
    serverName,
    ...attempt,
    ...(segments !== null && { segments }),
  };
}

function resultOf({ state, startTls }: TlsAttempt): TrialResult {
  if (state === null || state === 'no-connection') return 'untried';
  return state === 'silent' || (state === 'not-begun' && startTls?.state === 'no-answer') ? 'silent' : 'answered';
}

/** A final dot is of DNS, not of the name (RFC 6066 3). */
function withoutRootDot(name: string): string {
  return name.replace(/\.$/u, '');
}
