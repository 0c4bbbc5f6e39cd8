import { lastingCode } from '../../analysis/hops.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import { ping } from '../../probe/ping/ping.ts';
import type { TaskContext } from './context.ts';
import { ECHO_INTERVAL_MS, ECHO_PATIENCE_MS, EXTENDED_COUNT } from './pace.ts';
import { scheduleQuiet } from './schedule-quiet.ts';
import { isServed } from './served.ts';

export async function pingTask(context: TaskContext): Promise<void> {
  const { options, target, ports, signal, known, signs, start, record } = context;
  const address = await context.chosen();
  if (address === null) return;
  const others = (await signs.addressesKnown.promise).filter((other) => other !== address && target.port === null);
  scheduleQuiet(context);
  const found = await ping(
    {
      address,
      others,
      count: options.count,
      intervalMs: ECHO_INTERVAL_MS,
      extendTo: Math.max(EXTENDED_COUNT, options.count),
      patienceMs: ECHO_PATIENCE_MS,
      onLate: (answer) => signs.lateAnswer.resolve(answer),
    },
    ports,
    signal,
    (event) => heed(event, context),
  );
  const late = known.evidence.ping?.late;
  record({ ping: late === undefined ? found : { ...found, late } });
  if (lastingCode(known.evidence, options) !== null && isServed(context)) start('hops');
}

/** Tells the others what an echo showed, while the rest are still on their way. */
function heed(event: ProbeEvent, context: TaskContext): void {
  const { ports, known, signs, start } = context;
  context.progress('ping', event);
  if (event.kind === 'echo-answered') {
    signs.answered.abort();
    known.rttMs ??= event.rttMs;
    signs.firstReply.resolve(event);
    start('mtu');
    signs.isUp.resolve(event);
  }
  if (isWorthPlacing(event, context) && ports.prober !== null && isServed(context)) start('trace');
  if (event.kind === 'echo-error') {
    known.firstErrorFrom ??= ports.machine.owns(event.error.from) ? null : event.error.from;
    if (event.error.kind === 'time-exceeded') known.expiredFrom ??= event.error.from;
    signs.troubled.resolve();
  }
}

/** Echoes beyond the count are sent because one was lost, and one slow reply makes the others likely to be slow. */
function isWorthPlacing(event: ProbeEvent, { options }: TaskContext): boolean {
  if (event.kind === 'echo-sent') return event.sequence >= options.count;
  return event.kind === 'echo-answered' && event.rttMs > options.thresholds.slowMs;
}
