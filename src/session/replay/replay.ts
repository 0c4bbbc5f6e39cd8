import type { Context } from '../../analysis/context.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { SocketsEvidence } from '../../evidence/sockets.ts';
import type { Flow } from '../../flow/flow.ts';
import { SESSION_PROBES } from '../tasks/probes.ts';
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
      need: async (probe) => (SESSION_PROBES[probe].isRecorded(recorded.evidence, recorded.context) ? known() : null),
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
