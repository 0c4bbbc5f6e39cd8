import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shellLine } from '../../domain/command-line.ts';
import type { SocketsUnavailable } from '../../domain/evidence.ts';
import type { FarVantage } from '../../domain/vantage.ts';
import { findOnPath } from '../process/find-on-path.ts';
import type { RunTool, ToolResult } from '../process/run-tool.ts';
import { type SharedConnection, vantageCommand } from './command.ts';
import { explainEnd } from './failure.ts';
import { startVantageProcess } from './process.ts';
import { type ShellResult, type VantageShell, vantageShell } from './shell.ts';

/** Runs tools on a vantage, several at a time, as `runTool` does on this machine. */
export type VantageRunner = {
  readonly run: RunTool;
  /** The same for probes, of which many wait for silence: they do not keep anything else from running. */
  readonly probe: RunTool;
  /** What the introduction wrote. */
  readonly introduction: string;
  close(): void;
};

export type OpenedRunner =
  | { readonly kind: 'open'; readonly runner: VantageRunner }
  | { readonly kind: 'failed'; readonly unavailable: SocketsUnavailable };

type RunnerOptions = {
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Told every command before it is run: `here` on this machine, else in the shell of the vantage. */
  readonly onCommand: (command: string, place: 'here' | 'there') => void;
};

/** sshd lets ten sessions share a connection (MaxSessions); one of them holds it open. */
const MOST_SHELLS = { run: 3, probe: 6 } as const;
const DEFAULT_TIMEOUT_MS = 3000;
const DEFAULT_MAX_OUTPUT_BYTES = 8 * 1024 * 1024;
const NOT_FOUND = 127;

/** Opens one connection to a vantage, runs the introduction, and keeps shells there as they are needed. */
export async function openRunner(
  vantage: FarVantage,
  introduction: string,
  { limitMs, signal, onCommand }: RunnerOptions,
): Promise<OpenedRunner> {
  const folder =
    vantage.kind === 'ssh' && process.platform !== 'win32' ? await mkdtemp(join(tmpdir(), 'netwhy-')) : null;
  const sharedAs = (role: SharedConnection['role']) =>
    folder === null ? {} : { shared: { socket: join(folder, 's'), role } };
  const shells = new Set<VantageShell>();
  const start = (path: string, args: readonly string[]): VantageShell => {
    const shell = vantageShell(startVantageProcess(path, args));
    shells.add(shell);
    return shell;
  };
  const close = (): void => {
    for (const shell of shells) shell.end();
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    process.off('exit', close);
  };
  process.on('exit', close);
  const master = vantageCommand(vantage, { limitMs, ...sharedAs('master') });
  const guest = vantageCommand(vantage, { limitMs, ...sharedAs('guest') });
  const path = await findOnPath(master.tool, process.env['PATH'] ?? '');
  if (path === null) {
    close();
    return { kind: 'failed', unavailable: explainEnd({ kind: 'missing', tool: master.tool }, vantage) };
  }
  onCommand(shellLine([master.tool, ...master.args]), 'here');
  onCommand(introduction, 'there');
  const first = start(path, master.args);
  const introduced = await first.run(introduction, {
    signal,
    timeoutMs: limitMs,
    maxOutputBytes: DEFAULT_MAX_OUTPUT_BYTES,
  });
  if (introduced.kind !== 'done') {
    close();
    return { kind: 'failed', unavailable: explainEnd(introduced, vantage) };
  }
  const through = (mostShells: number): RunTool => {
    const pool = shellPool(mostShells, () => start(path, guest.args));
    return async (name, args, options) => {
      const { timeoutMs = DEFAULT_TIMEOUT_MS, maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES } = options;
      const shell = await pool.take();
      const line = shellLine([name, ...args]);
      if (!options.signal.aborted) onCommand(line, 'there');
      const result = await shell.run(`LC_ALL=C PATH=$PATH:/usr/sbin:/sbin ${line}`, {
        signal: options.signal,
        timeoutMs,
        maxOutputBytes,
      });
      pool.giveBack(shell);
      return asToolResult(result);
    };
  };
  return {
    kind: 'open',
    runner: {
      introduction: introduced.stdout,
      close,
      run: through(MOST_SHELLS.run),
      probe: through(MOST_SHELLS.probe),
    },
  };
}

/** Lends each shell to one command at a time; who comes when all are lent waits for one. */
function shellPool(mostShells: number, start: () => VantageShell) {
  const idle: VantageShell[] = [];
  const waiting: ((shell: VantageShell) => void)[] = [];
  let count = 0;
  return {
    take: (): Promise<VantageShell> => {
      const shell = idle.pop();
      if (shell !== undefined) return Promise.resolve(shell);
      if (count === mostShells) return new Promise((resolve) => waiting.push(resolve));
      count += 1;
      return Promise.resolve(start());
    },
    giveBack: (shell: VantageShell): void => {
      const next = waiting.shift();
      if (shell.isAlive()) {
        if (next === undefined) idle.push(shell);
        else next(shell);
      } else if (next === undefined) count -= 1;
      else next(start());
    },
  };
}

function asToolResult(result: ShellResult): ToolResult {
  switch (result.kind) {
    case 'done':
      return result.exitCode === NOT_FOUND ? { kind: 'missing' } : result;
    case 'timed-out':
      return { kind: 'timed-out' };
    case 'too-much-output':
    case 'cancelled':
      return result;
    case 'missing':
      return { kind: 'failed', code: 'ENOENT' };
    case 'failed':
      return result;
    case 'ended':
      return { kind: 'failed', code: 'ECONNRESET' };
  }
}
