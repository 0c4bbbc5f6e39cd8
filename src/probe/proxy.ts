import type { IpAddress } from '../domain/address.ts';
import { roundMs } from '../domain/statistics.ts';
import type { ProxyEvidence } from '../evidence/proxy.ts';
import type { ServicePorts } from './tls.ts';

export type ProxyOptions = {
  readonly scheme: 'http' | 'https';
  /** A name, or an address without brackets. */
  readonly host: IpAddress | string;
  readonly port: number;
  readonly path: string;
  readonly timeoutMs: number;
};

/** Asks for the target once by way of the proxy that the environment names for it; null where it names none. */
export async function proxy(
  options: ProxyOptions,
  { service, clock }: ServicePorts,
  signal: AbortSignal,
): Promise<ProxyEvidence | null> {
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const attempt = (await service?.throughProxy(options, signal)) ?? null;
  if (attempt === null) return null;
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: equivalentOf(options),
    ...(signal.aborted && { cutShort: true as const }),
    ...attempt,
  };
}

/** curl reads the same environment; what stands there may hold a password, and is not repeated. */
function equivalentOf({ scheme, host, port, path }: ProxyOptions): string {
  const named = host.includes(':') ? `[${host}]` : host;
  return `curl -sS -o /dev/null -D - '${scheme}://${named}:${port}${path}'`;
}
