import type { IpAddress } from '../domain/address.ts';
import type { SocketsEvidence } from '../domain/evidence.ts';
import type { Clock, SocketSource } from '../domain/ports.ts';
import { roundMs } from '../domain/statistics.ts';

type SocketsOptions = {
  /** null: no target, as when all sockets of a machine are listed. */
  readonly targetAddress: IpAddress | null;
  /** For the equivalent command only: all listeners are read whatever was asked for. */
  readonly port: number | null;
  readonly protocol: 'tcp' | 'udp';
};

/** Reads the listeners of one machine; undefined where the signal came first and nothing can be said of why. */
export async function sockets(
  { targetAddress, port, protocol }: SocketsOptions,
  ports: { readonly source: SocketSource; readonly clock: Clock },
  signal: AbortSignal,
): Promise<SocketsEvidence | undefined> {
  const { source, clock } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const [table, ownsTarget] = await Promise.all([
    source.read(signal),
    targetAddress === null ? false : source.owns(targetAddress, signal),
  ]);
  if (signal.aborted && !('unavailable' in table)) return undefined;
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: source.equivalent(port, protocol),
    host: source.host,
    ownsTarget,
    ...('unavailable' in table ? { listening: null, missing: null, unavailable: table.unavailable } : table),
  };
}
