import type { IpAddress } from '../../domain/address.ts';
import type { SocketSource } from '../../domain/ports.ts';
import { type Target, transportOf } from '../../domain/target.ts';
import { vantageText } from '../../domain/vantage.ts';
import { sockets } from '../../probe/sockets.ts';
import type { Answer } from '../../session/live/run-session.ts';
import type { SessionCommand, SessionMessage, SessionRequest } from '../../session/live/session-client.ts';
import { type Replied, replay } from '../../session/replay/replay.ts';
import type { SessionOptions } from '../../session/tasks/session-options.ts';
import type { SessionEvent } from '../../session/view/session-event.ts';
import type { SessionResult } from '../../session/walk/result.ts';
import { systemClock } from '../../system/clock.ts';
import { reverseName } from '../../system/dns/reverse-name.ts';
import { UserError } from '../common/user-error.ts';
import { measureFrom } from '../engine/measure-from.ts';
import type { CheckOptions } from '../options/check-options.ts';
import { hopNames } from '../trace/names.ts';
import { givenSockets } from './given-sockets.ts';
import { pastedFile } from './pasted-file.ts';
import { prepare } from './prepare.ts';
import { targetSockets } from './target-sockets.ts';
import { vantagesOf } from './vantages-of.ts';
import { wordReport } from './word.ts';

/**
 * The wizard's measuring half: runs one session in a process of its own and streams its events to the parent.
 * Ends when the parent goes away.
 */
export function runSessionChild(options: CheckOptions): void {
  const send = (message: SessionMessage) => {
    if (!process.connected) return;
    // A parent that has just gone is noticed by the write before it is noticed by the channel.
    process.send?.(message, undefined, {}, (error) => {
      if (error !== null) die();
    });
  };
  const person = createPerson();
  process.on('message', (command: SessionCommand) => {
    switch (command.kind) {
      case 'run':
        run(command.request).catch((error: unknown) => send({ kind: 'failed', message: wordsOf(error) }));
        break;
      case 'go-on':
        person.goOn();
        break;
      case 'answer':
        person.answer(command.id, { choice: command.choice, input: command.input });
        break;
      case 'back':
        person.takeBack({ id: command.id, answer: command.answer });
        break;
    }
  });
  // The parent decides what Ctrl-C means.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', die);
  if (!process.connected) die();

  async function run(request: SessionRequest): Promise<void> {
    const prepared = await prepare(request.target, { ...options, flow: request.flow });
    const tell = (event: SessionEvent) => send({ kind: 'event', event });
    const names = hopNames(
      (address) => reverseName(address, new AbortController().signal),
      (address, name) => tell({ kind: 'named', address, name }),
    );
    const session = { ...prepared, elapsedMs: 0 };
    await converse(session, { options, isGuided: request.guided }, person, (event) => {
      tell(event);
      if (event.kind === 'probe-progress' && event.progress.kind === 'hop') names.learn(event.progress.address);
    });
  }
}

type Manner = { readonly options: CheckOptions; readonly isGuided: boolean };

/** A choice, and what was typed or pasted with it. */
type Said = { readonly choice: string; readonly input: string | null };

/** A question whose answer is taken back; `answer`: what a person says in place of its probe, null for nothing. */
type TakenBack = { readonly id: string; readonly answer: string | null };

/** What a person says, as it comes in from the wizard. */
type Person = {
  readonly answer: (id: string, said: Said) => void;
  readonly takeBack: (taken: TakenBack) => void;
  readonly goOn: () => void;
  /** Settles when the person wants to go on, or the signal aborts. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  /** null when the signal aborted first. */
  readonly ask: (id: string, signal: AbortSignal) => Promise<Said | null>;
  /** Settles with the question whose answer is taken back, and aborts what is under way. */
  readonly takenBack: (current: AbortController) => Promise<TakenBack>;
};

function createPerson(): Person {
  let asked: { readonly id: string; readonly settle: (said: Said) => void } | null = null;
  let onTakeBack: (taken: TakenBack) => void = () => undefined;
  let onGoOn: () => void = () => undefined;
  return {
    goOn: () => onGoOn(),
    ready: (signal) =>
      new Promise((settle) => {
        if (signal.aborted) settle();
        signal.addEventListener('abort', () => settle(), { once: true });
        onGoOn = settle;
      }),
    answer: (id, said) => {
      if (asked?.id === id) asked.settle(said);
    },
    takeBack: (taken) => onTakeBack(taken),
    ask: (id, signal) =>
      new Promise((settle) => {
        if (signal.aborted) settle(null);
        signal.addEventListener('abort', () => settle(null), { once: true });
        asked = { id, settle };
      }),
    takenBack: (current) =>
      new Promise((settle) => {
        onTakeBack = (taken) => {
          current.abort();
          settle(taken);
        };
      }),
  };
}

/**
 * One session and every answer of it that is taken back. A new answer is walked on the evidence that is there; where it
 * leads to a probe that never ran, the session runs anew with the answers as they are now.
 */
async function converse(
  session: SessionOptions,
  how: Manner,
  person: Person,
  onEvent: (event: SessionEvent) => void,
): Promise<void> {
  const answers = new Map(session.answers);
  /** Where a person said to look, by the question that it answered. */
  const given = new Map<string, SocketSource>();
  let recorded: SessionResult | null = null;
  for (;;) {
    const current = new AbortController();
    const { signal } = current;
    const takenBack = person.takenBack(current);
    const ask = async (id: string): Promise<Answer | null> => {
      const answer = await answered(id, session, person, signal, onEvent);
      if (answer === null) return null;
      answers.set(id, answer.choice);
      if (answer.sockets !== null) given.set(id, answer.sockets);
      return answer;
    };
    const look = async (id: string): Promise<Replied | null> => {
      const answer = await ask(id);
      const address = recorded?.context.address ?? null;
      if (answer === null || answer.sockets === null || address === null) return answer && { ...answer, sockets: null };
      const seen = await readSockets(answer.sockets, address, session.target, signal);
      return { choice: answer.choice, sockets: seen ?? null };
    };
    const result: SessionResult =
      recorded === null
        ? await measure(
            { ...session, answers: new Map(answers) },
            how,
            [...given.values()].at(-1) ?? null,
            { ...person, ask },
            signal,
            onEvent,
          )
        : await replay(session.flow, { ...recorded, answers }, session.lang, onEvent, look);
    if (!current.signal.aborted) {
      if (recorded !== null && result.ending.kind === 'unfinished') {
        recorded = null;
        continue;
      }
      onEvent({
        kind: 'concluded',
        report: await wordReport(session.flow, result, session.lang, vantageText(vantagesOf(how.options)[0])),
      });
    }
    const { id, answer } = await takenBack;
    answers.delete(id);
    if (answer !== null) answers.set(id, answer);
    onEvent({ kind: 'walk-restarted' });
    recorded = given.delete(id) ? withoutSockets(result) : result;
  }
}

/** What a person answers; what is of no use with it is told, and asked for again. */
async function answered(
  id: string,
  { flow, target }: SessionOptions,
  person: Pick<Person, 'ask'>,
  signal: AbortSignal,
  onEvent: (event: SessionEvent) => void,
): Promise<Answer | null> {
  const node = flow.nodes[id];
  for (;;) {
    const said = await person.ask(id, signal);
    if (said === null) return null;
    const input = node?.kind === 'ask' ? (node.choices[said.choice]?.input ?? null) : null;
    if (input === null) return { choice: said.choice, sockets: null };
    const opened = await givenSockets(input, said.input ?? '', target, signal);
    if (opened.kind === 'ok') return { choice: said.choice, sockets: opened.source };
    const { why, message, example } = opened;
    onEvent({ kind: 'input-refused', id, input, why, message, example });
  }
}

function readSockets(source: SocketSource, address: IpAddress, target: Target, signal: AbortSignal) {
  const asked = { targetAddress: address, port: target.port, protocol: transportOf(target.scheme) };
  return sockets(asked, { source, clock: systemClock }, signal);
}

function withoutSockets(result: SessionResult): SessionResult {
  const { sockets: _, ...evidence } = result.evidence;
  return { ...result, evidence };
}

async function measure(
  session: SessionOptions,
  { options, isGuided }: Manner,
  given: SocketSource | null,
  { ask, ready }: Pick<Person, 'ready'> & { readonly ask: (id: string) => Promise<Answer | null> },
  interrupt: AbortSignal,
  onEvent: (event: SessionEvent) => void,
): Promise<SessionResult> {
  const [from] = vantagesOf(options);
  const source = given ?? (await pastedFile(options, session.target)) ?? targetSockets(options);
  return measureFrom(from, session, options, source, ask, interrupt, onEvent, isGuided ? ready : null);
}

/** At once, with the tools that run for it: an ordinary exit would wait for a look-up that cannot be called off. */
function die(): void {
  try {
    // It leads its group (see session-process.ts).
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof UserError) return error.hint === null ? error.message : `${error.message} ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}
