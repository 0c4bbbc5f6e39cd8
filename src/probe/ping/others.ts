import type { IpAddress } from '../../domain/address.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Prober } from '../../domain/prober.ts';
import type { OtherEcho } from '../../evidence/ping.ts';
import { countErrors } from './count-errors.ts';
import type { EchoRun } from './echo.ts';
import { errorsOf, rttsOf } from './echo.ts';
import { pendingUntilMs } from './overdue.ts';
import type { PingStep } from './pace.ts';
import { runEchoes } from './run.ts';

const COUNT = 4;
const INTERVAL_MS = 50;
/** After an error: the routers on the way limit their errors towards this machine over all addresses together. */
const REPEAT_MS = 250;
const PATIENCE_MS = 1500;
const FULL_QUEUE_PAUSE_MS = 20;

/** A few echoes to one address beside the one that the walk is about. */
export async function pingOther(
  options: { readonly address: IpAddress; readonly payloadBytes: number },
  ports: { readonly prober: Prober; readonly clock: Clock },
  signal: AbortSignal,
): Promise<OtherEcho> {
  const startedMs = ports.clock.nowMs();
  const pace = (run: EchoRun, nowMs: number) => nextOther(run, startedMs, nowMs);
  const run = await runEchoes({ ...options, pace }, ports, signal, () => undefined);
  return {
    address: options.address,
    sent: run.echoes.length,
    received: rttsOf(run.echoes).length,
    errors: countErrors(errorsOf(run.echoes)),
    localError: run.refusals[0] ?? null,
  };
}

function nextOther({ echoes, refusals, fullAtMs }: EchoRun, startedMs: number, nowMs: number): PingStep {
  const errors = errorsOf(echoes).length;
  const endMs = startedMs + PATIENCE_MS;
  if (refusals.length >= 2 || errors >= 2 || nowMs >= endMs) return { kind: 'end' };
  if (echoes.length < COUNT) {
    const spacedMs = Math.max(
      startedMs,
      ...echoes.map((echo) => echo.sentAtMs + (errors > 0 ? REPEAT_MS : INTERVAL_MS)),
    );
    const nextMs = Math.max(spacedMs, fullAtMs === null ? spacedMs : fullAtMs + FULL_QUEUE_PAUSE_MS);
    return nowMs >= nextMs ? { kind: 'send' } : { kind: 'wait', untilMs: Math.min(nextMs, endMs) };
  }
  if (echoes.every(({ answer }) => answer !== null)) return { kind: 'end' };
  if (rttsOf(echoes).length === 0) return { kind: 'wait', untilMs: endMs };
  const nextMs = pendingUntilMs(echoes, nowMs)[0];
  return nextMs === undefined ? { kind: 'end' } : { kind: 'wait', untilMs: Math.min(nextMs, endMs) };
}
