import type { IpAddress } from '../domain/address.ts';
import type { LateEcho } from '../domain/evidence.ts';
import type { Clock } from '../domain/ports.ts';
import type { Probe, Prober } from '../domain/prober.ts';
import { DEFAULT_ECHO_BYTES } from '../domain/prober.ts';
import { roundMs } from '../domain/statistics.ts';

/** Where traces end (traceroute(8)): nothing listens there. */
const TRACE_PORT = 33_434;

/**
 * Sends one echo (a datagram to a port on which nothing listens, where no echo can be sent) and waits for it as long as a router takes to give up looking for a host on its own link
 * (three solicitations a second apart). Settles at `patienceMs` after the start, or when the signal aborts.
 */
export async function late(
  options: { readonly address: IpAddress; readonly patienceMs: number },
  ports: { readonly prober: Prober; readonly clock: Clock },
  signal: AbortSignal,
): Promise<LateEcho | null> {
  const startedMs = ports.clock.nowMs();
  const answer = await ports.prober.send(probeOf(options, ports.prober), { signal });
  const waitedMs = roundMs(ports.clock.nowMs() - startedMs);
  switch (answer.kind) {
    case 'reply':
    case 'reset':
    case 'answered':
      return { waitedMs, rttMs: roundMs(answer.rttMs), error: null };
    case 'icmp-error':
      return { waitedMs, rttMs: null, error: answer.error };
    case 'silent':
      return signal.aborted ? null : { waitedMs, rttMs: null, error: null };
    case 'local-error':
      return null;
  }
}

function probeOf(
  { address, patienceMs }: { readonly address: IpAddress; readonly patienceMs: number },
  { lacks }: Prober,
): Probe {
  const common = { to: address, ttl: null, timeoutMs: patienceMs } as const;
  return lacks.echo !== undefined && lacks.udp === undefined
    ? { kind: 'udp', ...common, port: TRACE_PORT, sourcePort: null, payload: new Uint8Array(DEFAULT_ECHO_BYTES) }
    : { kind: 'echo', ...common, payloadBytes: DEFAULT_ECHO_BYTES, dontFragment: false };
}
