import { type Vantage, vantageText } from '../../domain/vantage.ts';
import { hintOf } from '../../evidence/obstacles/describe.ts';
import { type Ask, runSession } from '../../session/live/run-session.ts';
import { createPathBudget } from '../../session/many/path-budget.ts';
import { shareResolver } from '../../session/many/shared-resolver.ts';
import type { SessionOptions } from '../../session/tasks/session-options.ts';
import type { SessionPorts } from '../../session/tasks/session-ports.ts';
import type { SessionResult } from '../../session/walk/result.ts';
import { systemClock } from '../../system/clock.ts';
import { note } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import { openFarPorts } from '../engine/open-far-ports.ts';
import { openPorts } from '../engine/open-ports.ts';
import type { CheckOptions } from '../options/check-options.ts';

/** One place from which all targets of a run are asked: one engine, one look-up of each name, one budget of errors. */
export type OpenVantage = {
  readonly from: string;
  /** How many sessions it stands at the same time. */
  readonly width: number;
  run(session: SessionOptions, ask: Ask): Promise<SessionResult>;
  close(): void;
};

/** Sockets, packets in flight and processor time of so many sessions are nothing to a machine, and to a network. */
const WIDTH = 48;
/** A shell at the other end of one connection. */
const FAR_WIDTH = 4;
const OPENING_SHARE = 0.5;

/** Opens a vantage for a run. One that cannot be reached is a mistake of the user: nothing is measured then. */
export async function openForMany(
  from: Vantage,
  options: CheckOptions,
  needsNames: boolean,
  interrupt: AbortSignal,
): Promise<OpenVantage> {
  const name = vantageText(from);
  if (from.kind === 'local') {
    const ports = await openPorts(options.engine);
    return opened(name, WIDTH, ports, interrupt, () => ports.prober?.close());
  }
  const far = await openFarPorts(from, {
    engine: options.engine,
    limitMs: OPENING_SHARE * options.deadline * 1000,
    signal: interrupt,
    needsNames,
    targetSockets: null,
    onCommand: (command) => {
      if (options.explainCommands) void note(`netwhy: on ${name}:\n  $ ${command}\n`);
    },
  });
  if (far.kind === 'failed') throw new UserError(`--from ${name}: ${hintOf(far.unavailable, 'en')}`);
  return opened(name, FAR_WIDTH, far.ports, interrupt, far.close);
}

function opened(
  from: string,
  width: number,
  alone: SessionPorts,
  interrupt: AbortSignal,
  closePorts: () => void,
): OpenVantage {
  const over = new AbortController();
  const resolver = shareResolver(alone.resolver, AbortSignal.any([over.signal, interrupt]));
  const ports: SessionPorts = { ...alone, resolver, paths: createPathBudget(systemClock) };
  return {
    from,
    width,
    run: (session, ask) => runSession(session, ports, ask, interrupt, () => undefined),
    close: () => {
      over.abort();
      closePorts();
    },
  };
}
