/** A piece of a terminal's line in one style. Colours are those of the sixteen that a theme gives (ECMA-48, SGR 30-37). */
export type Cells = {
  readonly text: string;
  readonly colour: 'red' | 'green' | 'yellow' | 'cyan' | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
};

const COLOURS = { 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan' } as const;
const PLAIN: Omit<Cells, 'text'> = { colour: null, isBold: false, isDim: false };

/** Reads a line as `tmux capture-pane -e` gives it: text with Select Graphic Rendition between. */
export function cellsOf(line: string): readonly Cells[] {
  let style = PLAIN;
  return line.split('\u001b[').flatMap((part, index): Cells[] => {
    const [, codes = '', text = ''] = index === 0 ? ['', '', part] : (/^([\d;]*)m(.*)$/su.exec(part) ?? []);
    if (index > 0) style = codes.split(';').map(Number).reduce(styled, style);
    return text === '' ? [] : [{ ...style, text }];
  });
}

function styled(style: Omit<Cells, 'text'>, code: number): Omit<Cells, 'text'> {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, isBold: true };
  if (code === 2) return { ...style, isDim: true };
  if (code === 22) return { ...style, isBold: false, isDim: false };
  if (code === 39) return { ...style, colour: null };
  const colour = Object.entries(COLOURS).find(([known]) => Number(known) === code)?.[1];
  return colour === undefined ? style : { ...style, colour };
}
