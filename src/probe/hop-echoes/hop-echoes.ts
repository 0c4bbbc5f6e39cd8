import { methodFor } from '../../domain/prober.ts';
import { roundMs, summariseRtts } from '../../domain/statistics.ts';
import { type HopEchoes, type HopEchoesEvidence, hopEchoesCommand } from '../../evidence/hop-echoes.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import { rttsOf } from '../ping/echo.ts';
import { jitterOf } from '../ping/jitter.ts';
import type { HopEchoesOptions, HopEchoesPorts, PathPlace } from './options.ts';
import { createHopPace, patienceOf } from './pace.ts';
import { completePath, pathOf } from './path.ts';
import { rowOf } from './row.ts';
import type { HopRun, HopStep } from './run.ts';
import { runHopEchoes } from './run.ts';

/** Between two echoes to the same hop, unless that makes more than one echo in `SPACING_MS` for all hops together. */
const INTERVAL_MS = 10;
const SPACING_MS = 1.2;
/** Between two tellings of how far it has got. */
const TELL_EVERY_MS = 200;

/**
 * Sends echoes (RFC 792, RFC 4443 4) to every router of a path by its own address and to the target, all at the same
 * time, so that what the hops meet can be compared. Echo replies are no errors: routers that answer them at all do not
 * limit them as a rule, and the probes that elicit errors stay few. Ends when the counts are there and decide, within
 * `longestMs` and the time of one answer, and as soon as the signal aborts.
 */
export async function hopEchoes(
  options: HopEchoesOptions,
  ports: HopEchoesPorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<HopEchoesEvidence> {
  const { clock, prober, random } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const slowestMs = Math.max(0, ...(options.trace?.hops ?? []).map(({ rttMs }) => rttMs?.max ?? 0));
  const traced = pathOf(options.trace, options.address, options.distance);
  const path = await completePath(traced, options.address, slowestMs, ports, signal);
  const sound = (runs: readonly HopRun[], nowMs: number) => {
    const patienceMs = patienceOf(runs, slowestMs);
    // Those sent since then are left out, answered or not: of the late ones only the answered would be there.
    return path.map((place, index) => summaryOf(place, runs[index], nowMs - patienceMs));
  };
  const next = createHopPace(
    { ...options, slowestMs, undecided: (runs, nowMs) => options.undecided(sound(runs, nowMs)) },
    startedMs,
  );
  let tellAtMs = startedMs + TELL_EVERY_MS;
  const tell = (runs: readonly HopRun[], nowMs: number): void => {
    const untilMs = nowMs - patienceOf(runs, slowestMs);
    onEvent({ kind: 'hop-echoes', rows: path.map((place, index) => rowOf(place, index, runs[index], untilMs)) });
  };
  const pace = (runs: readonly HopRun[], nowMs: number): HopStep => {
    if (nowMs >= tellAtMs) {
      tellAtMs = nowMs + TELL_EVERY_MS;
      tell(runs, nowMs);
    }
    return next(runs, nowMs);
  };
  // Never in step with what loses every n-th packet, or with one another.
  const intervalMs = (runs: readonly HopRun[]) => Math.max(INTERVAL_MS, runs.length * SPACING_MS) * (0.5 + random());
  const addresses = path.map(({ address }) => address);
  const runs = await runHopEchoes(addresses, pace, intervalMs, ports, signal);
  const endMs = clock.nowMs() + (signal.aborted ? 0 : patienceOf(runs, slowestMs));
  tell(runs, endMs);
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: hopEchoesCommand(options.address, options.count),
    ...(signal.aborted && { cutShort: true as const }),
    method: methodFor(prober, 'echo'),
    address: options.address,
    hops: sound(runs, endMs),
  };
}

/** What was sent up to a time, and what came of it. */
function summaryOf(place: PathPlace, run: HopRun | undefined, untilMs: number): HopEchoes {
  const echoes =
    run?.echoes.echoes.filter(({ sentAtMs, isWaiting }) => sentAtMs <= untilMs && isWaiting !== true) ?? [];
  const rtts = rttsOf(echoes);
  return {
    ...place,
    sent: echoes.length,
    received: rtts.length,
    rttMs: summariseRtts(rtts),
    jitterMs: jitterOf(echoes),
  };
}
