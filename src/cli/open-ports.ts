import { setMaxListeners } from 'node:events';
import type { SocketSource } from '../domain/ports.ts';
import type { SessionPorts } from '../session/session-ports.ts';
import { systemClock } from '../system/clock.ts';
import { openConnector } from '../system/connector.ts';
import { systemMachine } from '../system/machine.ts';
import { openRawProber } from '../system/raw-prober.ts';
import { systemResolver } from '../system/resolver.ts';
import { localSockets } from '../system/socket-source.ts';
import type { CheckOptions } from './check-options.ts';

/**
 * Opens the engines that this machine allows, best first; the caller closes the prober. `targetSockets`: see SessionPorts.
 */
export async function openPorts(
  engine: CheckOptions['engine'],
  targetSockets: SocketSource | null = null,
): Promise<SessionPorts> {
  // Every probe in flight listens to the session's one signal: more than ten is no leak.
  setMaxListeners(0);
  const opened =
    engine === 'sockets'
      ? {
          kind: 'unavailable' as const,
          unavailable: { reason: 'not-supported' as const, hint: 'echo was not tried: --engine sockets leaves it out' },
        }
      : await openRawProber(systemClock);
  const prober = opened.kind === 'open' ? opened.prober : null;
  return {
    clock: systemClock,
    resolver: systemResolver,
    machine: systemMachine,
    connector: openConnector(prober),
    prober,
    localSockets,
    targetSockets,
    random: Math.random,
    unavailable: opened.kind === 'open' ? null : opened.unavailable,
  };
}
