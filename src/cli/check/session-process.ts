import { type ChildProcess, fork } from 'node:child_process';
import type {
  RunningSession,
  SessionCommand,
  SessionMessage,
  StartSession,
} from '../../session/live/session-client.ts';
import { SESSION_ARGUMENT } from './session-argument.ts';

const HAS_GROUPS = process.platform !== 'win32';
/** Of what a measuring process says when it breaks, in characters. */
const MOST_SAID = 10_000;

/** Starts sessions in a child process. `args` is the command line's options, handed on as they are. */
export function sessionProcess(program: string, args: readonly string[]): StartSession {
  return (request, onMessage) => {
    const child = fork(program, [SESSION_ARGUMENT, ...args], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      // A group of its own, so that the tools that it runs end with it.
      detached: HAS_GROUPS,
    });
    const session = converse(child, onMessage);
    session.send({ kind: 'run', request });
    return session;
  };
}

function converse(
  child: ChildProcess,
  onMessage: (message: SessionMessage) => void,
): RunningSession & { readonly send: (command: SessionCommand) => void } {
  let isOver = false;
  const fail = (message: string) => {
    if (!isOver) onMessage({ kind: 'failed', message });
    isOver = true;
  };
  child.on('message', (message: SessionMessage) => {
    if (!isOver) onMessage(message);
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-MOST_SAID);
  });
  child.on('close', (code, signal) => {
    const why = /^\w*Error\b.*$/mu.exec(said)?.[0];
    fail(`the measuring process ended (${why ?? signal ?? `exit code ${code}`})`);
  });
  child.on('error', (error) => fail(`the measuring process does not work: ${error.message}`));
  const send = (command: SessionCommand) => {
    if (!isOver && child.connected) child.send(command);
  };
  return {
    send,
    goOn: () => send({ kind: 'go-on' }),
    answer: (id, choice, input) => send({ kind: 'answer', id, choice, input }),
    back: (id, answer, input) => send({ kind: 'back', id, answer, input }),
    end: () => {
      isOver = true;
      // It holds nothing that the kernel would not take back, and may be inside a look-up that cannot be called off.
      killGroup(child);
    },
  };
}

function killGroup(child: ChildProcess): void {
  try {
    if (HAS_GROUPS && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
