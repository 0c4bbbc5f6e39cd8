import type { SocketsUnavailable } from '../../domain/evidence.ts';
import type { SocketSource } from '../../domain/ports.ts';
import { type Vantage, vantageText } from '../../domain/vantage.ts';
import { type Ask, type Ready, runSession } from '../../session/live/run-session.ts';
import type { SessionOptions } from '../../session/tasks/session-options.ts';
import type { SessionEvent } from '../../session/view/session-event.ts';
import type { SessionResult } from '../../session/walk/result.ts';
import { systemClock } from '../../system/clock.ts';
import { note } from '../common/output.ts';
import type { CheckOptions } from '../options/check-options.ts';
import { openFarPorts } from './open-far-ports.ts';
import { openPorts } from './open-ports.ts';

/** Of the deadline: a vantage that takes longer to be reached leaves no time to measure from it. */
const OPENING_SHARE = 0.5;

/**
 * Runs one session with the probes of one vantage. `sockets`: where the target's own are read. Where the vantage cannot
 * be reached, nothing is concluded but that.
 */
export async function measureFrom(
  from: Vantage,
  session: SessionOptions,
  options: CheckOptions,
  sockets: SocketSource | null,
  ask: Ask,
  interrupt: AbortSignal,
  onEvent: (event: SessionEvent) => void,
  ready: Ready | null = null,
): Promise<SessionResult> {
  if (from.kind === 'local') {
    const ports = await openPorts(options.engine, sockets);
    try {
      return await runSession(session, ports, ask, interrupt, onEvent, ready);
    } finally {
      ports.prober?.close();
    }
  }
  const startedAt = systemClock.isoNow();
  const startedMs = systemClock.nowMs();
  const opened = await openFarPorts(from, {
    engine: options.engine,
    limitMs: OPENING_SHARE * session.deadlineMs,
    signal: interrupt,
    needsNames: session.target.literal === null,
    targetSockets: sockets,
    onCommand: (command, place) => {
      if (options.explainCommands) void note(explained(command, place === 'here' ? 'this machine' : vantageText(from)));
    },
  });
  const openingMs = systemClock.nowMs() - startedMs;
  if (opened.kind === 'failed')
    return unseen(session, vantageText(from), opened.unavailable, startedAt, Math.round(openingMs));
  try {
    const { elapsedMs } = session;
    return await runSession(
      { ...session, elapsedMs: elapsedMs + openingMs },
      opened.ports,
      ask,
      interrupt,
      onEvent,
      ready,
    );
  } finally {
    opened.close();
  }
}

function explained(command: string, where: string): string {
  return `netwhy: on ${where}:\n${command
    .split('\n')
    .map((line) => `  $ ${line}\n`)
    .join('')}`;
}

/** Of a vantage that could not be reached nothing is known but why. */
function unseen(
  { flow, target, families, thresholds }: SessionOptions,
  host: string,
  unavailable: SocketsUnavailable,
  startedAt: string,
  durationMs: number,
): SessionResult {
  const nothing = { listening: null, unavailable, ownsTarget: null, gaps: [] };
  return {
    flow: flow.name,
    startedAt,
    durationMs,
    context: { target, address: target.literal, families, thresholds, deadlineS: durationMs / 1000 },
    steps: [],
    evidence: { sockets: { startedAt, durationMs, equivalent: '', host, ...nothing } },
    ending: { kind: 'concluded', code: 'not-permitted', toldByPerson: false },
  };
}
