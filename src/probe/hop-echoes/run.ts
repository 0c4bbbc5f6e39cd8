import type { IpAddress } from '../../domain/address.ts';
import type { Answer } from '../../domain/prober.ts';
import { DEFAULT_ECHO_BYTES } from '../../domain/prober.ts';
import { createFlights } from '../flights.ts';
import type { EchoRun } from '../ping/echo.ts';
import { departed, EMPTY_RUN, sequenceOf, withAnswer, withRefusal, withSent, withTurn } from '../ping/echo.ts';
import { engineTimeoutMs } from '../ping/overdue.ts';
import { createWaker } from '../wake.ts';
import type { HopEchoesPorts } from './options.ts';

/** The echoes to one hop; `dueAtMs` is when the next may leave. */
export type HopRun = { readonly address: IpAddress | null; readonly echoes: EchoRun; readonly dueAtMs: number };

/** What to do next: send one echo to the hops at these indices, wait until a time of the clock port, or end. */
export type HopStep =
  | { readonly kind: 'send'; readonly hops: readonly number[] }
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'end' };

/** Sends echoes to several addresses at the pace given. Settles when the pace ends or the signal aborts. */
export async function runHopEchoes(
  addresses: readonly (IpAddress | null)[],
  pace: (hops: readonly HopRun[], nowMs: number) => HopStep,
  intervalMs: (hops: readonly HopRun[]) => number,
  { prober, clock }: HopEchoesPorts,
  signal: AbortSignal,
): Promise<readonly HopRun[]> {
  const startedMs = clock.nowMs();
  const hops: HopRun[] = addresses.map((address) => ({ address, echoes: EMPTY_RUN, dueAtMs: startedMs }));
  const flights = createFlights();
  const waker = createWaker(clock, signal);

  const change = (index: number, what: (hop: HopRun) => Partial<HopRun>): void => {
    const hop = hops[index];
    if (hop !== undefined) hops[index] = { ...hop, ...what(hop) };
  };

  const send = async (index: number, to: IpAddress): Promise<void> => {
    const sequence = sequenceOf(hops[index]?.echoes ?? EMPTY_RUN);
    const nowMs = clock.nowMs();
    const dueAtMs = nowMs + intervalMs(hops);
    change(index, ({ echoes }) => ({ echoes: withSent(echoes, nowMs), dueAtMs }));
    const answer = await prober.send(
      {
        kind: 'echo',
        to,
        ttl: null,
        timeoutMs: engineTimeoutMs(hops[index]?.echoes.echoes ?? []),
        payloadBytes: DEFAULT_ECHO_BYTES,
        dontFragment: false,
      },
      {
        signal: flights.open(),
        onTurn: (turn) => {
          if (flights.isOver()) return;
          change(index, ({ echoes }) => ({ echoes: withTurn(echoes, sequence, turn, clock.nowMs()) }));
          waker.wake();
        },
      },
    );
    if (flights.isOver()) return;
    change(index, ({ echoes }) => ({ echoes: answered(echoes, sequence, answer, clock.nowMs()) }));
    waker.wake();
  };

  while (!signal.aborted) {
    const step = pace(hops, clock.nowMs());
    if (step.kind === 'end') break;
    if (step.kind === 'wait') await waker.sleep(step.untilMs - clock.nowMs());
    else {
      for (const index of step.hops) {
        const to = hops[index]?.address ?? null;
        if (to !== null) void send(index, to);
      }
    }
  }
  flights.end();
  waker.close();
  return hops.map((hop) => ({ ...hop, echoes: departed(hop.echoes) }));
}

function answered(echoes: EchoRun, sequence: number, answer: Answer, atMs: number): EchoRun {
  switch (answer.kind) {
    case 'reply':
      return withAnswer(echoes, sequence, {
        kind: 'reply',
        atMs,
        rttMs: answer.rttMs,
        replyTtl: answer.replyTtl,
      });
    case 'icmp-error':
      return withAnswer(echoes, sequence, { kind: 'error', atMs, error: answer.error, replyTtl: answer.replyTtl });
    case 'local-error':
      return withRefusal(echoes, sequence, answer.code, atMs);
    case 'silent':
    case 'reset':
    case 'answered':
      return echoes;
  }
}
