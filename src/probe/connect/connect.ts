import type { IpAddress } from '../../domain/address.ts';
import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { Clock, Connector } from '../../domain/ports.ts';
import type { Prober } from '../../domain/prober.ts';
import { roundMs } from '../../domain/statistics.ts';
import { type ConnectEvidence, connectCommand } from '../../evidence/connect.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import { sideError } from './connect-side.ts';
import { resetFromAfar } from './reset-from-afar.ts';

/** More than a client tries before its user gives up; what is left out shows beside the resolved addresses. */
export const MOST_ADDRESSES = 8;

type ConnectOptions = {
  /** In the order in which a client would try them. */
  readonly addresses: readonly IpAddress[];
  /** null: no port was asked for, nothing is sent. */
  readonly port: number | null;
  readonly protocol: 'tcp' | 'udp';
  readonly timeoutMs: number;
  /** TCP: how long to watch an open connection for an early end; 0: do not. */
  readonly watchMs: number;
  /** TCP: called when a connection opens, before it is watched. */
  readonly onOpened?: (address: IpAddress) => void;
};

type ConnectPorts = {
  readonly connector: Connector;
  readonly prober: Prober | null;
  readonly clock: Clock;
};

/**
 * Tries the asked port at every address at once (the first eight). Where connect() at the first address is silent or
 * refused, one more probe asks whether this machine lets packets out at all. Attempts that the signal ended without an
 * answer are left out, and the evidence is marked as cut short.
 */
export async function connect(
  options: ConnectOptions,
  ports: ConnectPorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<ConnectEvidence> {
  const { connector, clock } = ports;
  const { port, protocol, timeoutMs, watchMs } = options;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const addresses = options.addresses.slice(0, MOST_ADDRESSES);
  const requests = port === null ? [] : addresses.map((address) => ({ address, port, protocol, timeoutMs, watchMs }));

  const pending = requests.map(async (request): Promise<ConnectAttempt | null> => {
    onEvent({ kind: 'attempt-started', address: request.address, port: request.port, protocol });
    const onOpened = () => options.onOpened?.(request.address);
    const attempt = await connector.connect({ ...request, onOpened }, signal);
    if (wasCut(attempt, signal)) return null;
    onEvent({ kind: 'attempt', attempt });
    return attempt;
  });
  const [to, first] = [requests[0], pending[0]];
  const isTcp = protocol === 'tcp' && to !== undefined && first !== undefined;
  const side = isTcp ? await sideError(to, first, ports, signal) : null;
  const settled = await Promise.all(pending);
  const attempts = settled.filter((attempt) => attempt !== null);
  const refused = settled[0] ?? null;
  const isFromAfar = refused === null ? undefined : await resetFromAfar(refused, ports.prober, signal);

  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: connectCommand({ ...options, address: options.addresses[0] ?? null }),
    attempts,
    icmpSeen: connector.icmpSeen,
    sideError: side,
    ...(isFromAfar !== undefined && { resetFromAfar: isFromAfar }),
    ...(attempts.length < settled.length && { cutShort: true as const }),
  };
}

/** Whether an attempt that settled just now is silent only because nobody waited for its answer. */
export function wasCut(attempt: ConnectAttempt, signal: AbortSignal): boolean {
  return signal.aborted && attempt.state === 'filtered';
}
