import type { Clock } from '../../domain/ports.ts';
import { type Answer, NEVER_ITS_TURN, type Prober } from '../../domain/prober.ts';
import { roundedOrNull } from '../../domain/statistics.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import { createFlights } from '../flights.ts';
import { createWaker } from '../wake.ts';
import { extentOf } from './extent.ts';
import type { LoopContext } from './loop.ts';
import type { TraceStep } from './pace.ts';
import type { Shot, ShotAnswer } from './shot.ts';
import { isFinal } from './shot.ts';
import { probeOf, reachesTarget, type TraceVehicle } from './vehicle.ts';

/** How far a trace has got. */
export type TraceRun = {
  /** Those that left this machine, in the order of sending. */
  readonly shots: readonly Shot[];
  /** How often this machine refused to send; a full queue is no refusal. */
  readonly refusals: number;
  /** When the queue of this machine was last found full; null if never. */
  readonly fullAtMs: number | null;
  /** The lowest TTL that the engine never came to and will not; null for none. */
  readonly endsBefore: number | null;
};

export type TraceRunOptions = {
  readonly vehicle: TraceVehicle;
  /** Probes at one TTL take the flows in turn. */
  readonly flows: number;
  readonly loops: LoopContext;
  /** Decides what to do next; asked again whenever something arrived or its time has come. */
  readonly pace: (run: TraceRun, nowMs: number) => TraceStep;
};

export const NO_SHOTS: TraceRun = { shots: [], refusals: 0, fullAtMs: null, endsBefore: null };

/** Sends probes with growing TTL at the pace given. Settles when the pace ends or the signal aborts, with what came until then. */
export async function runTrace(
  { vehicle, flows, loops, pace }: TraceRunOptions,
  { prober, clock }: { readonly prober: Prober; readonly clock: Clock },
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<TraceRun> {
  let run: TraceRun = NO_SHOTS;
  let nextId = 0;
  const flights = createFlights();
  const waker = createWaker(clock, signal);

  const fold = (id: number, ttl: number, answer: Answer): void => {
    if (answer.kind === 'local-error') {
      const isFull = answer.code === 'ENOBUFS';
      const isNever = answer.code === NEVER_ITS_TURN;
      run = {
        shots: run.shots.filter((shot) => shot.id !== id),
        refusals: run.refusals + (isFull || isNever ? 0 : 1),
        fullAtMs: isFull ? clock.nowMs() : run.fullAtMs,
        endsBefore: isNever ? Math.min(ttl, run.endsBefore ?? ttl) : run.endsBefore,
      };
      return;
    }
    const found = shotAnswer(answer, vehicle, clock.nowMs());
    if (found === null) return;
    run = { ...run, shots: run.shots.map((shot) => (shot.id === id ? { ...shot, answer: found } : shot)) };
    const { end } = extentOf(run.shots, loops);
    if (ttl <= (end ?? ttl)) onEvent({ kind: 'hop', ttl, address: found.from, rttMs: found.rttMs });
  };

  const send = async (ttl: number): Promise<void> => {
    const id = nextId;
    nextId += 1;
    const flow = run.shots.filter((shot) => shot.ttl === ttl).length % flows;
    run = { ...run, shots: [...run.shots, { id, ttl, sentAtMs: clock.nowMs(), answer: null }] };
    const answer = await prober.send(probeOf(vehicle, { number: id, ttl, flow }), {
      signal: flights.open(),
      onTurn: (turn) => {
        if (flights.isOver()) return;
        const changes = { isWaiting: turn === 'waits', sentAtMs: clock.nowMs() };
        run = { ...run, shots: run.shots.map((shot) => (shot.id === id ? { ...shot, ...changes } : shot)) };
        waker.wake();
      },
    });
    if (flights.isOver()) return;
    fold(id, ttl, answer);
    waker.wake();
  };

  while (!signal.aborted) {
    const step = pace(run, clock.nowMs());
    if (step.kind === 'end') break;
    if (step.kind === 'send') for (const ttl of step.ttls) void send(ttl);
    else await waker.sleep(step.untilMs - clock.nowMs());
  }
  flights.end();
  waker.close();
  return { ...run, shots: run.shots.filter(({ isWaiting }) => isWaiting !== true) };
}

function shotAnswer(answer: Answer, vehicle: TraceVehicle, atMs: number): ShotAnswer | null {
  if (answer.kind === 'silent' || answer.kind === 'local-error') return null;
  const common = { rttMs: roundedOrNull(answer.rttMs), atMs, replyTtl: answer.replyTtl, mpls: [], interfaces: [] };
  if (answer.kind !== 'icmp-error')
    return { ...common, kind: 'target', how: answer.kind, from: answer.from, error: null };
  const { error, mpls = [], interfaces = [] } = answer;
  const told = { ...common, from: error.from, mpls, interfaces };
  if (reachesTarget(answer, vehicle)) return { ...told, kind: 'target', how: 'port-unreachable', error: null };
  return isFinal(error)
    ? { ...told, kind: 'final', how: null, error }
    : { ...told, kind: 'hop', how: null, error: null };
}
