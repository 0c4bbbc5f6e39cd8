import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { PROGRAM } from '../lab/kit/program.ts';

const PATIENCE_MS = 20_000;
/** Stands above the wizard in the scrollback. */
export const BEFORE = 'what was there before';
let counter = 0;

/** A real terminal, played by tmux, with a program in it. */
export type Terminal = {
  /** What a person would see: one string for each row. */
  screen(): string[];
  /** The same with the escape codes of colours and weights. */
  painted(): string;
  /** The screen and everything that scrolled off it. */
  transcript(): string;
  isCursorVisible(): boolean;
  /** Whether the screen is the one that a full-screen program has for itself. */
  isAlternate(): boolean;
  /** Presses keys by tmux's names (`Enter`, `C-c`), one read of the terminal or several. */
  press(...keys: readonly string[]): void;
  type(text: string): void;
  /** What the program has put into the clipboard. */
  clipboard(): string;
  /** Pastes a file as it is; `marked`: as terminals do for programs that asked for it, between marks. */
  paste(file: string, marked?: boolean): void;
  resize(columns: number, rows: number): void;
  /** The process ids of the program: the wizard first, then what it has started. */
  pids(): number[];
  /** The terminal goes away, as when a connection is lost. */
  hangUp(): void;
  /** Waits until the screen shows it, and says what was there instead when it never does. */
  waitFor(text: string | RegExp): Promise<void>;
};

export type TerminalOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What the command is led by, as one that runs it in another network. */
  readonly within?: readonly string[];
  /** Where the program is started; paths that it is given count from here. */
  readonly cwd?: string;
};

/**
 * Runs `netwhy` with these arguments on a terminal of its own. When it has ended, the terminal shows its exit code, and
 * whether the modes of the line are what they were: `exit=0 modes=same`.
 */
export function openTerminal(args: readonly string[], options: TerminalOptions = {}): Terminal {
  counter += 1;
  const server = `netwhy-${process.pid}-${counter}`;
  // tmux leaves its socket behind; it goes with its folder.
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-terminal-'));
  const { columns = 100, rows = 30 } = options;
  const tmux = (...command: readonly string[]): string =>
    execFileSync('tmux', ['-L', server, ...command], {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, TMUX_TMPDIR: folder },
    });
  // What the wizard remembers is none of the user's who runs the tests.
  const env = { LANG: 'C.UTF-8', XDG_STATE_HOME: join(folder, 'state'), ...options.env };
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const unset = ['NODE_EXTRA_CA_CERTS', 'NO_COLOR', 'FORCE_COLOR', 'LC_ALL', 'LC_CTYPE', 'LC_MESSAGES'].flatMap(
    (name) => ['-u', name],
  );
  // The first line has the size of the window, which a test may change.
  const inside = [
    // What ends the program must not end the shell that reports it.
    'trap : INT',
    `before=$(stty -a | sed 1d); echo "${BEFORE}"`,
    '"$@"; code=$?',
    'after=$(stty -a | sed 1d); modes=same; [ "$before" = "$after" ] || modes=changed',
    'echo "exit=$code modes=$modes"; exec sleep 1000',
  ].join('; ');
  const { within = [], cwd = folder } = options;
  const program = [...within, 'env', ...unset, ...assignments, process.execPath, PROGRAM];
  let isGone = false;
  const hangUp = () => {
    if (!isGone) tmux('kill-server');
    isGone = true;
  };
  onTestFinished(() => {
    hangUp();
    rmSync(folder, { recursive: true });
  });
  const size = ['-x', `${columns}`, '-y', `${rows}`];
  tmux('-f', '/dev/null', 'new-session', '-d', '-c', cwd, ...size, 'sh', '-c', inside, 'sh', ...program, ...args);
  // As a terminal that lets programs write to the clipboard.
  tmux('set-option', '-s', 'set-clipboard', 'on');
  const shell = Number(tmux('display-message', '-p', '#{pane_pid}'));
  const screen = (): string[] => tmux('capture-pane', '-p').split('\n').slice(0, -1);
  return {
    screen,
    painted: () => tmux('capture-pane', '-p', '-e'),
    transcript: () => tmux('capture-pane', '-p', '-J', '-S', '-'),
    isCursorVisible: () => tmux('display-message', '-p', '#{cursor_flag}').trim() === '1',
    isAlternate: () => tmux('display-message', '-p', '#{alternate_on}').trim() === '1',
    press: (...keys) => void tmux('send-keys', ...keys),
    type: (text) => void tmux('send-keys', '-l', '--', text),
    clipboard: () => tmux('show-buffer'),
    paste: (file, marked = false) => {
      tmux('load-buffer', file);
      tmux('paste-buffer', '-r', ...(marked ? ['-p'] : []));
    },
    resize: (width, height) => void tmux('resize-window', '-x', `${width}`, '-y', `${height}`),
    pids: () => descendantsOf(shell),
    hangUp,
    waitFor: (text) =>
      vi.waitFor(
        () => {
          const seen = screen().join('\n');
          const isThere = typeof text === 'string' ? seen.includes(text) : text.test(seen);
          if (!isThere) throw new Error(`The screen never showed ${text}:\n${seen}`);
        },
        { timeout: PATIENCE_MS, interval: 50 },
      ),
  };
}

/** Waits until none of these processes is left. */
export async function allGone(pids: readonly number[]): Promise<void> {
  await vi.waitFor(
    () => {
      const left = pids.filter(isAlive);
      if (left.length > 0) throw new Error(`still there: ${left.join(', ')}`);
    },
    { timeout: PATIENCE_MS, interval: 50 },
  );
}

/** Whether the process runs; one that has ended and is only not yet waited for does not. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function descendantsOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}
