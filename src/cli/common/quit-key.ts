/** A terminal's keyboard, as far as it is needed here. */
type Keyboard = {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: 'data', listener: (keys: Buffer) => void): unknown;
  off(event: 'data', listener: (keys: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
};

export type QuitKey = {
  /** Aborts at `q` or Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether Ctrl-C ended it: a terminal that hands over single keys makes no signal of it. */
  isInterrupt(): boolean;
  /** Gives the keyboard back as it was; may be called twice. */
  close(): void;
};

const CTRL_C = 0x03;
const CTRL_Z = 0x1a;
const QUIT = new Set(['q'.charCodeAt(0), 'Q'.charCodeAt(0)]);

/** Listens for the keys that end a display, and for Ctrl-Z. Without a keyboard only signals end it. */
export function onQuitKey(keyboard: Keyboard): QuitKey {
  const over = new AbortController();
  let isInterrupt = false;
  let isOpen = keyboard.isTTY === true;
  // Single keys make no signal: it is sent by hand, with the keyboard as the shell wants it.
  const suspend = (): void => {
    keyboard.setRawMode?.(false);
    process.once('SIGCONT', () => {
      if (isOpen) keyboard.setRawMode?.(true);
    });
    process.kill(process.pid, 'SIGTSTP');
  };
  const onKeys = (keys: Buffer): void => {
    for (const key of keys) {
      if (key === CTRL_C) isInterrupt = true;
      if (key === CTRL_Z) suspend();
      if (key === CTRL_C || QUIT.has(key)) over.abort();
    }
  };
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    process.off('exit', close);
    keyboard.off('data', onKeys);
    keyboard.setRawMode?.(false);
    keyboard.pause();
  };
  if (isOpen) {
    process.on('exit', close);
    keyboard.setRawMode?.(true);
    keyboard.on('data', onKeys);
    keyboard.resume();
  }
  return { signal: over.signal, isInterrupt: () => isInterrupt, close };
}
