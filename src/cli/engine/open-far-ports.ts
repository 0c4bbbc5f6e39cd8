import { setMaxListeners } from 'node:events';
import type { SocketsUnavailable } from '../../domain/evidence.ts';
import type { Obstacle } from '../../domain/obstacle.ts';
import type { SocketSource } from '../../domain/ports.ts';
import { type FarVantage, vantageText } from '../../domain/vantage.ts';
import type { SessionPorts } from '../../session/tasks/session-ports.ts';
import { systemClock } from '../../system/clock.ts';
import type { Engine } from '../../system/engine/ladder.ts';
import { openSystemProber } from '../../system/engine/tools/system-prober.ts';
import { vantageConnector } from '../../system/vantage/connector.ts';
import { INTRODUCTION_SCRIPT, readIntroduction } from '../../system/vantage/introduction.ts';
import { vantageMachine } from '../../system/vantage/machine.ts';
import { vantageResolver } from '../../system/vantage/resolver.ts';
import { openRunner } from '../../system/vantage/runner.ts';
import { vantageSockets } from '../../system/vantage/sockets.ts';

export type FarPorts =
  | { readonly kind: 'open'; readonly ports: SessionPorts; readonly close: () => void }
  | { readonly kind: 'failed'; readonly unavailable: SocketsUnavailable };

type FarOptions = {
  readonly engine: Engine;
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Whether the target is a name, which has to be looked up there. */
  readonly needsNames: boolean;
  readonly targetSockets: SocketSource | null;
  readonly onCommand: (command: string, place: 'here' | 'there') => void;
};

const LEFT_OUT = {
  kind: 'unavailable',
  unavailable: { reason: 'not-supported', obstacles: [{ code: 'engine-left-out' }] },
} as const;

/** Everything that a session needs, on another machine: its own tools, run over one connection. */
export async function openFarPorts(vantage: FarVantage, options: FarOptions): Promise<FarPorts> {
  setMaxListeners(0);
  const opened = await openRunner(vantage, INTRODUCTION_SCRIPT, options);
  if (opened.kind === 'failed') return opened;
  const { run, probe, introduction, close } = opened.runner;
  const known = readIntroduction(introduction);
  const connector = vantageConnector(run, known);
  const where = vantageText(vantage);
  if (options.needsNames && !known.hasTool('getent')) {
    close();
    return lacking({ code: 'vantage-without-getent', place: where });
  }
  if (connector === null) {
    close();
    return lacking({ code: 'vantage-without-connector', place: where });
  }
  const engine = options.engine === 'sockets' ? LEFT_OUT : await openSystemProber(systemClock, probe, null);
  const ports: SessionPorts = {
    clock: systemClock,
    resolver: vantageResolver(run, known, systemClock.nowMs),
    machine: vantageMachine(run, known),
    connector,
    prober: engine.kind === 'open' ? engine.prober : null,
    service: null,
    serviceUnavailable: {
      reason: 'not-supported',
      obstacles: [{ code: 'service-only-from-here', place: where }],
    },
    localSockets: vantageSockets(vantage, options.limitMs),
    targetSockets: options.targetSockets,
    random: Math.random,
    unavailable: engine.kind === 'open' ? null : engine.unavailable,
  };
  const closeAll = (): void => {
    ports.prober?.close();
    close();
  };
  return { kind: 'open', ports, close: closeAll };
}

function lacking(obstacle: Obstacle): FarPorts {
  return { kind: 'failed', unavailable: { reason: 'not-supported', obstacles: [obstacle] } };
}
