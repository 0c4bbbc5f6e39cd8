import type { IpAddress } from '../domain/address.ts';
import type { Clock } from '../domain/ports.ts';
import type { OnEvent } from '../domain/probe-event.ts';
import type { Answer, Prober } from '../domain/prober.ts';
import { DEFAULT_ECHO_BYTES } from '../domain/prober.ts';
import { roundMs } from '../domain/statistics.ts';
import { createFlights } from './flights.ts';
import { extentOf } from './trace-extent.ts';
import type { TraceStep } from './trace-pace.ts';
import type { Shot, ShotAnswer } from './trace-shot.ts';
import { isFinal } from './trace-shot.ts';
import { createWaker } from './wake.ts';

/** Longer than any trace: when to stop waiting is the pace's decision, not the engine's. */
const ENGINE_TIMEOUT_MS = 60_000;

/** How far a trace has got. */
export type TraceRun = {
  /** Those that left this machine, in the order of sending. */
  readonly shots: readonly Shot[];
  /** How often this machine refused to send; a full queue is no refusal. */
  readonly refusals: number;
  /** When the queue of this machine was last found full; null if never. */
  readonly fullAtMs: number | null;
};

export type TraceRunOptions = {
  readonly address: IpAddress;
  readonly knownErrorFrom: IpAddress | null;
  /** Decides what to do next; asked again whenever something arrived or its time has come. */
  readonly pace: (run: TraceRun, nowMs: number) => TraceStep;
};

/** Sends echoes with growing TTL at the pace given. Settles when the pace ends or the signal aborts, with what came until then. */
export async function runTrace(
  { address, knownErrorFrom, pace }: TraceRunOptions,
  { prober, clock }: { readonly prober: Prober; readonly clock: Clock },
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<TraceRun> {
  let run: TraceRun = { shots: [], refusals: 0, fullAtMs: null };
  let nextId = 0;
  const flights = createFlights();
  const waker = createWaker(clock, signal);

  const fold = (id: number, ttl: number, answer: Answer): void => {
    if (answer.kind === 'local-error') {
      const isFull = answer.code === 'ENOBUFS';
      run = {
        shots: run.shots.filter((shot) => shot.id !== id),
        refusals: run.refusals + (isFull ? 0 : 1),
        fullAtMs: isFull ? clock.nowMs() : run.fullAtMs,
      };
      return;
    }
    const found = shotAnswer(answer, clock.nowMs());
    if (found === null) return;
    run = { ...run, shots: run.shots.map((shot) => (shot.id === id ? { ...shot, answer: found } : shot)) };
    const { end } = extentOf(run.shots, knownErrorFrom);
    if (ttl <= (end ?? ttl)) onEvent({ kind: 'hop', ttl, address: found.from, rttMs: found.rttMs });
  };

  const send = async (ttl: number): Promise<void> => {
    const id = nextId;
    nextId += 1;
    run = { ...run, shots: [...run.shots, { id, ttl, sentAtMs: clock.nowMs(), answer: null }] };
    const answer = await prober.send(
      {
        kind: 'echo',
        to: address,
        ttl,
        timeoutMs: ENGINE_TIMEOUT_MS,
        payloadBytes: DEFAULT_ECHO_BYTES,
        dontFragment: false,
      },
      { signal: flights.open() },
    );
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
  return run;
}

function shotAnswer(answer: Answer, atMs: number): ShotAnswer | null {
  switch (answer.kind) {
    case 'reply':
      return { kind: 'target', from: answer.from, rttMs: roundMs(answer.rttMs), atMs, error: null };
    case 'icmp-error': {
      const { error } = answer;
      const rttMs = roundMs(answer.rttMs);
      return isFinal(error)
        ? { kind: 'final', from: error.from, rttMs, atMs, error }
        : { kind: 'hop', from: error.from, rttMs, atMs, error: null };
    }
    case 'reset':
    case 'silent':
    case 'local-error':
      return null;
  }
}
