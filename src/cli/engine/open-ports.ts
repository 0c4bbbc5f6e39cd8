import { setMaxListeners } from 'node:events';
import type { SocketSource } from '../../domain/ports.ts';
import type { SessionPorts } from '../../session/tasks/session-ports.ts';
import { systemClock } from '../../system/clock.ts';
import { openConnector } from '../../system/connect/connector.ts';
import { systemResolver } from '../../system/dns/resolver.ts';
import { type Engine, openLadder } from '../../system/engine/ladder.ts';
import { systemMachine } from '../../system/host/machine.ts';
import { systemServiceClient } from '../../system/service/client.ts';
import { localSource } from '../../system/vantage/local-source.ts';

/**
 * Opens the engines that this machine allows, best first; the caller closes the prober. `targetSockets`: see SessionPorts.
 */
export async function openPorts(engine: Engine, targetSockets: SocketSource | null = null): Promise<SessionPorts> {
  // Every probe in flight listens to the session's one signal: more than ten is no leak.
  setMaxListeners(0);
  const { prober, unavailable, hearing } = await openLadder(engine, systemClock);
  return {
    clock: systemClock,
    resolver: systemResolver,
    machine: systemMachine,
    connector: openConnector(hearing),
    prober,
    service: systemServiceClient,
    serviceUnavailable: null,
    localSockets: localSource,
    targetSockets,
    random: Math.random,
    unavailable,
  };
}
