import { execFileSync } from 'node:child_process';
import { onTestFinished, vi } from 'vitest';
import { PROGRAM } from '../lab/kit/program.ts';

const TMUX: string = 'tmux';
const PATIENCE_MS = 20_000;
let counter = 0;

/** A real terminal, played by tmux, with a program in it. */
export type Terminal = {
  /** What a person would see: one string for each row. */
  screen(): string[];
  /** The screen and everything that scrolled off it. */
  transcript(): string;
  /** Sends keys by tmux's names (`Enter`, `C-c`) or as text. */
  press(...keys: readonly string[]): void;
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** Waits until the screen shows it, and says what was there instead when it never does. */
  waitFor(text: string | RegExp): Promise<void>;
};

export type TerminalOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
};

/**
 * Runs `netwhy` with these arguments on a terminal of its own. When it has ended, the terminal shows its exit code and
 * whether lines are edited as a shell expects (`exit=0 icanon echo`).
 */
export function openTerminal(args: readonly string[], options: TerminalOptions = {}): Terminal {
  counter += 1;
  const server = `netwhy-${process.pid}-${counter}`;
  const { columns = 100, rows = 30 } = options;
  const tmux = (...command: readonly string[]): string =>
    execFileSync(TMUX, ['-L', server, ...command], { encoding: 'utf8', stdio: 'pipe' });
  const env = { LANG: 'C.UTF-8', CI: 'false', ...options.env };
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const inside = '"$@"; echo "exit=$? $(stty -a | grep -oE -- "-?(icanon|echo)\\b" | tr "\\n" " ")"; exec sleep 1000';
  const program = ['env', '-u', 'NODE_EXTRA_CA_CERTS', '-u', 'NO_COLOR', ...assignments, process.execPath, PROGRAM];
  onTestFinished(() => {
    tmux('kill-server');
  });
  const size = ['-x', `${columns}`, '-y', `${rows}`];
  tmux('-f', '/dev/null', 'new-session', '-d', ...size, 'sh', '-c', inside, 'sh', ...program, ...args);
  const screen = (): string[] => tmux('capture-pane', '-p').split('\n').slice(0, -1);
  return {
    screen,
    transcript: () => tmux('capture-pane', '-p', '-J', '-S', '-'),
    press: (...keys) => void tmux('send-keys', ...keys),
    type: (text) => void tmux('send-keys', '-l', text),
    resize: (width, height) => void tmux('resize-window', '-x', `${width}`, '-y', `${height}`),
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
