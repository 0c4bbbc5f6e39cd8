import type { IpAddress } from '../domain/address.ts';
import type { HttpReply, HttpRequest } from '../domain/ports.ts';
import type { HttpAttempt, Redirect } from '../domain/service-evidence.ts';
import { roundMs } from '../domain/statistics.ts';
import { type HttpEvidence, httpCommand } from '../evidence/http.ts';
import type { OnEvent } from '../evidence/probe-event.ts';
import { type Ask, followRedirect } from './redirect.ts';
import { type Trial, type TrialResult, trySegments } from './segments.ts';
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
  firstByteMs: null,
  answerMs: null,
  receivedBytes: 0,
  acknowledged: null,
  said: null,
  error: null,
};

/** What is spent on seeing where a redirect ends: beyond that it is only told. */
const FOLLOW_MS = 2000;

const UNTRIED: HttpReply = { attempt: NOT_TRIED, location: null, cookies: [] };

/**
 * Asks for the target's path and keeps the head of the answer. A redirect is followed only within the host, and only to see
 * whether it comes back. Ends soon after the signal aborts.
 */
export async function http(
  options: HttpOptions,
  ports: ServicePorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<HttpEvidence> {
  const { address, port, path } = options;
  const { service, serviceUnavailable, clock } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const ask = async (how: Partial<HttpRequest>, within: AbortSignal): Promise<HttpReply> =>
    service === null ? UNTRIED : service.get({ ...requestOf(options), ...how }, within);
  const first = ask({}, signal);
  const trial: Trial = async (segmentBytes, trialMs, within) =>
    resultOf(await ask({ segmentBytes, timeoutMs: Math.min(trialMs, options.timeoutMs) }, within));
  const [reply, segments] = await Promise.all([
    first,
    trySegments(address, first.then(resultOf), trial, clock, signal),
  ]);
  const { attempt } = reply;
  const { state, status, answerMs } = attempt;
  if (state !== null) {
    const answer = status === null ? state : `HTTP ${status}`;
    const isGood = state === 'http2-only' || (status !== null && status < 400);
    onEvent({ kind: 'service-answer', protocol: 'http', answer, isGood, ms: answerMs });
  }
  const redirect = await redirectOf(options, reply, ports, signal);
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: httpCommand(options),
    ...(signal.aborted && { cutShort: true as const }),
    unavailable: serviceUnavailable,
    address,
    port,
    path,
    ...attempt,
    ...(redirect !== null && { redirect }),
    ...(segments !== null && { segments }),
  };
}

function resultOf({ attempt: { state } }: HttpReply): TrialResult {
  if (state === null || state === 'no-connection') return 'untried';
  return state === 'silent' ? 'silent' : 'answered';
}

/** null: the answer is none. */
async function redirectOf(
  options: HttpOptions,
  first: HttpReply,
  { service, clock }: ServicePorts,
  signal: AbortSignal,
): Promise<Redirect | null> {
  const begunMs = clock.nowMs();
  const asked = `${options.scheme}://${hostHeader(options)}${options.path}`;
  if (service === null || !URL.canParse(asked)) return null;
  const ask: Ask = async (url, cookie) => {
    const leftMs = FOLLOW_MS - (clock.nowMs() - begunMs);
    if (signal.aborted || leftMs <= 0) return null;
    const scheme = url.protocol === 'https:' ? 'https' : 'http';
    const port = url.port === '' ? DEFAULT_PORT[scheme] : Number(url.port);
    const path = `${url.pathname}${url.search}`;
    return service.get({ ...requestOf({ ...options, scheme, port, path, timeoutMs: leftMs }), cookie }, signal);
  };
  return followRedirect(new URL(asked), first, ask);
}

function requestOf(options: HttpOptions): HttpRequest {
  const { address, port, scheme, isLiteral, path, timeoutMs } = options;
  const name = options.host.replace(/\.$/u, '');
  const tls = scheme === 'https' ? { serverName: isLiteral ? null : name } : null;
  return { address, port, tls, host: hostHeader(options), path, cookie: null, segmentBytes: null, timeoutMs };
}

function hostHeader({ scheme, host, port }: HttpOptions): string {
  const bare = host.replace(/%.*$/u, '').replace(/\.$/u, '');
  const named = bare.includes(':') ? `[${bare}]` : bare;
  return port === DEFAULT_PORT[scheme] ? named : `${named}:${port}`;
}
