import { vantageText } from '../../domain/vantage.ts';
import { type DialoguePorts, runDialogue } from '../../session/dialogue/dialogue.ts';
import { createPerson } from '../../session/dialogue/person.ts';
import type { SessionCommand, SessionMessage, SessionRequest } from '../../session/live/session-client.ts';
import type { SessionEvent } from '../../session/view/session-event.ts';
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
        person.takeBack({ id: command.id, answer: command.answer, input: command.input });
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
    const source = (await pastedFile(options, session.target)) ?? targetSockets(options);
    const [from] = vantagesOf(options);
    const ports: DialoguePorts = {
      clock: systemClock,
      measure: (asked, given, { ask, ready }, signal, onEvent) =>
        measureFrom(from, asked, options, given ?? source, ask, signal, onEvent, request.guided ? ready : null),
      open: (input, text, target, opening) => givenSockets(input, text, target, session.lang, opening),
      word: (result) => wordReport(session.flow, result, session.lang, vantageText(from)),
    };
    await runDialogue(session, person, ports, (event) => {
      tell(event);
      if (event.kind === 'probe-progress' && event.progress.kind === 'hop') names.learn(event.progress.address);
    });
  }
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
