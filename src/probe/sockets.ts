import type { IpAddress } from '../domain/address.ts';
import type { SocketsEvidence } from '../domain/evidence.ts';
import type { Clock, Machine } from '../domain/ports.ts';
import { roundMs } from '../domain/statistics.ts';

type SocketsOptions = {
  /** null: no target, as when all sockets of this machine are listed. */
  readonly targetAddress: IpAddress | null;
  /** For the equivalent command only: all listeners are read whatever was asked for. */
  readonly port: number | null;
  readonly protocol: 'tcp' | 'udp';
};

/** Reads the listeners of this machine; undefined where they cannot be read, or the signal came first. */
export async function sockets(
  options: SocketsOptions,
  ports: { readonly machine: Pick<Machine, 'listeners' | 'owns'>; readonly clock: Clock },
  signal: AbortSignal,
): Promise<SocketsEvidence | undefined> {
  const { machine, clock } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const table = await machine.listeners(signal);
  if ('unavailable' in table || signal.aborted) return undefined;
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: equivalentOf(options),
    host: 'local',
    listening: table.listening,
    ownsTarget: options.targetAddress !== null && machine.owns(options.targetAddress),
    missing: table.missing,
  };
}

function equivalentOf({ port, protocol }: SocketsOptions): string {
  return port === null ? 'ss -ltunp' : `ss -l${protocol === 'udp' ? 'u' : 't'}np 'sport = :${port}'`;
}
