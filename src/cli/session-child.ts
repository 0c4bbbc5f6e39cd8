import { replay } from '../session/replay.ts';
import { runSession } from '../session/run-session.ts';
import type { SessionCommand, SessionMessage, SessionRequest } from '../session/session-client.ts';
import type { SessionEvent } from '../session/session-event.ts';
import type { CheckOptions } from './check-options.ts';
import { openPorts } from './open-ports.ts';
import { prepare } from './prepare.ts';
import { UserError } from './user-error.ts';
import { wordReport } from './word.ts';

/**
 * The wizard's measuring half: runs sessions in a process of its own and streams their events to the parent.
 * Ends when the parent goes away.
 */
export function runSessionChild(options: CheckOptions): void {
  const waiting = new Map<string, (choice: string | null) => void>();
  const gone = new AbortController();
  const send = (message: SessionMessage) => process.connected && process.send?.(message);
  const onEvent = (event: SessionEvent) => send({ kind: 'event', event });
  const ask = (id: string) => new Promise<string | null>((answer) => waiting.set(id, answer));
  let again: (id: string) => Promise<void> = async () => undefined;

  process.on('message', (command: SessionCommand) => {
    switch (command.kind) {
      case 'run':
        run(command.request).catch(fail);
        break;
      case 'answer':
        waiting.get(command.id)?.(command.choice);
        waiting.delete(command.id);
        break;
      case 'back':
        again(command.id).catch(fail);
        break;
    }
  });
  // The terminal's Ctrl-C reaches the whole group; the parent decides what it means.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit(0));

  async function run(request: SessionRequest): Promise<void> {
    // A person may think about a question for as long as it takes: the deadline is for `check`.
    const session = { ...(await prepare(request.target, { ...options, flow: request.flow })), elapsedMs: 0 };
    const ports = await openPorts(options.engine);
    const answers = new Map(session.answers);
    const result = await runSession(
      session,
      ports,
      async (id) => {
        const choice = await ask(id);
        if (choice !== null) answers.set(id, choice);
        return choice;
      },
      gone.signal,
      onEvent,
    );
    ports.prober?.close();
    onEvent({ kind: 'concluded', report: await wordReport(session.flow, result, session.lang) });
    again = async (id) => {
      answers.delete(id);
      onEvent({ kind: 'walk-restarted' });
      const walked = await replay(session.flow, { ...result, answers }, session.lang, onEvent, async (asked) => {
        const choice = await ask(asked);
        if (choice !== null) answers.set(asked, choice);
        return choice;
      });
      onEvent({ kind: 'concluded', report: await wordReport(session.flow, walked, session.lang) });
    };
  }

  function fail(error: unknown): void {
    if (error instanceof UserError)
      send({ kind: 'failed', message: `${error.message}${error.hint === null ? '' : ` ${error.hint}`}` });
    else send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
