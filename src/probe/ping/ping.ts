import { lackOf, methodFor } from '../../domain/prober.ts';
import { roundMs, summariseRtts } from '../../domain/statistics.ts';
import { type OtherEcho, type PingEvidence, pingCommand } from '../../evidence/ping.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import { countErrors } from './count-errors.ts';
import type { EchoRun } from './echo.ts';
import { EMPTY_RUN, errorsOf, rttsOf } from './echo.ts';
import { jitterOf } from './jitter.ts';
import type { PingOptions, PingPorts } from './options.ts';
import { planOf } from './options.ts';
import { pingOther } from './others.ts';
import { lostOf } from './overdue.ts';
import { nextEcho } from './pace.ts';
import { runEchoes } from './run.ts';
import { wilsonPercent } from './wilson.ts';

/** With the first address, as many as a client tries before its user gives up. */
const MOST_OTHERS = 7;

/**
 * Sends echoes (RFC 792, RFC 4443 4) to the address, and a few to the others at the same time. Ends with the last
 * answer where all is well, after about three errors where there are errors, after `patienceMs` where there is silence,
 * and as soon as the signal aborts. Without an engine that can send an echo nothing is sent and `method` is null.
 */
export async function ping(
  options: PingOptions,
  ports: PingPorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<PingEvidence> {
  const { clock, prober } = ports;
  const { address, onLate } = options;
  const plan = planOf(options);
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const unavailable = prober === null ? ports.unavailable : lackOf(prober, 'echo');
  let run: EchoRun = EMPTY_RUN;
  let others: readonly OtherEcho[] = [];
  if (prober !== null && unavailable === null) {
    const pace = (soFar: EchoRun, nowMs: number) => nextEcho(soFar, plan, startedMs, nowMs);
    const { payloadBytes } = plan;
    // One listener at the caller's signal, however many addresses are asked.
    const within = new AbortController();
    const stop = (): void => within.abort();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    [run, others] = await Promise.all([
      runEchoes({ address, payloadBytes, pace, ...(onLate && { onLate }) }, { prober, clock }, within.signal, onEvent),
      Promise.all(
        options.others
          .slice(0, MOST_OTHERS)
          .map((other) => pingOther({ address: other, payloadBytes }, { prober, clock }, within.signal)),
      ),
    ]);
    if (onLate === undefined) signal.removeEventListener('abort', stop);
  }
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: pingCommand(address, plan.count, plan.payloadBytes),
    ...(signal.aborted && { cutShort: true as const }),
    method: prober === null || unavailable !== null ? null : methodFor(prober, 'echo'),
    unavailable,
    address,
    ...summaryOf(run, signal.aborted ? clock.nowMs() : Infinity),
    others,
  };
}

type Summary = Pick<
  PingEvidence,
  | 'sent'
  | 'received'
  | 'lossPercent'
  | 'lossInterval'
  | 'duplicates'
  | 'rttMs'
  | 'jitterMs'
  | 'replyTtl'
  | 'errors'
  | 'localError'
  | 'lost'
>;

/** An echo that could still be answered at `judgedAtMs`, when a run was ended early, is neither lost nor received. */
function summaryOf({ echoes, refusals, fullAtMs, duplicates }: EchoRun, judgedAtMs: number): Summary {
  const rtts = rttsOf(echoes);
  const sent = echoes.length;
  const received = rtts.length;
  const lost = lostOf(echoes, judgedAtMs);
  const judged = received + lost.length;
  const errorTtl = echoes.flatMap(({ answer }) => (answer?.kind === 'error' ? [answer.replyTtl ?? []].flat() : []))[0];
  const replyTtls = echoes.flatMap(({ answer }) => (answer?.kind === 'reply' ? [answer.replyTtl] : []));
  return {
    sent,
    received,
    lossPercent: judged === 0 ? null : Math.round((lost.length / judged) * 1e4) / 100,
    lossInterval: wilsonPercent(lost.length, judged),
    duplicates,
    rttMs: summariseRtts(rtts),
    jitterMs: jitterOf(echoes),
    replyTtl: replyTtls[0] ?? null,
    errors: countErrors(errorsOf(echoes)),
    ...(errorTtl !== undefined && { errorTtl }),
    // A queue that passes now and then is no refusal; one that never did is.
    localError: refusals[0] ?? (sent === 0 && fullAtMs !== null ? 'ENOBUFS' : null),
    lost: lost.map(({ sequence }) => sequence).sort((a, b) => a - b),
  };
}
