import type { IpAddress } from '../../domain/address.ts';
import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { Clock, Connector } from '../../domain/ports.ts';
import { methodFor, type Prober } from '../../domain/prober.ts';

/** Silence from which on the question is worth a packet; a healthy port has answered by then. */
const SUSPICIOUS_MS = 150;
/** A refusal by this machine is immediate; an answer from elsewhere says nothing here. */
const REFUSED_WITHIN_MS = 150;

type SidePorts = { readonly connector: Connector; readonly prober: Prober | null; readonly clock: Clock };

/**
 * Asks, beside a first TCP attempt that is silent or refused, whether this machine lets the packet out: its firewall
 * answers a raw SYN (or, without a raw socket, a datagram) with `EPERM`, and tells connect() nothing.
 * Gives the errno name, or null. Never settles long after the attempt.
 */
export async function sideError(
  to: { readonly address: IpAddress; readonly port: number },
  first: Promise<ConnectAttempt | null>,
  ports: SidePorts,
  signal: AbortSignal,
): Promise<string | null> {
  const answered = new AbortController();
  const silence = ports.clock.sleep(SUSPICIOUS_MS, AbortSignal.any([signal, answered.signal])).then(() => null);
  const early = await Promise.race([first, silence]);
  answered.abort();
  if (signal.aborted) return null;

  const { prober } = ports;
  // The SYN of a kernel's connection is dropped without a word.
  if (prober !== null && prober.lacks.syn === undefined && methodFor(prober, 'syn') === 'raw') {
    // A local rule that resets looks like the target's own RST, so `closed` is suspicious too.
    const isSuspicious = early === null || (early.state === 'closed' && early.icmp === null);
    return isSuspicious ? refusedSyn(to, prober, signal) : null;
  }
  return early === null ? refusedDatagram(to, ports.connector, signal) : null;
}

async function refusedSyn(
  { address, port }: { readonly address: IpAddress; readonly port: number },
  prober: Prober,
  signal: AbortSignal,
): Promise<string | null> {
  const probe = { kind: 'syn', to: address, port, sourcePort: null, ttl: null, timeoutMs: REFUSED_WITHIN_MS } as const;
  const answer = await prober.send(probe, { signal });
  return answer.kind === 'local-error' ? firewallWord(answer.code) : null;
}

async function refusedDatagram(
  to: { readonly address: IpAddress; readonly port: number },
  connector: Connector,
  signal: AbortSignal,
): Promise<string | null> {
  const request = { ...to, protocol: 'udp', timeoutMs: REFUSED_WITHIN_MS, watchMs: 0 } as const;
  const attempt = await connector.connect(request, signal);
  return attempt.state === 'local-error' ? firewallWord(attempt.error) : null;
}

function firewallWord(errno: string | null): string | null {
  return errno === 'EPERM' || errno === 'EACCES' ? errno : null;
}
