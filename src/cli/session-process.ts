import { fork } from 'node:child_process';
import type { SessionCommand, SessionMessage, StartSession } from '../session/session-client.ts';
import { SESSION_ARGUMENT } from './session-argument.ts';

/** Starts sessions in a child process. `args` is the command line's options, handed on as they are. */
export function sessionProcess(program: string, args: readonly string[]): StartSession {
  return (request, onMessage) => {
    const child = fork(program, [SESSION_ARGUMENT, ...args], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    });
    let isOver = false;
    child.on('message', (message: SessionMessage) => {
      if (!isOver) onMessage(message);
    });
    child.on('exit', (code, signal) => {
      if (!isOver)
        onMessage({ kind: 'failed', message: `the measuring process ended (${signal ?? `exit code ${code}`})` });
      isOver = true;
    });
    child.on('error', (error) => {
      if (!isOver)
        onMessage({ kind: 'failed', message: `the measuring process could not be started: ${error.message}` });
      isOver = true;
    });
    const send = (command: SessionCommand) => {
      if (!isOver && child.connected) child.send(command);
    };
    send({ kind: 'run', request });
    return {
      answer: (id, choice) => send({ kind: 'answer', id, choice }),
      back: (id) => send({ kind: 'back', id }),
      end: () => {
        isOver = true;
        if (child.connected) child.disconnect();
        child.kill();
      },
    };
  };
}
