import { lackOf, methodFor } from '../../domain/prober.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import { type TargetAnswer, type TraceEvidence, traceCommand } from '../../evidence/trace.ts';
import type { Extent } from './extent.ts';
import { extentOf } from './extent.ts';
import { hopsOf, outcomeOf } from './hops.ts';
import { odditiesOf } from './oddities.ts';
import type { TraceOptions, TracePorts } from './options.ts';
import { planOf, vehicleOf } from './options.ts';
import { nextShots } from './pace.ts';
import type { TraceRun } from './run.ts';
import { NO_SHOTS, runTrace } from './run.ts';
import { stopOf } from './stop.ts';
import { abilityOf } from './vehicle.ts';

/**
 * Finds the routers on the way to an address by echoes, datagrams or SYNs with growing TTL (RFC 792, RFC 4443 3.3),
 * asking no router for more than six errors. All that routers may hash to balance load stays the same in one flow
 * (Augustin et al. 2006). Ends after two or three round trips where the target answers, after about a second where the
 * path falls silent, and as soon as the signal aborts. What this machine refused to send is no hop: `hops` is then
 * empty. Without an engine that can send such a probe, `method` is null.
 */
export async function trace(
  options: TraceOptions,
  ports: TracePorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<TraceEvidence> {
  const { clock, prober } = ports;
  const { address, gateway = null } = options;
  const plan = planOf(options);
  const vehicle = vehicleOf(options);
  const { flows } = plan;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const unavailable = prober === null ? ports.unavailable : lackOf(prober, abilityOf(vehicle.protocol));
  const isSending = prober !== null && unavailable === null;
  const pace = (run: TraceRun, nowMs: number) => nextShots(run, plan, startedMs, nowMs);
  const run = isSending
    ? await runTrace({ vehicle, flows, loops: plan, pace }, { prober, clock }, signal, onEvent)
    : NO_SHOTS;
  const extent = extentOf(run.shots, plan);
  const afterMs = clock.nowMs() - startedMs;
  const targetAnswer = targetAnswerOf(extent);
  const oddities = odditiesOf(run.shots, extent, { address, gateway });
  return {
    startedAt,
    durationMs: roundMs(afterMs),
    equivalent: traceCommand(vehicle.address, vehicle.protocol, vehicle.port),
    ...(signal.aborted && { cutShort: true as const }),
    method: isSending ? methodFor(prober, abilityOf(vehicle.protocol)) : null,
    unavailable,
    address,
    protocol: vehicle.protocol,
    ...(vehicle.protocol !== 'icmp' && { port: vehicle.port }),
    outcome: outcomeOf(extent),
    ...(isSending && { stopReason: stopOf(run, extent, plan, { afterMs, isAborted: signal.aborted }) }),
    hops: hopsOf(run.shots, extent),
    loop: extent.loop?.addresses ?? [],
    ...(targetAnswer !== null && { targetAnswer }),
    ...(oddities.length > 0 && { oddities }),
    ...(flows > 1 && { flows }),
  };
}

function targetAnswerOf({ target }: Extent): TargetAnswer | null {
  if (target === null || target.answer.how === null) return null;
  return { kind: target.answer.how, ttl: target.ttl, replyTtl: target.answer.replyTtl };
}
