import type { IpAddress } from '../domain/address.ts';
import { roundMs } from '../domain/statistics.ts';
import { type ProxyEvidence, proxyCommand } from '../evidence/proxy.ts';
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
    equivalent: proxyCommand(options),
    ...(signal.aborted && { cutShort: true as const }),
    ...attempt,
  };
}
