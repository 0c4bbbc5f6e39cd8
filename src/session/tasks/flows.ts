import type { ConnectAttempt, ConnectState } from '../../domain/evidence.ts';
import { transportOf } from '../../domain/target.ts';
import type { FlowsEvidence } from '../../evidence/flows.ts';
import { flows } from '../../probe/flows/flows.ts';
import type { TaskContext } from './context.ts';
import { CONNECT_TIMEOUT_MS, DROP_WATCH_MS, PORT_QUIET_MS } from './pace.ts';

/** What a first connection says where further ones may say something else; an ICMP error costs its sender one of few. */
const WORTH_MORE: ReadonlySet<ConnectState> = new Set(['open', 'closed', 'filtered']);

/** What is known of the first connection at the address that the walk is about, while it goes on. */
export type FirstConnection = {
  readonly opened: Promise<void>;
  /** Settles when it is over, or has not been made. */
  readonly over: Promise<void>;
};

/**
 * Further attempts at the asked TCP port, as soon as the first one was answered, or has been silent for a while at a host
 * that is up; null where there is no reason for them.
 */
export async function flowsOf(context: TaskContext, connection: FirstConnection): Promise<FlowsEvidence | null> {
  const { target, ports, signal, known, signs } = context;
  const { clock, machine } = ports;
  const address = await context.chosen();
  const { port } = target;
  if (address === null || port === null || transportOf(target.scheme) === 'udp' || machine.owns(address)) return null;
  const startedMs = clock.nowMs();
  let isOpened = false;
  const opened = connection.opened.then(() => {
    isOpened = true;
  });
  const isUp = signs.isUp.promise.then(({ rttMs }) => rttMs);
  const quiet = isUp.then(() => clock.sleep(Math.max(0, PORT_QUIET_MS - (clock.nowMs() - startedMs)), signal));
  await Promise.race([opened, signs.portAnswered.promise, connection.over, quiet, context.over]);
  const first = (): ConnectAttempt | 'opened' | null => known.asked ?? (isOpened ? 'opened' : null);
  const said = first();
  const isUpByNow = said === 'opened' || said === null || said.state !== 'filtered' || known.rttMs !== null;
  if (signal.aborted || !isUpByNow) return null;
  if (said !== null && said !== 'opened' && !WORTH_MORE.has(said.state)) return null;
  const openMs = isOpened ? clock.nowMs() - startedMs : null;
  const rttMs = known.rttMs ?? openMs;
  return flows(
    {
      address,
      port,
      first,
      settled: connection.over,
      rttMs,
      timeoutMs: Math.max(0, Math.min(CONNECT_TIMEOUT_MS, context.leftMs())),
      watchMs: DROP_WATCH_MS,
    },
    ports,
    signal,
  );
}
