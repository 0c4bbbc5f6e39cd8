import { type ChildProcess, spawn } from 'node:child_process';
import { findTool, toolEnvironment } from './run-tool.ts';

/** More than any line of mtr-packet: eight MPLS labels. */
const LONGEST_LINE = 4096;

export type MtrEvents = {
  readonly onLine: (line: string) => void;
  /** It ended, or was ended for what it printed; nothing comes after that. */
  readonly onEnd: () => void;
};

/** A running mtr-packet. `write` adds the line end; after the end it does nothing. */
export type MtrProcess = { write(line: string): void; end(): void };

/** Starts mtr-packet; null where it is not installed. */
export type StartMtr = (events: MtrEvents) => Promise<MtrProcess | null>;

/** Starts the mtr-packet of this machine, from one of the folders in which tools are looked for. */
export function startMtrIn(folders?: readonly string[]): StartMtr {
  return async (events) => {
    const path = await findTool('mtr-packet', folders);
    if (path === null) return null;
    try {
      return attend(spawn(path, { env: toolEnvironment(), windowsHide: true }), events);
    } catch {
      // Its file has a capability that this process may not have: it is refused before it starts.
      return null;
    }
  };
}

function attend(child: ChildProcess, { onLine, onEnd }: MtrEvents): MtrProcess {
  let isOver = false;
  let rest = '';
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    child.kill('SIGKILL');
    child.stdin?.destroy();
    child.stdout?.destroy();
    child.stderr?.destroy();
    onEnd();
  };
  child.on('error', end);
  child.on('exit', end);
  // Written to after it died: its end is told by its exit.
  child.stdin?.on('error', () => undefined);
  child.stderr?.resume();
  child.stdout?.setEncoding('latin1').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) end();
    for (const line of lines) if (!isOver) onLine(line);
  });
  return {
    write: (line) => {
      if (!isOver) child.stdin?.write(`${line}\n`);
    },
    end,
  };
}
