import { createKeyFilter } from '../state/known-keys.ts';
import type { WindowSize } from '../theme/layout.ts';

/** The terminal while the wizard has it. */
export type Terminal = {
  readonly size: () => WindowSize;
  /** Writes a control sequence that draws nothing. */
  readonly send: (sequence: string) => void;
  /** Rejects with what nobody caught: a bug. */
  readonly crashed: Promise<never>;
  readonly crash: (error: unknown) => void;
  readonly close: () => void;
};

const FALLBACK: WindowSize = { columns: 80, rows: 24 };
/** Ink 6.8 sends it when the window becomes lower than the last frame (vadimdemedes/ink#935). */
const ERASE_SCROLLBACK = '\u001b[3J';
/** Asks the terminal to mark what is pasted (see known-keys.ts), and no longer to. */
const MARK_PASTES = '\u001b[?2004h';
const MARK_NO_PASTES = '\u001b[?2004l';
const SHOW_CURSOR = '\u001b[?25h';
const HIDE_CURSOR = '\u001b[?25l';
const CTRL_Z = '\u001a';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function sizeOf(stdout: { readonly columns?: number; readonly rows?: number }): WindowSize {
  return { columns: stdout.columns || FALLBACK.columns, rows: stdout.rows || FALLBACK.rows };
}

/** Watches over the terminal: `onResume` is called when it comes back after Ctrl-Z and shows something else; `onEnd` when a signal, or the terminal itself going away, ends the wizard. */
export function openTerminal(onEnd: () => void, onResume: () => void): Terminal {
  const { stdin, stdout } = process;
  let onCrash: (error: unknown) => void = () => undefined;
  const crashed = new Promise<never>((_, reject) => {
    onCrash = reject;
  });
  // Nobody may be listening any more when it happens.
  crashed.catch(() => undefined);
  for (const signal of SIGNALS) process.on(signal, onEnd);
  process.on('uncaughtException', onCrash);
  stdin.on('end', onEnd).on('error', onEnd);
  // Stays: what is still written to a terminal that went away is lost, and no error of ours.
  stdout.on('error', onEnd);
  // Before the first frame, so that no key is echoed into it; Ink does the same a moment later.
  stdin.setRawMode(true);
  const withoutUnknownKeys = createKeyFilter();
  const write = stdout.write;
  // Single keys make no signal: it is sent by hand, with the terminal as the shell wants it, and drawn on anew later.
  const suspend = (): void => {
    write.call(stdout, `${MARK_NO_PASTES}${SHOW_CURSOR}`);
    stdin.setRawMode(false);
    process.once('SIGCONT', () => {
      stdin.setRawMode(true);
      write.call(stdout, `${HIDE_CURSOR}${MARK_PASTES}\n`);
      onResume();
    });
    process.kill(process.pid, 'SIGTSTP');
  };
  const read = stdin.read;
  stdin.read = (size?: number) => {
    const chunk: unknown = read.call(stdin, size);
    if (chunk === CTRL_Z) {
      suspend();
      return '';
    }
    return typeof chunk === 'string' ? withoutUnknownKeys(chunk) : chunk;
  };
  stdout.write = ((chunk: string | Uint8Array, ...rest: []) =>
    write.call(
      stdout,
      typeof chunk === 'string' ? chunk.replaceAll(ERASE_SCROLLBACK, '') : chunk,
      ...rest,
    )) as typeof write;
  write.call(stdout, MARK_PASTES);
  return {
    size: () => sizeOf(stdout),
    send: (sequence) => void write.call(stdout, sequence),
    crashed,
    crash: onCrash,
    close: () => {
      write.call(stdout, MARK_NO_PASTES);
      stdin.setRawMode(false);
      stdin.read = read;
      stdout.write = write;
      stdin.off('end', onEnd).off('error', onEnd);
      process.off('uncaughtException', onCrash);
      for (const signal of SIGNALS) process.off(signal, onEnd);
    },
  };
}
