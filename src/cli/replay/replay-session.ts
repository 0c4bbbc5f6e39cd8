import type { Clock } from '../../domain/ports.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { Flow } from '../../flow/flow.ts';
import type { SessionMessage, StartSession } from '../../session/live/session-client.ts';
import { type Replied, replay } from '../../session/replay/replay.ts';
import { planOf } from '../../session/tasks/plan-of.ts';
import { recordedEvents } from '../../session/view/recorded-events.ts';
import type { SessionEvent } from '../../session/view/session-event.ts';
import { wordReport } from '../check/word.ts';
import { recordedOf, withComparison } from './recorded.ts';

const NOTHING_NEW = 'a recorded run looks at nothing anew';

/** A session for the wizard that shows a recorded run as it went, in its own time. Sends nothing. */
export function replaySession(report: Report, flow: Flow, lang: Language, clock: Clock): StartSession {
  return (_, onMessage) => {
    const over = new AbortController();
    let onChoice: (choice: string) => void = () => undefined;
    let onBack: (id: string, answer: string | null) => void = () => undefined;
    const tell = (event: SessionEvent) => send({ kind: 'event', event });
    const send = (message: SessionMessage) => {
      if (!over.signal.aborted) onMessage(message);
    };
    /** Whether the choice needs no look at anything; says so where it does. */
    const isTaken = (id: string, choice: string): boolean => {
      const node = flow.nodes[id];
      const input = node?.kind === 'ask' ? (node.choices[choice]?.input ?? null) : null;
      if (input !== null)
        tell({ kind: 'input-refused', id, input, why: 'unseen', message: NOTHING_NEW, example: null });
      return input === null;
    };
    const run = async (): Promise<void> => {
      const recorded = recordedOf(report, flow);
      const { context } = recorded;
      const answers = new Map(recorded.answers);
      const plan = planOf(flow, context, lang);
      tell({ kind: 'started', flow: flow.name, target: context.target, deadlineMs: report.durationMs, plan });
      if (context.address !== null) tell({ kind: 'address-chosen', address: context.address });
      const played = play(report, clock, over.signal, tell);
      const tookMs = new Map(report.steps.map(({ id, durationMs }) => [id, durationMs]));
      for (let isFirst = true; !over.signal.aborted; isFirst = false) {
        const pace = (id: string) => (isFirst ? clock.sleep(tookMs.get(id) ?? 0, over.signal) : Promise.resolve());
        const ask = (id: string) =>
          new Promise<Replied>((settle) => {
            onChoice = (choice) => {
              if (!isTaken(id, choice)) return;
              answers.set(id, choice);
              settle({ choice, sockets: null });
            };
          });
        const takenBack = new Promise<void>((settle) => {
          onBack = (id, answer) => {
            if (answer !== null && !isTaken(id, answer)) return;
            answers.delete(id);
            if (answer !== null) answers.set(id, answer);
            settle();
          };
        });
        // A walk whose answer was taken back says no more.
        const current = new AbortController();
        const tellCurrent = (event: SessionEvent) => {
          if (!current.signal.aborted) tell(event);
        };
        const walked = replay(flow, { ...recorded, answers }, lang, tellCurrent, ask, pace).then(async (result) => {
          if (isFirst) await played;
          const worded = await wordReport(flow, result, lang, report.from);
          tellCurrent({ kind: 'concluded', report: withComparison(worded, report) });
        });
        await Promise.race([takenBack, walked.then(() => takenBack)]);
        current.abort();
        tell({ kind: 'walk-restarted' });
      }
    };
    run().catch((error: unknown) => send({ kind: 'failed', message: String(error) }));
    return {
      goOn: () => undefined,
      answer: (_id, choice) => onChoice(choice),
      back: (id, answer) => onBack(id, answer),
      end: () => over.abort(),
    };
  };
}

/** Tells what the probes told, when they did. */
async function play(
  report: Report,
  clock: Clock,
  signal: AbortSignal,
  tell: (event: SessionEvent) => void,
): Promise<void> {
  const startedMs = clock.nowMs();
  for (const { atMs, event } of recordedEvents(report)) {
    await clock.sleep(Math.max(0, startedMs + atMs - clock.nowMs()), signal);
    if (signal.aborted) return;
    tell(event);
  }
}
