import { familyOf, type IpAddress } from '../domain/address.ts';
import type { OnEvent } from '../domain/probe-event.ts';
import type { HttpAttempt, HttpEvidence } from '../domain/service-evidence.ts';
import { roundMs } from '../domain/statistics.ts';
import type { ServicePorts } from './tls.ts';

export type HttpOptions = {
  readonly address: IpAddress;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  /** As it was asked for: a name, or an address. */
  readonly host: string;
  readonly isLiteral: boolean;
  /** See pathOf. */
  readonly path: string;
  readonly timeoutMs: number;
};

const DEFAULT_PORT = { http: 80, https: 443 } as const;

const NOT_TRIED: HttpAttempt = {
  state: null,
  status: null,
  reason: null,
  headers: null,
  connectMs: null,
  answerMs: null,
  receivedBytes: 0,
  said: null,
  error: null,
};

/** Asks for the target's path once and keeps the head of the answer. Follows nothing. Ends soon after the signal aborts. */
export async function http(
  options: HttpOptions,
  ports: ServicePorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<HttpEvidence> {
  const { address, port, scheme, isLiteral, path, timeoutMs } = options;
  const { service, serviceUnavailable, clock } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const name = options.host.replace(/\.$/u, '');
  const tls = scheme === 'https' ? { serverName: isLiteral ? null : name } : null;
  const request = { address, port, tls, host: hostHeader(options), path, timeoutMs };
  const attempt = service === null ? NOT_TRIED : await service.get(request, signal);
  const { state, status, answerMs } = attempt;
  if (state !== null) {
    const answer = status === null ? state : `HTTP ${status}`;
    const isGood = state === 'http2-only' || (status !== null && status < 400);
    onEvent({ kind: 'service-answer', protocol: 'http', answer, isGood, ms: answerMs });
  }
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: equivalentOf(options),
    ...(signal.aborted && { cutShort: true as const }),
    unavailable: serviceUnavailable,
    address,
    port,
    path,
    ...attempt,
  };
}

function hostHeader({ scheme, host, port }: HttpOptions): string {
  const bare = host.replace(/%.*$/u, '').replace(/\.$/u, '');
  const named = bare.includes(':') ? `[${bare}]` : bare;
  return port === DEFAULT_PORT[scheme] ? named : `${named}:${port}`;
}

/** `--noproxy`: whatever the environment names, nothing stands between. The path has no quotes: see pathOf. */
function equivalentOf({ scheme, host, isLiteral, address, port, path }: HttpOptions): string {
  const named = host.includes(':') ? `[${host}]` : host;
  const to = familyOf(address) === 6 ? `[${address}]` : address;
  const resolve = isLiteral ? '' : ` --resolve '${named}:${port}:${to}'`;
  return `curl -sS -o /dev/null -D - --http1.1 --noproxy '*'${resolve} '${scheme}://${named}:${port}${path}'`;
}
