import type { IpAddress } from '../../domain/address.ts';
import type { Clock, SocketSource } from '../../domain/ports.ts';
import { type Target, transportOf } from '../../domain/target.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { ChoiceInput } from '../../flow/flow.ts';
import { sockets } from '../../probe/sockets.ts';
import type { Answer, Ask, Ready } from '../live/run-session.ts';
import { type Replied, replay } from '../replay/replay.ts';
import type { SessionOptions } from '../tasks/session-options.ts';
import type { RefusedInput, SessionEvent } from '../view/session-event.ts';
import type { SessionResult } from '../walk/result.ts';
import type { Person, Said } from './person.ts';

/** What a person gave with a choice, opened; or why it is of no use. */
export type OpenedInput =
  | { readonly kind: 'ok'; readonly source: SocketSource }
  | ({ readonly kind: 'refused' } & Pick<RefusedInput, 'why' | 'message' | 'example'>);

export type DialoguePorts = {
  readonly clock: Clock;
  /** Runs the session live; `given`: where a person said to look, null where nobody did. */
  readonly measure: (
    session: SessionOptions,
    given: SocketSource | null,
    person: { readonly ask: Ask; readonly ready: Ready },
    signal: AbortSignal,
    onEvent: (event: SessionEvent) => void,
  ) => Promise<SessionResult>;
  readonly open: (input: ChoiceInput, text: string, target: Target, signal: AbortSignal) => Promise<OpenedInput>;
  /** Puts a result into words, with the catalogue. */
  readonly word: (result: SessionResult) => Promise<Report>;
};

/**
 * One session and every answer of it that is taken back. The verdict comes first: a question to a person is passed with
 * nobody's answer, until the person takes that back. A new answer is walked on the evidence that is there; where it
 * leads to a probe that never ran, the session runs anew with the answers as they are now. Never settles: the wizard
 * ends the process that it runs in.
 */
export async function runDialogue(
  session: SessionOptions,
  person: Person,
  ports: DialoguePorts,
  onEvent: (event: SessionEvent) => void,
): Promise<never> {
  const answers = new Map(session.answers);
  /** Where a person said to look, by the question that it answered. */
  const given = new Map<string, SocketSource>();
  /** The questions that a person wants to answer, and what was said of them together with that. */
  const wanted = new Map<string, Said | null>();
  let recorded: SessionResult | null = null;
  for (;;) {
    const current = new AbortController();
    const { signal } = current;
    const takenBack = person.takenBack(current);
    const ask = async (id: string): Promise<Answer | null> => {
      const said = wanted.get(id);
      if (said === undefined) return nobodysAnswer(id, session);
      wanted.set(id, null);
      const answer = await usableAnswer(id, said, session, person, ports, signal, onEvent);
      if (answer === null) return null;
      answers.set(id, answer.choice);
      if (answer.sockets !== null) given.set(id, answer.sockets);
      return answer;
    };
    const result: SessionResult =
      recorded === null
        ? await ports.measure(
            { ...session, answers: new Map(answers) },
            [...given.values()].at(-1) ?? null,
            { ask, ready: person.ready },
            signal,
            onEvent,
          )
        : await replay(
            session.flow,
            { ...recorded, answers },
            session.lang,
            onEvent,
            lookWith(ask, recorded.context.address, session.target, ports.clock, signal),
          );
    if (!signal.aborted) {
      if (recorded !== null && result.ending.kind === 'unfinished') {
        recorded = null;
        continue;
      }
      onEvent({ kind: 'concluded', report: await ports.word(result) });
    }
    const { id, answer, input } = await takenBack;
    answers.delete(id);
    if (session.flow.nodes[id]?.kind === 'ask') wanted.set(id, answer === null ? null : { choice: answer, input });
    else if (answer !== null) answers.set(id, answer);
    onEvent({ kind: 'walk-restarted' });
    recorded = given.delete(id) ? withoutSockets(result) : result;
  }
}

/** What `check` goes on with, where nobody is asked. */
function nobodysAnswer(id: string, { flow }: SessionOptions): Answer | null {
  const node = flow.nodes[id];
  return node?.kind === 'ask' ? { choice: node.unattended, sockets: null } : null;
}

/** What a person answers, `first` where that is known already; what is of no use with it is told, and asked for again. */
async function usableAnswer(
  id: string,
  first: Said | null,
  { flow, target }: SessionOptions,
  person: Person,
  ports: DialoguePorts,
  signal: AbortSignal,
  onEvent: (event: SessionEvent) => void,
): Promise<Answer | null> {
  const node = flow.nodes[id];
  for (let known = first; ; known = null) {
    const said = known ?? (await person.ask(id, signal));
    if (said === null) return null;
    const input = node?.kind === 'ask' ? (node.choices[said.choice]?.input ?? null) : null;
    if (input === null) return { choice: said.choice, sockets: null };
    const opened = await ports.open(input, said.input ?? '', target, signal);
    if (opened.kind === 'ok') return { choice: said.choice, sockets: opened.source };
    const { why, message, example } = opened;
    onEvent({ kind: 'input-refused', id, input, why, message, example });
  }
}

/** In a replay only the sockets that a person names are read anew. */
function lookWith(
  ask: (id: string) => Promise<Answer | null>,
  address: IpAddress | null,
  target: Target,
  clock: Clock,
  signal: AbortSignal,
) {
  return async (id: string): Promise<Replied | null> => {
    const answer = await ask(id);
    if (answer === null || answer.sockets === null || address === null) return answer && { ...answer, sockets: null };
    const asked = { targetAddress: address, port: target.port, protocol: transportOf(target.scheme) };
    const seen = await sockets(asked, { source: answer.sockets, clock }, signal);
    return { choice: answer.choice, sockets: seen ?? null };
  };
}

function withoutSockets(result: SessionResult): SessionResult {
  const { sockets: _, ...evidence } = result.evidence;
  return { ...result, evidence };
}
