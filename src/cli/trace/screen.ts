/** A part of a terminal that is drawn again and again. `close` leaves the terminal as it was; it may be called twice. */
export type Drawing = { draw(lines: readonly string[]): void; close(): void };

type Terminal = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows'>;

const DEFAULT_ROWS = 24;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR_TO_END = '\u001b[J';
const CLEAR_LINE_END = '\u001b[K';
const HOME = '\u001b[H';
const ALTERNATE_SCREEN = '\u001b[?1049h';
const MAIN_SCREEN = '\u001b[?1049l';

/** Draws below what the terminal shows already, and takes itself away again. Of more lines than fit, the last ones show. */
export function openRegion(terminal: Terminal): Drawing {
  let height = 0;
  const erase = () => (height === 0 ? '' : `\r\u001b[${height}A${CLEAR_TO_END}`);
  return onExit(terminal, {
    begin: HIDE_CURSOR,
    draw: (lines) => {
      const shown = lines.slice(-(rowsOf(terminal) - 1));
      const text = `${erase()}${shown.map((line) => `${line}\n`).join('')}`;
      height = shown.length;
      return text;
    },
    end: () => `${erase()}${SHOW_CURSOR}`,
  });
}

/** Draws on a screen of its own, so that a terminal of another size is no trouble. Of more lines than fit, the first show. */
export function openScreen(terminal: Terminal): Drawing {
  return onExit(terminal, {
    begin: `${ALTERNATE_SCREEN}${HIDE_CURSOR}`,
    draw: (lines) => {
      const shown = lines.slice(0, rowsOf(terminal) - 1);
      return `${HOME}${shown.map((line) => `${line}${CLEAR_LINE_END}\n`).join('')}${CLEAR_TO_END}`;
    },
    end: () => `${SHOW_CURSOR}${MAIN_SCREEN}`,
  });
}

type Strokes = {
  readonly begin: string;
  readonly draw: (lines: readonly string[]) => string;
  readonly end: () => string;
};

/** However the process ends, the cursor comes back. */
function onExit(terminal: Terminal, { begin, draw, end }: Strokes): Drawing {
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    process.off('exit', close);
    terminal.write(end());
  };
  process.on('exit', close);
  terminal.write(begin);
  return {
    draw: (lines) => {
      if (isOpen) terminal.write(draw(lines));
    },
    close,
  };
}

function rowsOf({ rows }: Terminal): number {
  return Math.max(2, rows || DEFAULT_ROWS);
}
