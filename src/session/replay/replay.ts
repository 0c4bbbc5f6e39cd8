import type { Context } from '../../analysis/context.ts';
import type { ProbeName } from '../../domain/outcome.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { SocketsEvidence } from '../../evidence/sockets.ts';
import type { Flow } from '../../flow/flow.ts';
import type { SessionEvent } from '../view/session-event.ts';
import type { SessionResult } from '../walk/result.ts';
import { walk } from '../walk/walk.ts';

export type Recorded = {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly context: Context;
  readonly evidence: Evidence;
  /** Answers that a person gave, by question; those in place of a probe as well. */
  readonly answers: ReadonlyMap<string, string>;
};

/** What a person chose; `sockets`: what was read of the target's own where that was given with it, null for nothing new. */
export type Replied = { readonly choice: string; readonly sockets: SocketsEvidence | null };

/**
 * Walks the flow again on recorded evidence. Sends nothing and reads no clock: same evidence, same verdict. A question
 * without a recorded answer goes to `ask`; null from it is what nobody's answer is.
 */
export async function replay(
  flow: Flow,
  recorded: Recorded,
  lang: Language,
  onEvent: (event: SessionEvent) => void,
  ask: (id: string) => Promise<Replied | null> = async () => null,
  /** Settles when a question, by its id, may be answered: for a face that shows the run as it went. */
  pace: (id: string) => Promise<void> = async () => undefined,
): Promise<SessionResult> {
  let { evidence } = recorded;
  const known = () => ({ evidence, context: recorded.context });
  const walked = await walk(
    flow,
    {
      known,
      nowMs: () => 0,
      ready: ({ id }) => pace(id),
      byHand: (id) => recorded.answers.get(id) ?? null,
      need: async (probe) => (isRecorded(probe, recorded) ? known() : null),
      ask: async (node) => {
        const before = recorded.answers.get(node.id);
        if (before !== undefined) return before;
        const replied = await ask(node.id);
        if (replied?.sockets != null) evidence = { ...evidence, sockets: replied.sockets };
        return replied?.choice ?? node.unattended;
      },
    },
    lang,
    onEvent,
  );
  return { flow: flow.name, ...recorded, evidence, ...walked };
}

/** Whether the recorded run got as far as this probe. */
function isRecorded(probe: ProbeName, { evidence, context }: Recorded): boolean {
  switch (probe) {
    case 'resolve':
    case 'lookup':
      return evidence.resolve !== undefined && !evidence.resolve.cutShort;
    case 'route':
    case 'neighbour':
      return evidence.route !== undefined && !evidence.route.cutShort;
    case 'ping':
    case 'late':
      return evidence.ping !== undefined && !evidence.ping.cutShort;
    case 'connect':
      return context.target.port === null || (evidence.connect !== undefined && !evidence.connect.cutShort);
    case 'alive':
      return evidence.connect !== undefined && !evidence.connect.cutShort;
    case 'trace':
      return evidence.trace !== undefined && !evidence.trace.cutShort;
    // A run that had no time left for them did without, and concluded.
    case 'hops':
      return !evidence.hopEchoes?.cutShort;
    case 'port-trace':
      return !evidence.portTrace?.cutShort;
    // Nothing is sent where no echo was answered, and a report of before there was such a probe has none.
    case 'mtu':
      return !evidence.mtu?.cutShort;
    case 'tls':
      return evidence.tls !== undefined && !evidence.tls.cutShort;
    // Nobody asks where none is named, and a report of before there were such probes has neither.
    case 'http':
      return !evidence.http?.cutShort;
    case 'service':
      return !evidence.tls?.cutShort && !evidence.http?.cutShort;
    case 'proxy':
      return !evidence.proxy?.cutShort;
    case 'sockets':
    case 'bound':
      return true;
  }
}
