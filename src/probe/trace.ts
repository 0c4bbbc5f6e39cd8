import { familyOf } from '../domain/address.ts';
import type { TraceEvidence } from '../domain/evidence.ts';
import type { OnEvent } from '../domain/probe-event.ts';
import { roundMs } from '../domain/statistics.ts';
import { extentOf } from './trace-extent.ts';
import { hopsOf, outcomeOf } from './trace-hops.ts';
import type { TraceOptions, TracePorts } from './trace-options.ts';
import { planOf } from './trace-options.ts';
import { nextShots } from './trace-pace.ts';
import type { TraceRun } from './trace-run.ts';
import { runTrace } from './trace-run.ts';

const NOTHING_SENT: TraceRun = { shots: [], refusals: 0, fullAtMs: null };

/**
 * Finds the routers on the way to an address by echoes with growing TTL (RFC 792, RFC 4443 3.3), asking no router for
 * more than six errors. Ends after two or three round trips where the target answers, after about a second where the
 * path falls silent, and as soon as the signal aborts. What this machine refused to send is no hop: `hops` is then
 * empty. Without an engine that can send an echo, `method` is null.
 */
export async function trace(
  options: TraceOptions,
  ports: TracePorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<TraceEvidence> {
  const { clock, prober } = ports;
  const { address } = options;
  const plan = planOf(options);
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const unavailable = prober === null ? ports.unavailable : (prober.lacks.echo ?? null);
  const pace = (run: TraceRun, nowMs: number) => nextShots(run, plan, startedMs, nowMs);
  const { shots } =
    prober === null || unavailable !== null
      ? NOTHING_SENT
      : await runTrace({ address, knownErrorFrom: plan.knownErrorFrom, pace }, { prober, clock }, signal, onEvent);
  const extent = extentOf(shots, plan.knownErrorFrom);
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: `traceroute ${familyOf(address) === 6 ? '-6 ' : ''}-I -n ${address}`,
    ...(signal.aborted && { cutShort: true as const }),
    method: prober === null || unavailable !== null ? null : prober.method,
    unavailable,
    address,
    protocol: 'icmp',
    outcome: outcomeOf(extent),
    hops: hopsOf(shots, extent),
    loop: extent.loop?.addresses ?? [],
  };
}
