import type { IpAddress } from '../domain/address.ts';
import type { Clock, SocketSource, SocketTable } from '../domain/ports.ts';
import { roundMs } from '../domain/statistics.ts';
import type { SocketsEvidence } from '../evidence/sockets.ts';

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
  const interfaces = await interfacesAsked(source, table, { targetAddress, port, protocol }, signal);
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: source.equivalent(port, protocol),
    host: source.host,
    ownsTarget,
    ...(interfaces === null ? {} : { targetInterfaces: interfaces }),
    ...('unavailable' in table ? { listening: null, gaps: [], unavailable: table.unavailable } : table),
  };
}

/** By which interfaces traffic for the target comes: asked for only where a listener is bound to one. */
async function interfacesAsked(
  source: SocketSource,
  table: SocketTable,
  { targetAddress, port, protocol }: SocketsOptions,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  if (targetAddress === null || 'unavailable' in table) return null;
  const isBound = table.listening.some(
    (listener) => listener.port === port && listener.protocol === protocol && typeof listener.interface === 'string',
  );
  return isBound ? source.interfacesOf(targetAddress, signal) : null;
}
