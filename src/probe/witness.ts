import type { IpAddress } from '../domain/address.ts';
import { familyOf } from '../domain/address.ts';
import type { ConnectState } from '../domain/evidence.ts';
import type { Clock, Connector } from '../domain/ports.ts';
import { DEFAULT_ECHO_BYTES, type Prober } from '../domain/prober.ts';
import { roundMs } from '../domain/statistics.ts';
import type { Watched, WatchRequest, Witness } from '../domain/witness.ts';
import type { WitnessEvidence } from '../evidence/witness.ts';

type WitnessOptions = {
  readonly address: IpAddress;
  readonly watched: Watched;
  /** From which address the probes leave; null where it is not known. */
  readonly source: IpAddress | null;
  /** Where it looks, as in the report. */
  readonly host: string;
  readonly count: number;
  readonly spacingMs: number;
  /** Shorter than what makes the kernel send again. */
  readonly timeoutMs: number;
};

type WitnessPorts = {
  readonly clock: Clock;
  readonly connector: Connector;
  /** Sends echoes; null where nothing does. */
  readonly prober: Prober | null;
  readonly witness: Witness;
};

/** Sends a few probes of its own to the target while a machine is watched, and tells what its kernel said of them. */
export async function witness(
  options: WitnessOptions,
  ports: WitnessPorts,
  signal: AbortSignal,
): Promise<WitnessEvidence> {
  const { address, watched, source, host, count } = options;
  const { clock } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const request: WatchRequest = { watched, family: familyOf(address), source };
  const states: ConnectState[] = [];
  const send = async (): Promise<void> => {
    const flights: Promise<void>[] = [];
    for (let sent = 0; sent < count && !signal.aborted; sent += 1) {
      if (sent > 0) await clock.sleep(options.spacingMs, signal);
      flights.push(one(options, ports, signal).then((state) => void states.push(state)));
    }
    await Promise.all(flights);
  };
  const watching = await ports.witness.watch(request, send, signal);
  const ended = (wanted: readonly ConnectState[]) => states.filter((state) => wanted.includes(state)).length;
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: ports.witness.equivalent(request),
    host,
    probes: {
      protocol: watched.protocol,
      to: address,
      port: watched.protocol === 'icmp' ? null : watched.port,
      sent: states.length,
      silent: ended(['filtered', 'local-error']),
      refused: ended(['closed', 'rejected', 'unreachable']),
      answered: ended(['open']),
    },
    ...('unavailable' in watching ? { seen: null, unavailable: watching.unavailable } : { seen: watching }),
  };
}

async function one(
  { address, watched, timeoutMs }: WitnessOptions,
  { connector, prober }: WitnessPorts,
  signal: AbortSignal,
): Promise<ConnectState> {
  if (watched.protocol !== 'icmp') {
    const { port, protocol } = watched;
    return (await connector.connect({ address, port, protocol, timeoutMs, watchMs: 0 }, signal)).state;
  }
  if (prober === null) return 'local-error';
  const echo = { kind: 'echo', to: address, ttl: null, payloadBytes: DEFAULT_ECHO_BYTES, dontFragment: false } as const;
  const answer = await prober.send({ ...echo, timeoutMs }, { signal });
  switch (answer.kind) {
    case 'reply':
    case 'answered':
      return 'open';
    case 'reset':
    case 'icmp-error':
      return 'rejected';
    case 'silent':
      return 'filtered';
    case 'local-error':
      return 'local-error';
  }
}
