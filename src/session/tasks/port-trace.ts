import { distanceFromTtl } from '../../analysis/ping-distance.ts';
import type { IpAddress } from '../../domain/address.ts';
import { methodFor, type Prober } from '../../domain/prober.ts';
import { transportOf } from '../../domain/target.ts';
import { resetTtl } from '../../probe/connect/reset-ttl.ts';
import { trace } from '../../probe/trace/trace.ts';
import type { TaskContext } from './context.ts';
import { MAX_HOPS, PORT_TRACE_MARGIN_MS, PORT_TRACE_MS, RESET_TIMEOUT_MS, TRACE_PORTS } from './pace.ts';

/** How far the asked port's own packets come, beside the usual trace. */
export async function portTraceTask(context: TaskContext): Promise<void> {
  const { target, ports, signal, known, signs, record } = context;
  const { prober } = ports;
  const address = await context.chosen();
  const { port } = target;
  if (address === null || port === null || prober === null || ports.machine.owns(address)) return;
  // A run of many targets has its one probe a hop, of the usual trace.
  if (ports.paths !== undefined) return;
  const protocol = transportOf(target.scheme);
  if (
    known.asked?.state === 'closed' &&
    (protocol === 'udp' || !(await isResetStrange(address, port, prober, context)))
  ) {
    return;
  }
  // Beside an open port it is to show who accepts: then the opening is no reason to end it.
  const isOpen = signs.opened.signal.aborted;
  const longestMs = Math.min(PORT_TRACE_MS, context.leftMs() - PORT_TRACE_MARGIN_MS);
  if (longestMs <= 0) return;
  const sourcePort = TRACE_PORTS.first + Math.floor(ports.random() * TRACE_PORTS.count);
  const knownErrorFrom = known.firstErrorFrom ?? known.asked?.icmp?.from ?? null;
  const expiredFrom = known.asked?.icmp?.kind === 'time-exceeded' ? known.asked.icmp.from : known.expiredFrom;
  const beside = Promise.race([context.job('trace'), ports.clock.sleep(longestMs, signal)]);
  const found = await trace(
    { address, protocol, port, sourcePort, maxHops: MAX_HOPS, knownErrorFrom, expiredFrom, longestMs },
    ports,
    isOpen ? signal : AbortSignal.any([signal, signs.opened.signal]),
    () => undefined,
  );
  if (signs.opened.signal.aborted && !isOpen) return;
  await beside;
  record({ portTrace: found });
}

/**
 * Whether the RST of a closed port came from another distance than the echo reply of the host; an engine that sees no
 * TTL finds out by the trace.
 */
async function isResetStrange(address: IpAddress, port: number, by: Prober, context: TaskContext): Promise<boolean> {
  const { signal, known, job } = context;
  const [ttl] = await Promise.all([
    resetTtl({ address, port, timeoutMs: RESET_TIMEOUT_MS }, by, signal),
    job('ping'),
    job('connect'),
  ]);
  const { ping, connect } = known.evidence;
  const echoTtl = ping?.replyTtl ?? null;
  if (ttl === null && methodFor(by, 'syn') === 'kernel') return connect?.resetFromAfar !== false;
  if (ttl === null || connect === undefined) return false;
  known.evidence = { ...known.evidence, connect: { ...connect, resetTtl: ttl } };
  return echoTtl !== null && distanceFromTtl(ttl) !== distanceFromTtl(echoTtl);
}
