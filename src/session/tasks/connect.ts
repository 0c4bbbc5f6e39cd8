import type { ConnectState } from '../../domain/evidence.ts';
import { transportOf } from '../../domain/target.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import { connect } from '../../probe/connect/connect.ts';
import type { TaskContext } from './context.ts';
import { deferred } from './deferred.ts';
import { flowsOf } from './flows.ts';
import { CONNECT_TIMEOUT_MS, DROP_WATCH_MS, QUIET_MS } from './pace.ts';
import { schedulePortTrace } from './schedule-port-trace.ts';
import { startService } from './start-service.ts';

/** An answer of the host itself, or of something that answers for it. */
const PROVES_HOST: ReadonlySet<ConnectState> = new Set(['open', 'closed']);

export async function connectTask(context: TaskContext): Promise<void> {
  const { target, ports, signal, known, signs, record } = context;
  const addresses = await signs.addressesKnown.promise;
  if (addresses.length === 0 || target.port === null) return;
  schedulePortTrace(context);
  const opened = deferred<void>();
  const over = deferred<void>();
  const several = flowsOf(context, { opened: opened.promise, over: over.promise });
  const found = await connect(
    {
      addresses,
      port: target.port,
      protocol: transportOf(target.scheme),
      timeoutMs: CONNECT_TIMEOUT_MS,
      watchMs: DROP_WATCH_MS,
      onOpened: (address) => {
        if (address === known.primary) opened.resolve();
      },
    },
    ports,
    signal,
    (event) => heed(event, context),
  );
  over.resolve();
  const [flows] = await Promise.all([several, traceToAccepter(context)]);
  record({
    connect: { ...found, attempts: [...found.attempts, ...known.aliveAttempts] },
    ...(flows !== null && { flows }),
  });
}

/**
 * Where nothing but the port answers, its own trace shows whether it is the target that does. The echoes are waited for
 * meanwhile, and the trace by ICMP is under way.
 */
async function traceToAccepter({ target, ports, signal, known, signs, job }: TaskContext): Promise<void> {
  const { address, state, protocol } = known.asked ?? { address: null, state: null, protocol: 'tcp' };
  const isTcp = protocol === 'tcp' && transportOf(target.scheme) === 'tcp';
  if (state !== 'open' || !isTcp || address === null || ports.machine.owns(address)) return;
  if (ports.prober === null || known.rttMs !== null) return;
  const answered = new AbortController();
  const quiet = ports.clock.sleep(QUIET_MS, AbortSignal.any([signal, answered.signal])).then(() => true);
  const isQuiet = await Promise.race([quiet, signs.firstReply.promise.then(() => false)]);
  answered.abort();
  if (isQuiet && !signal.aborted) await job('port-trace');
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
