import type { IpAddress } from '../../domain/address.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import type { TraceEvidence } from '../../evidence/trace.ts';
import { trace } from '../../probe/trace/trace.ts';
import type { SessionPorts } from '../../session/tasks/session-ports.ts';
import { addRound, type HopEvent, roundMs, type TraceRounds } from '../../session/view/trace-rounds.ts';
import type { TraceCommandOptions, TraceRequest } from './request.ts';

export type RoundsOptions = {
  readonly request: TraceRequest;
  readonly options: Pick<TraceCommandOptions, 'flows' | 'maxHops'>;
  readonly address: IpAddress;
  readonly gateway: IpAddress | null;
  readonly isOn: boolean;
};

type Notify = {
  /** While a round runs. */
  readonly onAnswer: (answers: readonly HopEvent[]) => void;
  readonly onRound: (rounds: TraceRounds) => void;
};

const PROBES_PER_HOP = 3;
/** Rounds that go on have time: one probe for each hop will do. */
const PROBES_PER_ROUND = 1;
/** Above the ephemeral ports of Linux (ip(7)); another flow than that of the run before, as routers may remember it. */
const SOURCE_PORTS = { first: 61_000, count: 4000 };
/** As many misses as make the path's word: then the whole of it is looked at again. */
const MISSED_ROUNDS = 3;

/** Traces once, or round after round until the signal aborts, and tells what is known after each. */
export async function runRounds(
  { request, options, address, gateway, isOn }: RoundsOptions,
  ports: SessionPorts,
  signal: AbortSignal,
  { onAnswer, onRound }: Notify,
): Promise<TraceRounds> {
  const sourcePort = SOURCE_PORTS.first + Math.floor(ports.random() * SOURCE_PORTS.count);
  let rounds: TraceRounds | null = null;
  for (;;) {
    const startedMs = ports.clock.nowMs();
    const answers: HopEvent[] = [];
    const listen: OnEvent = (event) => {
      if (event.kind !== 'hop') return;
      answers.push(event);
      onAnswer(answers);
    };
    const round: TraceEvidence = await trace(
      {
        address,
        gateway,
        protocol: request.protocol,
        ...(request.port !== null && { port: request.port }),
        sourcePort,
        flows: options.flows,
        maxHops: highestHop(rounds, options.maxHops),
        knownErrorFrom: refuserOf(rounds),
        probesPerHop: isOn ? PROBES_PER_ROUND : PROBES_PER_HOP,
      },
      ports,
      signal,
      listen,
    );
    // A round that was interrupted says less than the ones before.
    if (rounds === null || !signal.aborted) rounds = addRound(rounds, round, answers);
    onRound(rounds);
    if (!isOn || signal.aborted || round.method === null) return rounds;
    await ports.clock.sleep(startedMs + roundMs(round) - ports.clock.nowMs(), signal);
    if (signal.aborted) return rounds;
  }
}

/** Once it is known where the target is, nothing is sent beyond it. */
function highestHop(rounds: TraceRounds | null, maxHops: number): number {
  const known = rounds?.reached ?? null;
  return known === null || (rounds?.missed ?? 0) >= MISSED_ROUNDS ? maxHops : known.hops.length;
}

/** Who ends the path with an error: it is asked for few more. */
function refuserOf(rounds: TraceRounds | null): IpAddress | null {
  return rounds?.latest.hops.findLast(({ error }) => error !== null)?.error?.from ?? null;
}
