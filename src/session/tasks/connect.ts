import type { ConnectState } from '../../domain/evidence.ts';
import { transportOf } from '../../domain/target.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import { connect } from '../../probe/connect/connect.ts';
import type { TaskContext } from './context.ts';
import { CONNECT_TIMEOUT_MS, DROP_WATCH_MS } from './pace.ts';
import { schedulePortTrace } from './schedule-port-trace.ts';
import { startService } from './start-service.ts';

/** An answer of the host itself, or of something that answers for it. */
const PROVES_HOST: ReadonlySet<ConnectState> = new Set(['open', 'closed']);

export async function connectTask(context: TaskContext): Promise<void> {
  const { target, ports, signal, known, signs, record } = context;
  const addresses = await signs.addressesKnown.promise;
  if (addresses.length === 0 || target.port === null) return;
  schedulePortTrace(context);
  const found = await connect(
    {
      addresses,
      port: target.port,
      protocol: transportOf(target.scheme),
      timeoutMs: CONNECT_TIMEOUT_MS,
      watchMs: DROP_WATCH_MS,
    },
    ports,
    signal,
    (event) => heed(event, context),
  );
  record({ connect: { ...found, attempts: [...found.attempts, ...known.aliveAttempts] } });
}

/** Tells the others what an address said, while the rest are still silent. */
function heed(event: ProbeEvent, context: TaskContext): void {
  const { known, signs, progress } = context;
  progress('connect', event);
  if (event.kind !== 'attempt') return;
  if (PROVES_HOST.has(event.attempt.state)) signs.answered.abort();
  if (event.attempt.address !== known.primary) return;
  known.asked = event.attempt;
  if (event.attempt.state === 'open') signs.opened.abort();
  if (event.attempt.state === 'open' && event.attempt.dropped === null) startService(context);
  signs.portAnswered.resolve();
}
