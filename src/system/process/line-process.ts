import { type ChildProcess, spawn } from 'node:child_process';
import { findTool, toolEnvironment } from './run-tool.ts';
import { toolText } from './tool-text.ts';

/** More than any line of a tool that is read while it runs: mtr-packet's with eight MPLS labels. */
const LONGEST_LINE = 4096;

export type LineEvents = {
  readonly onLine: (line: string) => void;
  /** It ended, or was ended for what it printed; nothing comes after that. */
  readonly onEnd: () => void;
};

/** A running tool. `write` adds the line end; after the end it does nothing. */
export type LineProcess = { write(line: string): void; end(): void };

/**
 * Starts a tool that is read line by line while it runs; null where it is not installed. `isHeldBack`: it keeps its lines
 * to itself until it ends, unless it is told otherwise (stdbuf(1) of coreutils, which has to be there then).
 */
export type StartLines = (
  tool: string,
  args: readonly string[],
  events: LineEvents,
  isHeldBack?: boolean,
) => Promise<LineProcess | null>;

/** Starts tools of this machine, from one of the folders in which they are looked for. */
export function startLinesIn(folders?: readonly string[]): StartLines {
  return async (tool, args, events, isHeldBack = false) => {
    const [path, buffered] = await Promise.all([
      findTool(tool, folders),
      isHeldBack ? findTool('stdbuf', folders) : null,
    ]);
    if (path === null || (isHeldBack && buffered === null)) return null;
    const [program, ...all] = buffered === null ? [path, ...args] : [buffered, '-oL', path, ...args];
    try {
      return attend(spawn(program, all, { env: toolEnvironment(), windowsHide: true }), events);
    } catch {
      // Its file has a capability that this process may not have: it is refused before it starts.
      return null;
    }
  };
}

function attend(child: ChildProcess, { onLine, onEnd }: LineEvents): LineProcess {
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
  // What it printed last may come after its exit.
  child.on('close', end);
  // Written to after it died: its end is told by its exit.
  child.stdin?.on('error', () => undefined);
  child.stderr?.resume();
  child.stdout?.setEncoding('latin1').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) end();
    for (const line of lines) if (!isOver) onLine(toolText(Buffer.from(line, 'latin1')));
  });
  return {
    write: (line) => {
      if (!isOver) child.stdin?.write(`${line}\n`);
    },
    end,
  };
}
