import type { IpAddress } from '../../domain/address.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Answer, Prober } from '../../domain/prober.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import { createFlights } from '../flights.ts';
import { createWaker } from '../wake.ts';
import type { EchoRun } from './echo.ts';
import { departed, EMPTY_RUN, sequenceOf, withAnswer, withRefusal, withSent, withTurn } from './echo.ts';
import { engineTimeoutMs } from './overdue.ts';
import type { PingStep } from './pace.ts';

export type EchoRunOptions = {
  readonly address: IpAddress;
  readonly payloadBytes: number;
  /** Decides what to do next; asked again whenever something arrived or its time has come. */
  readonly pace: (run: EchoRun, nowMs: number) => PingStep;
  /** Called with what still comes for an echo after a run that ended without any answer, until the signal aborts. */
  readonly onLate?: (answer: Answer) => void;
};

/** Sends echoes to one address at the pace given. Settles when the pace ends or the signal aborts, with what came until then. */
export async function runEchoes(
  { address, payloadBytes, pace, onLate }: EchoRunOptions,
  { prober, clock }: { readonly prober: Prober; readonly clock: Clock },
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<EchoRun> {
  let run = EMPTY_RUN;
  let isEnded = false;
  const flights = createFlights();
  const waker = createWaker(clock, signal);

  const fold = (sequence: number, answer: Answer): void => {
    const atMs = clock.nowMs();
    switch (answer.kind) {
      case 'reply': {
        const rttMs = roundMs(answer.rttMs);
        run = withAnswer(run, sequence, { kind: 'reply', atMs, rttMs, replyTtl: answer.replyTtl });
        onEvent({ kind: 'echo-answered', sequence, rttMs, replyTtl: answer.replyTtl });
        return;
      }
      case 'icmp-error':
        run = withAnswer(run, sequence, { kind: 'error', atMs, error: answer.error, replyTtl: answer.replyTtl });
        onEvent({ kind: 'echo-error', sequence, error: answer.error });
        return;
      case 'local-error':
        run = withRefusal(run, sequence, answer.code, atMs);
        return;
      case 'silent':
      case 'reset':
      case 'answered':
        return;
    }
  };

  const send = async (): Promise<void> => {
    const sequence = sequenceOf(run);
    run = withSent(run, clock.nowMs());
    onEvent({ kind: 'echo-sent', sequence });
    const answer = await prober.send(
      {
        kind: 'echo',
        to: address,
        ttl: null,
        timeoutMs: engineTimeoutMs(run.echoes),
        payloadBytes,
        dontFragment: false,
      },
      {
        signal: flights.open(),
        onTurn: (turn) => {
          if (!flights.isOver()) run = withTurn(run, sequence, turn, clock.nowMs());
          waker.wake();
        },
        onDuplicate: () => {
          if (!flights.isOver()) run = { ...run, duplicates: run.duplicates + 1 };
        },
      },
    );
    if (flights.isOver()) return;
    if (isEnded) return onLate?.(answer);
    fold(sequence, answer);
    waker.wake();
  };

  while (!signal.aborted) {
    const step = pace(run, clock.nowMs());
    if (step.kind === 'end') break;
    if (step.kind === 'send') void send();
    else await waker.sleep(step.untilMs - clock.nowMs());
  }
  isEnded = true;
  waker.close();
  const isQuiet = run.echoes.length > 0 && run.echoes.every(({ answer }) => answer === null);
  if (onLate !== undefined && isQuiet && !signal.aborted) {
    signal.addEventListener('abort', () => flights.end(), { once: true });
  } else flights.end();
  return departed(run);
}
